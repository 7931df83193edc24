/**
 * How long a DStream keeps its RDDs, and when it forgets them.
 *
 * A stream remembers at least its own slide; twice its checkpoint interval if it has one; and
 * whatever its children need: a window asks its parent for its own memory plus the window, so
 * chains add up. When a batch completes, everything that old or older is forgotten.
 *
 * Follows DStream.initialize, remember and clearMetadata of Spark Streaming 3.5. Milliseconds.
 */

/** The least a stream remembers by itself. `checkpointMs` is null without checkpoints. */
export function ownRemember(slideMs: number, checkpointMs: number | null): number {
  return checkpointMs !== null && slideMs <= checkpointMs ? checkpointMs * 2 : slideMs;
}

/** What a windowed stream asks its parent to remember. */
export function parentRemember(rememberMs: number, windowMs: number): number {
  return rememberMs + windowMs;
}

/** Whether the RDD of `rddMs` is gone once the batch at `completedMs` has completed. */
export function isForgotten(rddMs: number, completedMs: number, rememberMs: number): boolean {
  return rddMs <= completedMs - rememberMs;
}
