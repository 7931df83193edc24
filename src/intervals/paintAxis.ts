import type { LaneIndex } from '../run/LaneIndex.ts';
import { label } from '../stage/glyphs/label.ts';
import { accentOf } from '../stage/glyphs/palette.ts';
import { fillBox, line } from '../stage/glyphs/pen.ts';
import type { Arrival, Loss } from './arrivals.ts';
import { tickSeconds, type AxisFrame } from './axisFrame.ts';
import { paintArrivals } from './paintArrivals.ts';
import { paintBatches } from './paintBatches.ts';
import { paintCheckpoints } from './paintCheckpoints.ts';
import { paintDownTimes } from './paintDownTimes.ts';
import { paintWatermark } from './paintWatermark.ts';
import { paintWindows } from './paintWindows.ts';
import { laneExtent, type AxisRows } from './rows.ts';

const LANE_NAMES = { spark: 'Spark', storm: 'Storm', flink: 'Flink' } as const;

const ROW_NAMES = {
  batches: 'batches',
  windows: 'windows',
  watermark: 'watermark',
  checkpoints: 'checkpoints',
} as const;

/** All rows under one scale. `ghosts` are the lanes of the run before, for what moved; `left` is where accents stand. */
export function paintAxis(
  frame: AxisFrame,
  { rows, height }: AxisRows,
  arrivals: readonly Arrival[],
  losses: readonly Loss[],
  ghosts: readonly LaneIndex[],
  left: number,
): void {
  const { pen, theme, model, view, x, timeUs, names } = frame;
  pen.clearRect(0, 0, x(view.toUs) + 200, height);
  for (const second of tickSeconds(
    view,
    Math.max(2, Math.floor((x(view.toUs) - x(view.fromUs)) / 45)),
  )) {
    line(
      pen,
      theme,
      [
        [x(second * 1e6), 0],
        [x(second * 1e6), height],
      ],
      { colour: 'hair' },
    );
  }
  paintDownTimes(frame, rows);
  for (const row of rows) {
    if (row.kind === 'arrivals') {
      paintArrivals(frame, row, arrivals, losses);
      continue;
    }
    const lane = model.lanes.find(({ lane: { id } }) => id === row.lane);
    if (lane === undefined) continue;
    if (names !== null) {
      label(pen, theme, ROW_NAMES[row.kind], names + 76, row.y + 12, { colour: 'ink3' });
    }
    if (row.kind === 'batches') paintBatches(frame, row, lane);
    else if (row.kind === 'watermark') paintWatermark(frame, row, lane);
    else if (row.kind === 'checkpoints') paintCheckpoints(frame, row, lane);
    else {
      const ghost = ghosts.find(({ lane: { id } }) => id === row.lane) ?? null;
      paintWindows(frame, row, lane, ghost);
    }
  }
  for (const { lane } of model.lanes) {
    const extent = laneExtent(rows, lane.id);
    if (extent === null) continue;
    const accent = accentOf(lane.engine);
    fillBox(pen, theme, { x: left - 10, y: extent.y, w: 3, h: extent.h }, accent);
    if (names !== null) {
      label(pen, theme, LANE_NAMES[lane.engine], names, extent.y + 12, {
        colour: accent,
        weight: 500,
      });
    }
  }
  if (timeUs >= view.fromUs && timeUs <= view.toUs) {
    line(
      pen,
      theme,
      [
        [x(timeUs), 0],
        [x(timeUs), height],
      ],
      { colour: 'ink', width: 1.4 },
    );
  }
}
