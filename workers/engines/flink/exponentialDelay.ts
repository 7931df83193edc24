/**
 * How long a failed job waits before it restarts: a delay that grows with every failure, with a little chance in it so
 * that many jobs do not come back at once. Failures during the wait are one failure.
 *
 * Follows Flink 1.20 `ExponentialDelayRestartBackoffTimeStrategy`, the default when checkpointing is on.
 */
import { LONG_MIN } from './long.ts';

/** `restart-strategy.exponential-delay.*`. */
export interface ExponentialDelayConfig {
  readonly initialBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly backoffMultiplier: number;
  readonly resetBackoffThresholdMs: number;
  readonly jitterFactor: number;
}

export const exponentialDelayDefaults: ExponentialDelayConfig = {
  initialBackoffMs: 1000,
  maxBackoffMs: 60_000,
  backoffMultiplier: 1.5,
  resetBackoffThresholdMs: 3_600_000,
  jitterFactor: 0.1,
};

export interface ExponentialDelay {
  attempt: number;
  /** LONG_MIN before the first failure. */
  nextRestartMs: number;
}

/** The message of the IllegalArgumentException that the strategy's constructor throws, or null. */
export function refusalOfExponentialDelay(config: ExponentialDelayConfig): string | null {
  if (config.initialBackoffMs < 1) return 'Initial backoff must be at least 1.';
  if (config.maxBackoffMs < 1) return 'Maximum backoff must be at least 1.';
  if (config.initialBackoffMs > config.maxBackoffMs)
    return 'Initial backoff cannot be higher than maximum backoff.';
  if (config.backoffMultiplier <= 1) return 'Backoff multiplier must be greater than 1.';
  if (config.resetBackoffThresholdMs < 1)
    return 'Threshold duration for exponential backoff reset must be at least 1.';
  return config.jitterFactor < 0 || config.jitterFactor > 1
    ? 'Jitter factor must be >= 0 and <= 1.'
    : null;
}

export function createExponentialDelay(): ExponentialDelay {
  return { attempt: 0, nextRestartMs: LONG_MIN };
}

/**
 * `notifyFailure`.
 *
 * @param draw a whole number from 0 up to, and without, its argument
 * @returns whether this failure begins a new attempt; false while a restart is already pending
 */
export function notifyFailure(
  config: ExponentialDelayConfig,
  state: ExponentialDelay,
  nowMs: number,
  draw: (bound: number) => number,
): boolean {
  if (nowMs <= state.nextRestartMs) return false;
  if (nowMs - state.nextRestartMs >= config.resetBackoffThresholdMs) state.attempt = 0;
  state.nextRestartMs = nowMs + backoffMs(config, state.attempt, draw);
  state.attempt++;
  return true;
}

function backoffMs(
  config: ExponentialDelayConfig,
  attempt: number,
  draw: (bound: number) => number,
): number {
  let grown = config.initialBackoffMs;
  for (let i = 0; i < attempt && grown < config.maxBackoffMs; i++)
    grown *= config.backoffMultiplier;
  const currentMs = Math.floor(grown);
  const jitterMs = Math.floor(currentMs * config.jitterFactor);
  const offsetMs = jitterMs === 0 ? 0 : draw(2 * jitterMs + 1) - jitterMs;
  return Math.max(config.initialBackoffMs, Math.min(currentMs + offsetMs, config.maxBackoffMs));
}
