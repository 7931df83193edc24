/**
 * Which batches a window holds, and which windows hold a batch.
 *
 * A windowed DStream gathers whole RDDs of its parent: at output time t the RDDs whose batch time
 * lies in the closed interval [t - window + parent slide, t]. Because a batch at time b holds what
 * arrived in [b - slide, b), that is what arrived in [t - window, t). The first windows are only
 * partly filled: there are no RDDs at or before the zero time, and Spark does not wait for them.
 *
 * Follows WindowedDStream.compute and DStream.slice of Spark Streaming 3.5. Times in milliseconds.
 */

/** A closed interval of batch times. */
export interface Interval {
  readonly beginMs: number;
  readonly endMs: number;
}

/** The parent's batch times that the window firing at `timeMs` covers, before any is missing. */
export function windowAt(timeMs: number, windowMs: number, parentSlideMs: number): Interval {
  return { beginMs: timeMs - windowMs + parentSlideMs, endMs: timeMs };
}

/**
 * The batch times of a stream inside a closed interval, oldest first. Ends that are no multiple of
 * the slide are rounded down to the stream's own grid, as `DStream.slice` does with a warning.
 */
export function slice(interval: Interval, zeroTimeMs: number, slideMs: number): number[] {
  const firstStep = Math.max(1, Math.floor((interval.beginMs - zeroTimeMs) / slideMs));
  const lastStep = Math.floor((interval.endMs - zeroTimeMs) / slideMs);
  const times: number[] = [];
  for (let step = firstStep; step <= lastStep; step++) times.push(zeroTimeMs + step * slideMs);
  return times;
}

/**
 * The output times whose windows hold the batch at `batchMs`: the rule by which a record is
 * expected in results. Empty when the batch falls in the gap that a slide longer than its window
 * leaves.
 */
export function firingsHolding(
  batchMs: number,
  windowMs: number,
  slideMs: number,
  parentSlideMs: number,
  zeroTimeMs: number,
): Interval | null {
  const first = zeroTimeMs + Math.ceil((batchMs - zeroTimeMs) / slideMs) * slideMs;
  const lastPossible = batchMs + windowMs - parentSlideMs;
  const last = zeroTimeMs + Math.floor((lastPossible - zeroTimeMs) / slideMs) * slideMs;
  return last < first ? null : { beginMs: first, endMs: last };
}
