import type { LaneIndex } from '../run/LaneIndex.ts';

/** A window as the plane shows it: from its first record until it fires, and each time that it fires again. */
export interface PlaneWindow {
  readonly window: number;
  readonly startUs: number;
  readonly endUs: number;
  /** When the lane's state had the first record of it. */
  readonly bornUs: number;
  readonly firings: readonly { readonly atUs: number; readonly count: number }[];
}

const kept = new WeakMap<LaneIndex, readonly PlaneWindow[]>();

/** Every window of the lane that ever held a record, oldest first. Worked out once a run. */
export function planeWindows(lane: LaneIndex): readonly PlaneWindow[] {
  const known = kept.get(lane);
  if (known !== undefined) return known;
  const windows = findWindows(lane);
  kept.set(lane, windows);
  return windows;
}

function findWindows(lane: LaneIndex): PlaneWindow[] {
  const { sizeUs, slideUs, outputs, occurrences } = lane.lane;
  const [first] = outputs;
  if (sizeUs === null || slideUs === null || first === undefined) return [];
  const { countedFirst, countedLast, atUs } = occurrences;
  const born = new Map<number, number>();
  for (let i = 0; i < atUs.length; i += 1) {
    for (let k = countedFirst[i]!; k <= countedLast[i]!; k += 1)
      born.set(k, Math.min(born.get(k) ?? Infinity, atUs[i]!));
  }
  const endOfZeroUs = first.endUs - first.window * slideUs;
  return [...born]
    .sort(([a], [b]) => a - b)
    .map(([window, bornUs]) => {
      const endUs = endOfZeroUs + window * slideUs;
      const firings = outputs
        .filter((output) => output.window === window)
        .map((output) => ({ atUs: output.computedUs, count: lane.membersOf(output).length }));
      return { window, startUs: endUs - sizeUs, endUs, bornUs, firings };
    });
}
