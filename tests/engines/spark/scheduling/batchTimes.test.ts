import { expect, test } from 'vitest';
import {
  firstTick,
  isTimeValid,
  restartTick,
} from '../../../../workers/engines/spark/scheduling/batchTimes.ts';

test.each([
  // now, batch interval, first tick = (floor(now / p) + 1) * p
  [0, 2000, 2000],
  [1, 2000, 2000],
  [1999, 2000, 2000],
  [2000, 2000, 4000],
  [4501, 1000, 5000],
])('a program started at %i with batches of %i ms ticks first at %i', (now, batch, tick) => {
  expect(firstTick(now, batch)).toBe(tick);
});

test.each([
  // now, zero time, batch interval, next tick = z + (floor((now - z) / p) + 1) * p
  [15000, 0, 2000, 16000],
  [15000, 500, 2000, 16500],
  [16500, 500, 2000, 18500],
])('restarted at %i with zero time %i and batches of %i ms it ticks next at %i', (now, z, p, t) => {
  expect(restartTick(now, z, p)).toBe(t);
});

test('a slide of 10 s counts from the zero time, not from the epoch', () => {
  const valid = [];
  for (let t = 0; t <= 25_000; t += 1000) if (isTimeValid(t, 3000, 10_000)) valid.push(t);
  expect(valid).toEqual([13_000, 23_000]);
});
