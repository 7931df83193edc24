/**
 * A half-open stretch of time `[start, end)` that groups records. Windows are aligned to the epoch plus
 * an offset, not to the first record: a daily window is a UTC day.
 *
 * Follows Flink 1.20 `TimeWindow`. Times are milliseconds.
 */
import { LONG_MAX, LONG_MIN } from '../long.ts';

export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** `GlobalWindow`, whose `maxTimestamp()` is `Long.MAX_VALUE`. */
export const GLOBAL_WINDOW: TimeWindow = { startMs: LONG_MIN, endMs: LONG_MAX };

/** Largest timestamp inside the window: the watermark that closes it. */
export function maxTimestampMs(endMs: number): number {
  return endMs === LONG_MAX ? LONG_MAX : endMs - 1;
}

/** `TimeWindow.getWindowStartWithOffset`: the last start at or before the timestamp, also before 1970. */
export function windowStartMs(timestampMs: number, offsetMs: number, sizeMs: number): number {
  return Math.floor((timestampMs - offsetMs) / sizeMs) * sizeMs + offsetMs;
}

/** `TimeWindow.intersects`: windows that merely touch do intersect, so a pause of exactly the gap does not split a session. */
export function intersects(a: TimeWindow, b: TimeWindow): boolean {
  return a.startMs <= b.endMs && a.endMs >= b.startMs;
}

/** The smallest window that contains both. */
export function cover(a: TimeWindow, b: TimeWindow): TimeWindow {
  return { startMs: Math.min(a.startMs, b.startMs), endMs: Math.max(a.endMs, b.endMs) };
}

/** `TimeWindow.mergeWindows`: sweeps windows by start and joins those that intersect or touch. */
export function mergeWindows(windows: readonly TimeWindow[]): TimeWindow[] {
  const merged: TimeWindow[] = [];
  for (const window of [...windows].sort((a, b) => a.startMs - b.startMs)) {
    const last = merged.at(-1);
    if (last !== undefined && intersects(last, window))
      merged[merged.length - 1] = cover(last, window);
    else merged.push(window);
  }
  return merged;
}
