import type { LaneOutput } from './laneBook.ts';

/** All visible results of a lane by window number, in the order in which they became visible. */
export interface WindowFirings {
  /** Window number of the first row below. */
  readonly firstWindow: number;
  /** Row per window: its outputs' computed and visible times, in order of visible time. */
  readonly computedUs: readonly (readonly number[])[];
  readonly visibleUs: readonly (readonly number[])[];
  /**
   * Up to and including which row every window from the same run of rows on fired exactly once and no earlier window
   * was computed or became visible later: inside such a run the last window's firing decides. Row → number of the run; −1 outside.
   */
  readonly orderlyRun: Int32Array;
}

export function windowFiringsOf(outputs: readonly LaneOutput[]): WindowFirings {
  let firstWindow = Infinity;
  let lastWindow = -Infinity;
  for (const { window, record, visibleUs } of outputs) {
    if (record >= 0 || visibleUs === Infinity) continue;
    if (window < firstWindow) firstWindow = window;
    if (window > lastWindow) lastWindow = window;
  }
  if (firstWindow === Infinity)
    return { firstWindow: 0, computedUs: [], visibleUs: [], orderlyRun: new Int32Array() };
  const windows = lastWindow - firstWindow + 1;
  const byWindow: LaneOutput[][] = Array.from({ length: windows }, () => []);
  for (const output of outputs) {
    if (output.record < 0 && output.visibleUs !== Infinity)
      byWindow[output.window - firstWindow]!.push(output);
  }
  for (const list of byWindow) if (list.length > 1) list.sort((a, b) => a.visibleUs - b.visibleUs);
  const orderlyRun = new Int32Array(windows).fill(-1);
  let run = -1;
  let latestUs = -Infinity;
  let latestComputedUs = -Infinity;
  let isOrderly = false;
  byWindow.forEach((list, row) => {
    const only = list.length === 1 ? list[0]! : null;
    if (!only) {
      isOrderly = false;
      return;
    }
    if (!isOrderly || only.visibleUs < latestUs || only.computedUs < latestComputedUs) run += 1;
    isOrderly = true;
    latestUs = only.visibleUs;
    latestComputedUs = only.computedUs;
    orderlyRun[row] = run;
  });
  return {
    firstWindow,
    computedUs: byWindow.map((list) => list.map((output) => output.computedUs)),
    visibleUs: byWindow.map((list) => list.map((output) => output.visibleUs)),
    orderlyRun,
  };
}
