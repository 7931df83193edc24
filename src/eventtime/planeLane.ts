import type { LaneIndex } from '../run/LaneIndex.ts';
import type { RunModel } from '../run/RunModel.ts';

/** The lanes that the plane can show: those with windows. */
export function planeLanes({ lanes }: RunModel): LaneIndex[] {
  return lanes.filter(({ lane }) => lane.sizeUs !== null);
}

/** The one that was chosen by its id; else the last that has a watermark, or the first. */
export function planeLane(
  offered: readonly LaneIndex[],
  chosen: string | null,
): LaneIndex | undefined {
  return (
    offered.find(({ lane }) => lane.id === chosen) ??
    offered.findLast(({ watermark }) => watermark !== null) ??
    offered[0]
  );
}
