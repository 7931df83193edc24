import { bisectLeft, bisectRight } from 'd3-array';

/** The first of the ascending `timesUs` after `timeUs`, or null. */
export function nextStop(timesUs: ArrayLike<number>, timeUs: number): number | null {
  const at = bisectRight(timesUs, timeUs);
  return timesUs[at] ?? null;
}

/** The last of the ascending `timesUs` before `timeUs`, or null. */
export function previousStop(timesUs: ArrayLike<number>, timeUs: number): number | null {
  const at = bisectLeft(timesUs, timeUs) - 1;
  return timesUs[at] ?? null;
}
