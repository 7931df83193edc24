import { expect, test } from 'vitest';
import {
  countBatch,
  countByValue,
  glom,
  reduceBatch,
} from '../../../../workers/engines/spark/operators/batchOperators.ts';
import { cogroup, join } from '../../../../workers/engines/spark/operators/joins.ts';
import type { JoinType } from '../../../../workers/engines/spark/operators/joins.ts';
import {
  mapWithState,
  stateSnapshot,
} from '../../../../workers/engines/spark/operators/mapWithState.ts';
import type {
  KeyedState,
  Mapped,
} from '../../../../workers/engines/spark/operators/mapWithState.ts';
import { updateStateByKey } from '../../../../workers/engines/spark/operators/updateState.ts';
import type { UpdateFunction } from '../../../../workers/engines/spark/operators/updateState.ts';

// Batches are cut by `|`, `-` is an empty batch, and N a batch for which the parent has no RDD.

const words = (batch: string): string[] =>
  batch.split(' ').filter((word) => word !== '-' && word !== '');

const ones = (batch: string): Map<string, number[]> | null => {
  if (batch === 'N') return null;
  const grouped = new Map<string, number[]>();
  for (const word of words(batch)) grouped.set(word, [...(grouped.get(word) ?? []), 1]);
  return grouped;
};

const print = (state: ReadonlyMap<string, number> | null): string =>
  [...(state ?? [])]
    .map(([key, value]) => `${key}${value}`)
    .sort()
    .join(' ') || '-';

const total = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0);

test('C8 count, reduce, countByValue and glom', () => {
  expect('-|1|1 2|1 2 3|1 2 3 4'.split('|').map((b) => countBatch(words(b)))).toEqual([
    0, 1, 2, 3, 4,
  ]);
  const sums = [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12], []].map((b) =>
    reduceBatch(b, (x, y) => x + y),
  );
  expect(sums).toEqual([10, 26, 42, null]);
  const counts = '1|1 1 1|1 2|1 1 2 2'
    .split('|')
    .map((b) => Object.fromEntries(countByValue(words(b))));
  expect(counts).toEqual([{ 1: 1 }, { 1: 3 }, { 1: 1, 2: 1 }, { 1: 2, 2: 2 }]);
  expect(glom([1, 2, 3, 4], 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

// `_` writes the empty word.
const S1 = 'a b|a _|_|-'.split('|');
const S2 = 'a b|b _|-|_'.split('|');

test.each<[JoinType, string]>([
  ['inner', 'a(1,x) b(1,x)|_(1,x)|-|-'],
  ['leftOuter', 'a(1,x) b(1,x)|_(1,x) a(1,None)|_(1,None)|-'],
  ['rightOuter', 'a(1,x) b(1,x)|_(1,x) b(None,x)|-|_(None,x)'],
  ['fullOuter', 'a(1,x) b(1,x)|_(1,x) a(1,None) b(None,x)|_(1,None)|_(None,x)'],
])('C9 %s join sees one batch time only', (type, expected) => {
  const rows = S1.map((batch, t) => {
    const left = new Map(words(batch).map((word) => [word, [1]]));
    const right = new Map(words(S2[t] ?? '').map((word) => [word, ['x']]));
    const joined = join(cogroup(left, right), type);
    return (
      joined
        .map((row) => `${row.key}(${row.left ?? 'None'},${row.right ?? 'None'})`)
        .sort()
        .join(' ') || '-'
    );
  });
  expect(rows.join('|')).toBe(expected);
});

test('C9 cogroup gives both value lists', () => {
  const grouped = cogroup(
    new Map([
      ['a', [1]],
      ['_', [1]],
    ]),
    new Map([
      ['b', ['x']],
      ['_', ['x']],
    ]),
  );
  expect(Object.fromEntries(grouped)).toEqual({
    a: { left: [1], right: [] },
    b: { left: [], right: ['x'] },
    _: { left: [1], right: ['x'] },
  });
});

const runUpdates = <S>(
  input: string,
  update: UpdateFunction<number, S>,
  initial: Map<string, S> | null = null,
): Map<string, S>[] => {
  let state = initial;
  return input.split('|').map((batch, k) => {
    state = updateStateByKey(state, ones(batch), update, (k + 1) * 1000, 'scala');
    return state ?? new Map<string, S>();
  });
};

test('C10 updateStateByKey: every key in every batch', () => {
  const sums = runUpdates(
    'a|a b|a b c|a b|a|-',
    (values, state: number | null) => (state ?? 0) + total(values),
  );
  expect(sums.map(print).join('|')).toBe('a1|a2 b1|a3 b2 c1|a4 b3 c1|a5 b3 c1|a5 b3 c1');
});

test('C11 updateStateByKey, object lifecycle: a key without data twice in a row is forgotten', () => {
  interface Counted {
    counter: number;
    missed: number;
  }
  const states = runUpdates<Counted>('a b|N|a c a|c|N|N', (values, state) => {
    const missed = values.length > 0 ? 0 : (state?.missed ?? 0) + 1;
    return missed >= 2 ? null : { counter: (state?.counter ?? 0) + total(values), missed };
  });
  const counters = states.map((s) => print(new Map([...s].map(([key, c]) => [key, c.counter]))));
  expect(counters.join('|')).toBe('a1 b1|a1 b1|a3 c1|a3 c2|c2|-');
});

test('C12 updateStateByKey with batch times', () => {
  const states = runUpdates(
    'a|a b|a b c|a b|a|-',
    (values, state: number | null, batchMs) => (state ?? 0) + (values.length > 0 ? batchMs : 0),
    new Map([
      ['a', 0],
      ['c', 0],
    ]),
  );
  expect(states.map(print).join('|')).toBe(
    'a1000 c0|a3000 b2000 c0|a6000 b5000 c3000|a10000 b9000 c3000|a15000 b9000 c3000|a15000 b9000 c3000',
  );
});

test('PySpark keeps the state untouched when the parent has no RDD', () => {
  const forgets = (): null => null;
  const state = new Map([['a', 1]]);
  expect(print(updateStateByKey(state, null, forgets, 1000, 'python'))).toBe('a1');
  expect(print(updateStateByKey(state, null, forgets, 1000, 'scala'))).toBe('-');
});

const runMapWithState = (
  input: string,
  emits: (sum: number) => number | null,
  initial: [string, number][] = [],
) => {
  let state: ReadonlyMap<string, KeyedState<number>> = new Map(
    initial.map(([key, value]) => [key, { value, touchedMs: 0 }]),
  );
  return input.split('|').map((batch, k) => {
    const result = mapWithState(
      state,
      {
        batchMs: (k + 1) * 1000,
        records: words(batch).map((word) => [word, 1] as const),
        timeoutMs: null,
        fullScan: false,
      },
      (_key, value: number | null, before: number | null): Mapped<number, number> => {
        const sum = (before ?? 0) + (value ?? 0);
        return { emit: emits(sum), state: { set: sum } };
      },
    );
    state = result.state;
    return { mapped: result.mapped, snapshot: print(stateSnapshot(state)) };
  });
};

test('C13 mapWithState: one element per record', () => {
  const batches = runMapWithState('-|a|a b|a b c|a b|a|-', (sum) => sum);
  expect(batches.map((b) => b.mapped.join(' ') || '-').join('|')).toBe('-|1|2 1|3 2 1|4 3|5|-');
  expect(batches.map((b) => b.snapshot).join('|')).toBe(
    '-|a1|a2 b1|a3 b2 c1|a4 b3 c1|a5 b3 c1|a5 b3 c1',
  );
});

test('C14 mapWithState: initial states, nothing returned', () => {
  const batches = runMapWithState('-|a|a b|a b c|a b|a|-', () => null, [
    ['a', 5],
    ['b', 10],
    ['c', -20],
    ['d', 0],
  ]);
  expect(batches.every((b) => b.mapped.length === 0)).toBe(true);
  expect(batches.map((b) => b.snapshot).join('|')).toBe(
    'a5 b10 c-20 d0|a6 b10 c-20 d0|a7 b11 c-20 d0|a8 b12 c-19 d0|a9 b13 c-19 d0|a10 b13 c-19 d0|a10 b13 c-19 d0',
  );
});

test('C15 mapWithState: a timeout of 3 s takes effect at the full scan of 10 s', () => {
  let state: ReadonlyMap<string, KeyedState<number>> = new Map();
  const timedOut: string[] = [];
  const input = ['a b c', 'a b', 'a', '-', '-', ...Array.from({ length: 15 }, () => 'a')];
  input.forEach((batch, k) => {
    const batchMs = (k + 1) * 1000;
    const result = mapWithState<number, number, string>(
      state,
      {
        batchMs,
        records: words(batch).map((word) => [word, 1] as const),
        timeoutMs: 3000,
        fullScan: batchMs % 10_000 === 0,
      },
      (key, value) =>
        value === null ? { emit: key, state: 'keep' } : { emit: null, state: { set: 1 } },
    );
    state = result.state;
    for (const key of result.mapped) timedOut.push(`${key}@${batchMs}`);
  });
  expect(timedOut.sort()).toEqual(['b@10000', 'c@10000']);
  expect([...state.keys()]).toEqual(['a']);
});

test('mapWithState: a key that has been idle for exactly its timeout survives the scan', () => {
  const scan = (batchMs: number, touchedMs: number): string[] => {
    const batch = { batchMs, records: [], timeoutMs: 10_000, fullScan: true };
    const before = new Map([['a', { value: 1, touchedMs }]]);
    return mapWithState<number, number, string>(before, batch, (key) => ({
      emit: key,
      state: 'keep',
    })).mapped;
  };
  expect(scan(20_000, 10_000)).toEqual([]);
  expect(scan(20_000, 9999)).toEqual(['a']);
});
