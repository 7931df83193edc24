/**
 * How many records a second a receiver may store one by one: what backpressure finds, but never more than
 * `spark.streaming.receiver.maxRate`. Blocks that a receiver stores whole are not held back.
 *
 * Follows RateLimiter of Spark Streaming 3.5.
 *
 * A component of its own: the lane reads Kafka directly, without a receiver.
 */

/** Before the first estimate: `spark.streaming.backpressure.initialRate`, which is `maxRate` unless told. */
export function initialReceiverRate(initialRate: number, maxRate: number): number {
  return Math.min(initialRate, maxRate);
}

/** The limit after an estimate; one that is not positive changes nothing. */
export function receiverRate(limit: number, estimatedRate: number, maxRate: number): number {
  return estimatedRate > 0 ? Math.min(estimatedRate, maxRate) : limit;
}
