/**
 * The watermark of a streaming query: for each `withWatermark` the greatest event time seen minus its
 * delay, and over all of them the least (or the greatest, by
 * `spark.sql.streaming.multipleWatermarkPolicy`). It never goes back. An input without data stays at
 * 0 and holds the others; a restart brings back the global value alone.
 *
 * Follows WatermarkTracker of Spark 3.5. Times in milliseconds.
 */
export interface WatermarkTracker {
  readonly policy: 'min' | 'max';
  readonly delaysMs: readonly number[];
  /** By `withWatermark`, null before its first row. */
  readonly operatorsMs: readonly (number | null)[];
  readonly globalMs: number;
}

export function createWatermarkTracker(
  policy: 'min' | 'max',
  delaysMs: readonly number[],
  restoredMs = 0,
): WatermarkTracker {
  return { policy, delaysMs, operatorsMs: delaysMs.map(() => null), globalMs: restoredMs };
}

/**
 * After a batch. Times before the epoch make no watermark below 0.
 * @param maxEventTimesMs the greatest event time of the batch at each `withWatermark`, null for no row
 */
export function updateWatermark(
  tracker: WatermarkTracker,
  maxEventTimesMs: readonly (number | null)[],
): WatermarkTracker {
  const operatorsMs = tracker.operatorsMs.map((before, n) => {
    const seenMs = maxEventTimesMs[n] ?? null;
    if (seenMs === null) return before;
    const nowMs = Math.max(0, seenMs - (tracker.delaysMs[n] ?? 0));
    return before === null ? nowMs : Math.max(before, nowMs);
  });
  const known = operatorsMs.map((watermarkMs) => watermarkMs ?? 0);
  const chosenMs = tracker.policy === 'min' ? Math.min(...known) : Math.max(...known);
  return { ...tracker, operatorsMs, globalMs: Math.max(tracker.globalMs, chosenMs) };
}
