/**
 * `KafkaSpoutRetryExponentialBackoff` with the defaults of storm-kafka-client 2.8.8: the first retry
 * at once, then after 2 ms · 2^(fails − 1), at most 10 s, for ever.
 *
 * The delay is a `long` of nanoseconds. From the 44th failure on it overflows, and where it comes out
 * negative the next try is due at once; from the 58th on it always is.
 */

const delayPeriodNanos = 2_000_000n;
const maxDelayNanos = 10_000_000_000n;
const maxLong = (1n << 63n) - 1n;

/** How long a record that failed `fails` ≥ 1 times waits for its next try, in microseconds. */
export function retryDelayUs(fails: number): number {
  if (fails === 1) return 0;
  const factor = fails > 63 ? maxLong : 1n << BigInt(fails - 1);
  const delayNanos = BigInt.asIntN(64, delayPeriodNanos * factor);
  if (delayNanos <= 0n) return 0;
  return Number(delayNanos < maxDelayNanos ? delayNanos : maxDelayNanos) / 1000;
}
