import { describe, expect, test } from 'vitest';
import { createRandom, nextInt, nextUint32, nextUnit } from '../../workers/kernel/random.ts';

describe('random streams', () => {
  test('xoshiro128** by its published definition: the first outputs from state 1, 2, 3, 4', () => {
    // result = rotl(b * 5, 7) * 9 with b = 2: rotl(10, 7) = 1280, × 9 = 11520.
    // Then t = b << 9 = 1024; c ^= a → 2; d ^= b → 6; b ^= c → 0; a ^= d → 7; c ^= t → 1026; d = rotl(6, 11) = 12288.
    // Second: b = 0 gives 0. Then t = 0; c = 1026 ^ 7 = 1029; d = 12288 ^ 0; b = 0 ^ 1029 = 1029; …
    // Third: rotl(1029 * 5, 7) * 9 = 5145 * 128 * 9 = 5927040.
    const stream = { a: 1, b: 2, c: 3, d: 4 };
    expect([nextUint32(stream), nextUint32(stream), nextUint32(stream)]).toEqual([
      11520, 0, 5927040,
    ]);
  });

  test('equal seed and name give equal streams; another name or seed another one', () => {
    const draws = (seed: number, name: string) => {
      const stream = createRandom(seed, name);
      return [nextUint32(stream), nextUint32(stream), nextUint32(stream)];
    };
    expect(draws(7, 'flume')).toEqual(draws(7, 'flume'));
    expect(draws(7, 'flume')).not.toEqual(draws(7, 'kafka'));
    expect(draws(7, 'flume')).not.toEqual(draws(8, 'flume'));
  });

  test('whole numbers fill their range evenly', () => {
    const stream = createRandom(1, 'die');
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i += 1) counts[nextInt(stream, 6)]! += 1;
    // 10,000 expected each, standard deviation √(60000 · 1/6 · 5/6) ≈ 91: five of them are 456.
    for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(456);
    const unit = nextUnit(stream);
    expect(unit >= 0 && unit < 1).toBe(true);
  });
});
