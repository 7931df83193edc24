import { expect, test } from 'vitest';
import { reduceAll } from '../../../../workers/engines/spark/windows/pairs.ts';
import {
  isIncremental,
  reduceWholeWindow,
  slidePythonWindow,
} from '../../../../workers/engines/spark/windows/pythonReducedWindow.ts';
import {
  incrementalIntervals,
  slideReducedWindow,
} from '../../../../workers/engines/spark/windows/reducedWindow.ts';
import type { IncrementalReduce } from '../../../../workers/engines/spark/windows/reducedWindow.ts';
import { groupByKeyAndWindow } from '../../../../workers/engines/spark/windows/windowOperators.ts';
import { slice, windowAt } from '../../../../workers/engines/spark/windows/windowTimes.ts';
import type { Interval } from '../../../../workers/engines/spark/windows/windowTimes.ts';

// Batches are cut by `|`, batch k has time k seconds, and the zero time is 0. `a1` is the pair (a, 1).

const cut = (text: string): string[][] =>
  text.split('|').map((batch) => batch.split(' ').filter((item) => item !== '-' && item !== ''));

const add = (x: number, y: number): number => x + y;

const reduced = (text: string): Map<string, number>[] =>
  cut(text).map((batch) => {
    const ones = batch.map((item) => new Map([[item.slice(0, 1), Number(item.slice(1))]]));
    return reduceAll(ones, add);
  });

const print = (pairs: ReadonlyMap<string, number>): string =>
  [...pairs]
    .map(([key, value]) => `${key}${value}`)
    .sort()
    .join(' ') || '-';

const inside = <T>(batches: readonly T[], interval: Interval): T[] =>
  slice(interval, 0, 1000).flatMap((t) => batches.slice(t / 1000 - 1, t / 1000));

const naive = (text: string, W: number, S: number): string[] => {
  const batches = reduced(text);
  const results = [];
  for (let t = S * 1000; t <= batches.length * 1000; t += S * 1000) {
    results.push(print(reduceAll(inside(batches, windowAt(t, W * 1000, 1000)), add)));
  }
  return results;
};

const SUM: IncrementalReduce<number> = {
  reduce: add,
  inverse: (x: number, y: number): number => x - y,
  keeps: null,
};
const SUM_NOT_ZERO = { ...SUM, keeps: (value: number): boolean => value !== 0 };

const incremental = (
  text: string,
  W: number,
  S: number,
  functions: IncrementalReduce<number>,
): string[] => {
  const batches = reduced(text);
  const results = [];
  let previous = new Map<string, number>();
  for (let t = S * 1000; t <= batches.length * 1000; t += S * 1000) {
    const { old, fresh } = incrementalIntervals(t, W * 1000, S * 1000, 1000);
    const outcome = slideReducedWindow(
      previous,
      inside(batches, old),
      inside(batches, fresh),
      functions,
    );
    if ('failure' in outcome) return [...results, outcome.failure];
    previous = outcome.rows;
    results.push(print(previous));
  }
  return results;
};

test.each([
  ['C1 basic window, W2 S1', 2, 1, '0|0 1|1 2|2 3|3 4|4 5'],
  ['C2 tumbling window, W2 S2', 2, 2, '0 1|2 3|4 5'],
])('%s', (_name, W, S, expected) => {
  const batches = cut('0|1|2|3|4|5');
  const results = [];
  for (let t = S; t <= 6; t += S)
    results.push(inside(batches, windowAt(t * 1000, W * 1000, 1000)).flat());
  expect(results).toEqual(cut(expected));
});

test('C3 larger window, W4 S2: partial first, draining last', () => {
  const batches = cut('0|1|2|3|4|5|-|-');
  const results = [2, 4, 6, 8].map((t) => inside(batches, windowAt(t * 1000, 4000, 1000)).flat());
  expect(results).toEqual(cut('0 1|0 1 2 3|2 3 4 5|4 5'));
});

const BIG = 'a1|a1 b1|a1 b1 c1|a1 b1|a1|-|a1|a1 b1|a1 b1 c1|a1 b1|a1|-';
const C4_NAIVE = 'a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1|a1|a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1|a1'.split(
  '|',
);
const C4_NO_FILTER =
  'a1|a2 b1|a2 b2 c1|a2 b2 c1|a2 b1 c0|a1 b0 c0|a1 b0 c0|a2 b1 c0|a2 b2 c1|a2 b2 c1|a2 b1 c0|a1 b0 c0'.split(
    '|',
  );

test('C4 reduceByKeyAndWindow, naive', () => {
  expect(naive(BIG, 2, 1)).toEqual(C4_NAIVE);
});

test('C4 with an inverse, zero counts stay', () => {
  expect(incremental(BIG, 2, 1, SUM)).toEqual(C4_NO_FILTER);
});

test('C4 with an inverse and a filter, the naive results', () => {
  expect(incremental(BIG, 2, 1, SUM_NOT_ZERO)).toEqual(C4_NAIVE);
});

test('C5 groupByKeyAndWindow, W2 S1', () => {
  const grouped = reduced(BIG).map((batch) => new Map([...batch].map(([k, v]) => [k, [v]])));
  const at = (t: number) => Object.fromEntries(groupByKeyAndWindow(grouped.slice(t - 2, t)));
  expect(at(3)).toEqual({ a: [1, 1], b: [1, 1], c: [1] });
  expect(at(5)).toEqual({ a: [1, 1], b: [1] });
  expect(at(6)).toEqual({ a: [1] });
});

test.each([
  ['C7 new key added into window', 'a1|a1 b1', ['a1', 'a2 b1']],
  ['C7 basic reduction', 'a1 a3', ['a4']],
])('%s', (_name, input, expected) => {
  expect(naive(input, 2, 1)).toEqual(expected);
  expect(incremental(input, 2, 1, SUM)).toEqual(expected);
});

test('C22 W4 S1 of a constant', () => {
  const input = Array.from({ length: 10 }, () => 'a1').join('|');
  expect(incremental(input, 4, 1, SUM)).toEqual(
    '1 2 3 4 4 4 4 4 4 4'.split(' ').map((n) => `a${n}`),
  );
});

const POWERS = 'a1|a10|a100|a1000|a10000|a100000';

test('gotcha 3: a slide longer than the window makes the inverse wrong in Scala', () => {
  expect(naive(POWERS, 2, 3)).toEqual(['a110', 'a110000']);
  expect(incremental(POWERS, 2, 3, SUM)).toEqual(['a111', 'a110001']);
});

test('gotcha 2: a filter that drops a key still inside the window fails the job later', () => {
  const keepsNothing = { ...SUM, keeps: (): boolean => false };
  expect(incremental('a1|-|-', 2, 1, keepsNothing)).toEqual([
    '-',
    '-',
    'Neither previous window has value for key, nor new values found. Are you sure your key class hashes consistently?',
  ]);
});

// PythonReducedWindowedDStream: windowDuration >= slideDuration * 5
test.each([
  [2000, 1000, false],
  [4000, 1000, false],
  [5000, 1000, true],
  [300_000, 1000, true],
  [8000, 4000, false],
])('PySpark with window %i and slide %i subtracts: %s', (windowMs, slideMs, expected) => {
  expect(isIncremental(windowMs, slideMs)).toBe(expected);
});

test('PySpark reduces a short window whole, so that no zero count stays', () => {
  const batches = reduced(BIG);
  const results = batches.map((_batch, k) =>
    print(reduceWholeWindow(batches.slice(Math.max(0, k - 1), k + 1), SUM)),
  );
  expect(results).toEqual(C4_NAIVE);
});

test('PySpark over five slides leaves zero counts, and does not fail on a key filtered early', () => {
  const batches = reduced('a1|-|-|-|-|-');
  const full = slidePythonWindow(new Map([['a', 1]]), batches.slice(0, 1), batches.slice(5), SUM);
  expect(print(full)).toBe('a0');
  expect(print(slidePythonWindow(new Map(), batches.slice(0, 1), batches.slice(5), SUM))).toBe('-');
});
