import { expect, test } from 'vitest';
import {
  createExponentialDelay,
  exponentialDelayDefaults,
  notifyFailure,
  refusalOfExponentialDelay,
} from '../../../workers/engines/flink/exponentialDelay.ts';

const middle = (bound: number) => (bound - 1) / 2;

test('1 s, 1.5 s, 2.25 s … up to a minute', () => {
  const state = createExponentialDelay();
  const waits: number[] = [];
  let nowMs = 0;
  for (let failure = 0; failure < 14; failure++) {
    expect(notifyFailure(exponentialDelayDefaults, state, nowMs, middle)).toBe(true);
    waits.push(state.nextRestartMs - nowMs);
    nowMs = state.nextRestartMs + 1;
  }
  // floor(1000 · 1.5^n), capped: 1.5^4 = 5.0625, 1.5^10 = 57.665…, 1.5^11 = 86.497… > 60.
  expect(waits.slice(0, 5)).toEqual([1000, 1500, 2250, 3375, 5062]);
  expect(waits[10]).toBe(57665);
  expect(waits.slice(11)).toEqual([60_000, 60_000, 60_000]);
});

test('failures while a restart is pending are one failure', () => {
  const state = createExponentialDelay();
  notifyFailure(exponentialDelayDefaults, state, 0, middle);
  expect(notifyFailure(exponentialDelayDefaults, state, 1000, middle)).toBe(false);
  expect(state.nextRestartMs).toBe(1000);
  expect(notifyFailure(exponentialDelayDefaults, state, 1001, middle)).toBe(true);
});

test('jitter is a tenth either way, but never below the initial backoff', () => {
  const waitWith = (draw: (bound: number) => number) => {
    const state = createExponentialDelay();
    notifyFailure(exponentialDelayDefaults, state, 0, middle);
    notifyFailure(exponentialDelayDefaults, state, 2000, draw);
    return state.nextRestartMs - 2000;
  };
  expect(waitWith(() => 0)).toBe(1350);
  expect(waitWith((bound) => bound - 1)).toBe(1650);
  const first = createExponentialDelay();
  notifyFailure(exponentialDelayDefaults, first, 0, () => 0);
  expect(first.nextRestartMs).toBe(1000);
});

test('an hour without failure starts over', () => {
  const state = createExponentialDelay();
  notifyFailure(exponentialDelayDefaults, state, 0, middle);
  notifyFailure(exponentialDelayDefaults, state, 5000, middle);
  const laterMs = state.nextRestartMs + 3_600_000;
  notifyFailure(exponentialDelayDefaults, state, laterMs, middle);
  expect(state.nextRestartMs - laterMs).toBe(1000);
});

test('refusals', () => {
  const refusal = (change: object) =>
    refusalOfExponentialDelay({ ...exponentialDelayDefaults, ...change });
  expect(refusal({})).toBe(null);
  expect(refusal({ initialBackoffMs: 60_001 })).toBe(
    'Initial backoff cannot be higher than maximum backoff.',
  );
  expect(refusal({ backoffMultiplier: 1 })).toBe('Backoff multiplier must be greater than 1.');
  expect(refusal({ jitterFactor: 1.1 })).toBe('Jitter factor must be >= 0 and <= 1.');
});
