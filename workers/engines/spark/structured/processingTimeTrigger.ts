/**
 * When the next micro-batch of Structured Streaming starts: at multiples of the trigger interval, and
 * the first at once. A batch that takes longer than its interval is followed by the next one
 * immediately; boundaries missed meanwhile are skipped, never queued. So an overloaded query makes
 * bigger batches, where a DStream program makes a queue of them.
 *
 * Follows ProcessingTimeExecutor of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */

/** The boundary after a trigger that started at `startedMs`. */
export function nextBoundary(startedMs: number, intervalMs: number): number {
  return intervalMs === 0 ? startedMs : (Math.floor(startedMs / intervalMs) + 1) * intervalMs;
}

/** When the next trigger starts, after one that lasted from `startedMs` to `endedMs`. */
export function nextTrigger(startedMs: number, endedMs: number, intervalMs: number): number {
  return Math.max(nextBoundary(startedMs, intervalMs), endedMs);
}
