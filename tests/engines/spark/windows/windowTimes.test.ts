import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  firingsHolding,
  slice,
  windowAt,
} from '../../../../workers/engines/spark/windows/windowTimes.ts';

test.each([
  // from, to, times of four batches 1000 … 4000
  [0, 1000, [1000]],
  [0, 2000, [1000, 2000]],
  [1000, 2000, [1000, 2000]],
  [2000, 4000, [2000, 3000, 4000]],
])('C19 slice(%i, %i): both ends inclusive, time 0 holds nothing', (beginMs, endMs, times) => {
  expect(slice({ beginMs, endMs }, 0, 1000)).toEqual(times);
});

test('a slice rounds its ends down to the grid of the stream', () => {
  expect(slice({ beginMs: 2500, endMs: 5500 }, 1000, 2000)).toEqual([3000, 5000]);
});

test('window 8 s, slide 4 s, batches of 2 s: the second result holds the batches 2 s to 8 s', () => {
  expect(windowAt(8000, 8000, 2000)).toEqual({ beginMs: 2000, endMs: 8000 });
  expect(slice(windowAt(4000, 8000, 2000), 0, 2000)).toEqual([2000, 4000]);
});

test('with a slide longer than the window the batches in the gap are in no result', () => {
  // p = 1 s, W = 2, S = 3: results at 3, 6, 9 hold the batches 2 3, 5 6, 8 9.
  const held = [1, 2, 3, 4, 5, 6].map((b) => firingsHolding(b * 1000, 2000, 3000, 1000, 0));
  const at = (timeMs: number) => ({ beginMs: timeMs, endMs: timeMs });
  expect(held).toEqual([null, at(3000), at(3000), null, at(6000), at(6000)]);
});

test('the firings that hold a batch are those whose windows contain it', () => {
  const batches = fc.integer({ min: 1, max: 12 });
  fc.assert(
    fc.property(batches, batches, batches, fc.integer({ min: 0, max: 5 }), (w, s, batch, zero) => {
      const [windowMs, slideMs, zeroMs] = [w * 1000, s * 1000, zero * 1000];
      const batchMs = zeroMs + batch * 1000;
      const byRule = firingsHolding(batchMs, windowMs, slideMs, 1000, zeroMs);
      const bySearch = [];
      for (let t = zeroMs + slideMs; t <= zeroMs + 40_000; t += slideMs) {
        const held = slice(windowAt(t, windowMs, 1000), zeroMs, 1000);
        if (held.includes(batchMs)) bySearch.push(t);
      }
      expect(byRule === null ? [] : slice(byRule, zeroMs, slideMs)).toEqual(bySearch);
    }),
  );
});
