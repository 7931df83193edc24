/**
 * The windows of a lane by number, and which of them a tuple belongs to.
 *
 * Window k ends at the reference time `originMs + k · slideMs` and covers (end − length, end]. With
 * event time the ends are multiples of the slide, so the origin is the last multiple before the run's
 * start; with processing time they are the firings of a timer, 1 ms before each.
 */

export interface WindowGrid {
  readonly originMs: number;
  readonly slideMs: number;
  readonly lengthMs: number;
  /** The first firing of a processing-time bolt covers everything before it; null for event time. */
  readonly wholePastWindow: number | null;
}

export function eventTimeGrid(lengthMs: number, slideMs: number, startEpochMs: number): WindowGrid {
  const originMs = Math.floor(startEpochMs / slideMs) * slideMs;
  return { originMs, slideMs, lengthMs, wholePastWindow: null };
}

/**
 * @param preparedMs when the bolt's timer started
 * @param fired the number of the last window that an earlier life of the bolt fired, 0 for none
 */
export function processingTimeGrid(
  lengthMs: number,
  slideMs: number,
  preparedMs: number,
  fired: number,
): WindowGrid {
  const originMs = preparedMs - 1 - fired * slideMs;
  return { originMs, slideMs, lengthMs, wholePastWindow: fired + 1 };
}

/** The last window that the rule gives a tuple of this time; the first is `windowNumber`. None, if it is before that. */
export function lastWindow(grid: WindowGrid, tsMs: number): number {
  const last = windowNumber(grid, tsMs + grid.lengthMs) - 1;
  const { wholePastWindow } = grid;
  if (wholePastWindow === null || windowNumber(grid, tsMs) !== wholePastWindow) return last;
  return Math.max(wholePastWindow, last);
}

/** The number of the window with this reference time; of the next one, if it lies between two. */
export function windowNumber(grid: WindowGrid, referenceMs: number): number {
  return Math.ceil((referenceMs - grid.originMs) / grid.slideMs);
}
