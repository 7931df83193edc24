/** How long a failed job waits, on a bench. */
import * as v from 'valibot';
import {
  createExponentialDelay,
  notifyFailure,
  refusalOfExponentialDelay,
  type ExponentialDelayConfig,
} from '../exponentialDelay.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs } from './schemas.ts';

const config = v.pipe(
  v.strictObject({
    'restart-strategy.exponential-delay.initial-backoff': longMs,
    'restart-strategy.exponential-delay.max-backoff': longMs,
    'restart-strategy.exponential-delay.backoff-multiplier': v.number(),
    'restart-strategy.exponential-delay.reset-backoff-threshold': longMs,
    'restart-strategy.exponential-delay.jitter-factor': v.literal(0),
  }),
  v.transform((keys): ExponentialDelayConfig => ({
    initialBackoffMs: keys['restart-strategy.exponential-delay.initial-backoff'],
    maxBackoffMs: keys['restart-strategy.exponential-delay.max-backoff'],
    backoffMultiplier: keys['restart-strategy.exponential-delay.backoff-multiplier'],
    resetBackoffThresholdMs: keys['restart-strategy.exponential-delay.reset-backoff-threshold'],
    jitterFactor: 0,
  })),
);

export const exponentialDelayBench = benchOf({
  component: 'flink/exponential-delay',
  meaning:
    'ExponentialDelayRestartBackoffTimeStrategy without jitter. A step {failAtMs} answers whether a new attempt begins, ' +
    'and how long is left until the restart.',
  config,
  step: v.strictObject({ failAtMs: longMs }),
  refusal: refusalOfExponentialDelay,
  create: createExponentialDelay,
  play(state, { failAtMs }, settings) {
    const newAttempt = notifyFailure(settings, state, failAtMs, () => 0);
    return { newAttempt, backoffMs: Math.max(0, state.nextRestartMs - failAtMs) };
  },
});
