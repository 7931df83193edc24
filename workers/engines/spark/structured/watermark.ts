/**
 * The watermark of a streaming query: for each `withWatermark` the greatest event time seen minus its
 * delay, and over all of them the least (or the greatest, by
 * `spark.sql.streaming.multipleWatermarkPolicy`). It never goes back. An input without data stays at
 * 0 and holds the others; a restart brings back the global value alone.
 *
 * Follows WatermarkTracker of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
export interface WatermarkTracker {
  readonly policy: 'min' | 'max';
  /** By input; null for one without a watermark, which has no say. */
  readonly delaysMs: readonly (number | null)[];
  /** By input, null before its first row. */
  readonly inputsMs: readonly (number | null)[];
  readonly globalMs: number;
}

export function createWatermarkTracker(
  policy: 'min' | 'max',
  delaysMs: readonly (number | null)[],
  restoredMs = 0,
): WatermarkTracker {
  return { policy, delaysMs, inputsMs: delaysMs.map(() => null), globalMs: restoredMs };
}

/**
 * After a batch. Times before the epoch make no watermark below 0.
 * @param maxEventTimesMs the greatest event time of the batch at each input, null for no row
 */
export function updateWatermark(
  tracker: WatermarkTracker,
  maxEventTimesMs: readonly (number | null)[],
): WatermarkTracker {
  const { policy, delaysMs, globalMs } = tracker;
  const inputsMs = delaysMs.map((delayMs, n) => {
    const beforeMs = tracker.inputsMs[n] ?? null;
    const seenMs = maxEventTimesMs[n] ?? null;
    if (delayMs === null || seenMs === null) return beforeMs;
    return Math.max(beforeMs ?? 0, seenMs - delayMs);
  });
  const known = inputsMs.flatMap((inputMs, n) => (delaysMs[n] === null ? [] : [inputMs ?? 0]));
  if (known.length === 0) return tracker;
  const chosenMs = policy === 'min' ? Math.min(...known) : Math.max(...known);
  return { ...tracker, inputsMs, globalMs: Math.max(globalMs, chosenMs) };
}

/** The real message for a delay that cannot be, or null. */
export function refuseDelay(delayMs: number | null): string | null {
  if (delayMs === null || delayMs >= 0) return null;
  return `requirement failed: delay threshold (${delayMs} milliseconds) should not be negative.`;
}
