import { describe, expect, test } from 'vitest';
import { runLane, show } from './laneRun.ts';

/** One line `a 1` every 500 ms, from 250 ms on: two a second, 16 in every full window of 8 s. */
const steady = (untilMs: number): [number, string][] =>
  Array.from({ length: Math.floor((untilMs - 250) / 500) + 1 }, (_, i) => [250 + i * 500, 'a 1']);

describe('event-time windows of 8 s every 4 s', () => {
  test('windows fire when the watermark passes their end, and every record counts in two', () => {
    const { outputs, fates } = runLane({ lines: steady(40_000), untilMs: 40_000 });
    // Records at .25 and .75 of each second; bound 0: the watermark passes 3.999 with the record at 4.25 or later.
    expect(show(outputs)).toEqual([
      '-4..4: a=8',
      '0..8: a=16',
      '4..12: a=16',
      '8..16: a=16',
      '12..20: a=16',
      '16..24: a=16',
      '20..28: a=16',
      '24..32: a=16',
      '28..36: a=16',
    ]);
    // The record at 4.25 s, a tick of 200 ms at most, a flush of 100 ms at most, and little else.
    expect(outputs[0]?.visibleUs).toBeGreaterThan(4_250_000);
    expect(outputs[0]?.visibleUs).toBeLessThan(4_250_000 + 310_000);
    // Records before 32 s have both of their windows; the newest window that fired ends at 36 s.
    expect(fates.slice(0, 64).every((fate) => fate === 'right')).toBe(true);
    expect(fates.slice(64).every((fate) => fate === 'waiting' || fate === 'on the way')).toBe(true);
  });
});
