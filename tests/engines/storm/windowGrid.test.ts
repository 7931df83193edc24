import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  eventTimeGrid,
  lastWindow,
  processingTimeGrid,
  windowNumber,
  type WindowGrid,
} from '../../../workers/engines/storm/windowing/windowGrid.ts';
import { windowRows } from '../../../workers/engines/storm/windowing/windowRows.ts';
import { eventTime, play, processingTime } from './windowCases.ts';

describe('windows by number', () => {
  // Length 8, slide 4 from 0: window k is (4k − 8, 4k].
  test.each([
    [1, 1, 2],
    [4, 1, 2],
    [5, 2, 3],
    [8, 2, 3],
    [0, 0, 1],
  ])('event time %d ms is in the windows %d to %d', (tsMs, first, last) => {
    expect(windowsOf(eventTimeGrid(8, 4, 0), tsMs)).toEqual({ first, last });
  });

  test('a slide longer than the window leaves gaps', () => {
    // Length 2, slide 5: (3, 5], (8, 10] …
    const grid = eventTimeGrid(2, 5, 0);
    expect(windowsOf(grid, 4)).toEqual({ first: 1, last: 1 });
    const { first, last } = windowsOf(grid, 6);
    expect(last).toBeLessThan(first);
  });

  test('the first firing by processing time covers everything before it', () => {
    // Length 2, slide 5, prepared at 100 ms: firings at 105 and 110 refer to 104 and 109.
    const grid = processingTimeGrid(2, 5, 100, 0);
    expect([100, 104, 105, 108, 109].map((tsMs) => windowsOf(grid, tsMs))).toEqual([
      { first: 1, last: 1 },
      { first: 1, last: 1 },
      { first: 2, last: 1 },
      { first: 2, last: 2 },
      { first: 2, last: 2 },
    ]);
    expect([104, 109].map((referenceMs) => windowNumber(grid, referenceMs))).toEqual([1, 2]);
    expect(windowNumber(processingTimeGrid(2, 5, 100, 7), 104)).toBe(8);
  });

  test('the bolt fires a tuple in exactly the windows that the rule gives it', () => {
    const sizes = fc.record({
      lengthMs: fc.integer({ min: 1, max: 40 }),
      slideMs: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(
        sizes,
        fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 20 }),
        (size, times) => {
          const bolt = play(eventTime({ ...size, lagMs: 1_000_000 }));
          for (const ts of times) bolt.add(ts, ts);
          const grid = eventTimeGrid(size.lengthMs, size.slideMs, 0);
          const fired = bolt
            .watermark(1000)
            .flatMap(({ referenceMs, tuples }) =>
              tuples.map((tuple) => `${tuple} in ${String(windowNumber(grid, referenceMs))}`),
            );
          const expected = times.flatMap((ts) => {
            const { first, last } = windowsOf(grid, ts);
            return Array.from(
              { length: Math.max(0, last - first + 1) },
              (_, i) => `${String(ts)} in ${String(first + i)}`,
            );
          });
          expect(fired.sort()).toEqual(expected.sort());
        },
      ),
    );
  });

  test('by processing time too, while the timer is on time', () => {
    const sizes = fc.record({
      lengthMs: fc.integer({ min: 1, max: 40 }),
      slideMs: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(
        sizes,
        fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 20 }),
        (size, offsets) => {
          const bolt = play(processingTime(size));
          const grid = processingTimeGrid(size.lengthMs, size.slideMs, 100, 0);
          const fired: string[] = [];
          for (let nowMs = 100; nowMs < 300; nowMs++) {
            const isTick = nowMs > 100 && (nowMs - 100) % size.slideMs === 0;
            for (const { referenceMs, tuples } of isTick ? bolt.runTriggerTimer(nowMs) : []) {
              fired.push(
                ...tuples.map((tuple) => `${tuple} in ${String(windowNumber(grid, referenceMs))}`),
              );
            }
            if (offsets.includes(nowMs - 100)) bolt.add(nowMs, 0, nowMs);
          }
          const expected = offsets.flatMap((offset) => {
            const { first, last } = windowsOf(grid, 100 + offset);
            return Array.from(
              { length: Math.max(0, last - first + 1) },
              (_, i) => `${String(100 + offset)} in ${String(first + i)}`,
            );
          });
          expect(fired.sort()).toEqual(expected.sort());
        },
      ),
    );
  });
});

describe('the rows of a window', () => {
  test('come in the order of a Java HashMap, whatever came first', () => {
    // Hash 'b' 98, 'a' 97, 'p' 112 = 7 · 16: buckets 2, 1, 0 of 16.
    const table = tableOf([0, 1, 2, 0], 1, ['b', 'a', 'p']);
    const rows = windowRows([0, 1, 2, 3], table, (total, value) => total + value);
    expect(rows).toEqual([
      ['p', 1],
      ['a', 1],
      ['b', 2],
    ]);
  });

  test('keys that are names of JavaScript’s own count like any other', () => {
    const keys = ['constructor', '__proto__', '10'];
    const rows = windowRows([0, 1, 2, 3], tableOf([0, 1, 2, 1], 2, keys), Math.max);
    expect(new Map(rows)).toEqual(new Map(keys.map((key) => [key, 2])));
  });
});

/** Rows with these keys, all of one value. */
function tableOf(keyIds: readonly number[], value: number, keys: readonly string[]) {
  return { keyIds: Int32Array.from(keyIds), values: Float64Array.from(keyIds, () => value), keys };
}

function windowsOf(grid: WindowGrid, tsMs: number) {
  return { first: windowNumber(grid, tsMs), last: lastWindow(grid, tsMs) };
}
