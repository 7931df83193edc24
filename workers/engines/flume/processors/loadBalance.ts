/**
 * `LoadBalancingSinkProcessor` with its order selectors (Flume 1.11.0): each call of `process()` makes
 * an order of sinks and calls them until one does not throw. It is one thread: batches rotate over the
 * sinks, they do not run in parallel, and nobody looks at load.
 */
import { assert } from '../../../kernel/assert.ts';
import { nextInt } from '../../../kernel/random.ts';
import type { RandomStream } from '../../../kernel/random.ts';
import { getBoolean, getLong, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface LoadBalanceSettings {
  readonly type: 'load_balance';
  readonly selector: 'round_robin' | 'random';
  readonly backoff: boolean;
  readonly maxTimeOutMs: number;
}

interface FailureState {
  lastFailMs: number;
  restoreMs: number;
  sequentialFails: number;
}

export interface LoadBalance {
  settings: LoadBalanceSettings;
  /** In the group's hash order. */
  sinks: readonly string[];
  failures: FailureState[];
  nextHead: number;
}

/** @throws ConfigurationRefusal, which removes the group with its sinks */
export function readLoadBalance(context: Context, sinks: readonly string[]): LoadBalanceSettings {
  if (sinks.length < 2) {
    refuse(
      'IllegalStateException',
      'The LoadBalancingSinkProcessor cannot be used for a single sink. Please configure more than ' +
        'one sinks and try again.',
    );
  }
  const written = context.get('selector') ?? 'round_robin';
  const selector = written.toLowerCase();
  if (selector !== 'round_robin' && selector !== 'random') {
    return refuse('FlumeException', `Unable to instantiate sink selector: ${written}`);
  }
  const maxTimeOutMs = getLong(context, 'selector.maxTimeOut', 30_000);
  return {
    type: 'load_balance',
    selector,
    backoff: getBoolean(context, 'backoff', false),
    maxTimeOutMs: maxTimeOutMs === 0 ? 30_000 : maxTimeOutMs,
  };
}

export function createLoadBalance(
  settings: LoadBalanceSettings,
  sinks: readonly string[],
): LoadBalance {
  // Before any time of the run: a sink that never failed is active from its first millisecond.
  const failures = sinks.map(() => ({ lastFailMs: 0, restoreMs: -1, sequentialFails: 0 }));
  return { settings, sinks, failures, nextHead: 0 };
}

/**
 * The order of one `process()`. Without any active sink the round robin gives an empty one, and the
 * random selector throws.
 */
export function sinkOrder(
  balance: LoadBalance,
  nowMs: number,
  random: RandomStream,
): string[] | { readonly refused: string } {
  const { settings, sinks, failures } = balance;
  const active = sinks.filter((_sink, index) => {
    return !settings.backoff || (failures[index]?.restoreMs ?? -1) < nowMs;
  });
  return settings.selector === 'random' ? shuffled(active, random) : rotated(balance, active);
}

/** `RoundRobinOrderSelector`: the head moves by one a call, over whoever is active now. */
function rotated(balance: LoadBalance, active: readonly string[]): string[] {
  if (balance.nextHead >= active.length) balance.nextHead = 0;
  const begin = balance.nextHead++;
  if (balance.nextHead === active.length) balance.nextHead = 0;
  return [...active.slice(begin), ...active.slice(0, begin)];
}

/** `RandomOrderSelector`. */
function shuffled(
  active: readonly string[],
  random: RandomStream,
): string[] | { readonly refused: string } {
  if (active.length === 0) return { refused: 'bound must be positive' };
  const rest = active.slice();
  const order: string[] = [];
  while (rest.length > 0) order.unshift(...rest.splice(nextInt(random, rest.length), 1));
  return order;
}

const sequentialRangeMs = 3_600_000;
const countLimit = 16;

/** `OrderSelector.informFailure`: only with backoff does a failure have consequences. */
export function informFailure(balance: LoadBalance, sink: string, nowMs: number): void {
  const { settings } = balance;
  if (!settings.backoff) return;
  const state = balance.failures[balance.sinks.indexOf(sink)];
  assert(state !== undefined, 'the failed sink belongs to the group');
  const lastBackoffMs = Math.min(settings.maxTimeOutMs, 1000 * (1 << state.sequentialFails));
  const inSequence = lastBackoffMs + sequentialRangeMs > nowMs - state.lastFailMs;
  if (!inSequence) state.sequentialFails = 1;
  else if (state.sequentialFails < countLimit) state.sequentialFails++;
  state.lastFailMs = nowMs;
  state.restoreMs = nowMs + Math.min(settings.maxTimeOutMs, 1000 * (1 << state.sequentialFails));
}
