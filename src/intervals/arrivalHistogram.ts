import type { Arrival } from './arrivals.ts';

/** How many records of each look were logged in each bin of time. */
export interface ArrivalHistogram {
  readonly binUs: number;
  /** By bin, then by look; records without a look are counted last. */
  readonly counts: readonly (readonly number[])[];
  /** The most that any bin holds. */
  readonly most: number;
}

/** @param arrivals those in view, in order of time; `looks` is how many looks there are */
export function arrivalHistogram(
  arrivals: readonly Arrival[],
  fromUs: number,
  toUs: number,
  bins: number,
  looks: number,
  lookOf: ArrayLike<number>,
): ArrivalHistogram {
  const binUs = (toUs - fromUs) / bins;
  const counts = Array.from({ length: bins }, () => new Array<number>(looks + 1).fill(0));
  for (const { record, loggedUs } of arrivals) {
    const bin = counts[Math.min(bins - 1, Math.max(0, Math.floor((loggedUs - fromUs) / binUs)))];
    const look = lookOf[record] ?? -1;
    const column = look < 0 || look >= looks ? looks : look;
    if (bin !== undefined) bin[column] = (bin[column] ?? 0) + 1;
  }
  const totals = counts.map((bin) => bin.reduce((sum, n) => sum + n, 0));
  return { binUs, counts, most: Math.max(0, ...totals) };
}
