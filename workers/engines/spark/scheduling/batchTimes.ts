/**
 * When the micro-batches of a DStream program happen.
 *
 * A timer ticks on multiples of the batch interval since 1970, so the batches are aligned to the
 * epoch. The zero time lies one interval before the first tick, and everything else (slides,
 * windows, checkpoints) is counted from that zero time: two runs of one program that were started
 * at different moments show different windows.
 *
 * Follows RecurringTimer and DStream.isTimeValid of Spark Streaming 3.5. All times are epoch
 * milliseconds. Left out: a timer thread that wakes up late and posts several ticks at once.
 */

/** The first tick of a program that starts at `nowMs`: strictly later, even from a multiple. */
export function firstTick(nowMs: number, batchIntervalMs: number): number {
  return (Math.floor(nowMs / batchIntervalMs) + 1) * batchIntervalMs;
}

/** The first tick after a restart, which keeps the grid of the first start. */
export function restartTick(nowMs: number, zeroTimeMs: number, batchIntervalMs: number): number {
  const elapsed = Math.floor((nowMs - zeroTimeMs) / batchIntervalMs) + 1;
  return zeroTimeMs + elapsed * batchIntervalMs;
}

/** Whether a DStream with this slide has an RDD at `timeMs`. Nothing exists at the zero time. */
export function isTimeValid(timeMs: number, zeroTimeMs: number, slideMs: number): boolean {
  return timeMs > zeroTimeMs && (timeMs - zeroTimeMs) % slideMs === 0;
}
