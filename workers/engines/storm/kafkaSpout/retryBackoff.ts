/**
 * `KafkaSpoutRetryExponentialBackoff` with the defaults of storm-kafka-client 2.8.8: the first retry
 * at once, then after 2 ms · 2^(fails − 1), at most 10 s, for ever.
 */

const delayPeriodUs = 2000;
const maxDelayUs = 10_000_000;

/** How long a record that failed `fails` ≥ 1 times waits for its next try, in microseconds. */
export function retryDelayUs(fails: number): number {
  if (fails === 1) return 0;
  let delayUs = delayPeriodUs;
  for (let doubled = 1; doubled < fails && delayUs < maxDelayUs; doubled++) delayUs *= 2;
  return Math.min(delayUs, maxDelayUs);
}
