import { type JavaRandom, nextBits } from '../../jvm/random.ts';

const JITTER = 0.2;

/**
 * How long a client waits before it tries again (`ExponentialBackoff`, 3.7 and later): it doubles from
 * `initialMs` up to `maxMs`, and ±20 % of jitter keeps clients from coming back all at once.
 *
 * @param attempts failures so far, 0 for the first retry
 * @returns milliseconds, with a fraction
 */
export function backoffMs(
  initialMs: number,
  maxMs: number,
  attempts: number,
  random: JavaRandom,
): number {
  if (initialMs >= maxMs) return initialMs;
  let termMs = initialMs;
  for (let i = 0; i < attempts && termMs < maxMs; i++) termMs *= 2;
  const unit = nextBits(random, 24) / 16777216;
  return Math.min(termMs, maxMs) * (1 - JITTER + 2 * JITTER * unit);
}
