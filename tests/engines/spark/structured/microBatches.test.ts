import { expect, test } from 'vitest';
import { needsNoDataBatch } from '../../../../workers/engines/spark/structured/progress.ts';
import {
  createSessionState,
  mergeSessions,
  runSessionBatch,
} from '../../../../workers/engines/spark/structured/sessionWindow.ts';
import {
  createCountState,
  runCountBatch,
  type CountQuery,
  type CountState,
} from '../../../../workers/engines/spark/structured/windowedCount.ts';

// Times are event seconds, written as milliseconds 1:1: nothing here depends on the unit.

const WINDOWED: CountQuery = {
  mode: 'append',
  window: { sizeMs: 5, slideMs: 5 },
  delayMs: 10,
  allowMultiple: true,
};

const rowsAt = (times: readonly number[]) => times.map((timeMs) => ({ key: '', timeMs }));

/** A query that is fed, one call a trigger. */
function startQuery(query: CountQuery) {
  let state: CountState = createCountState();
  const trigger = (times: readonly number[]) => {
    const watermark = state.progress.watermarkMs;
    const { state: next, output, dropped } = runCountBatch(query, state, rowsAt(times));
    state = next;
    const rows = output.map(({ startMs, count }) => `(${startMs},${count})`).join('') || '-';
    return { batch: next.progress.batchId - 1, watermark, rows, states: next.groups.size, dropped };
  };
  /** The default trigger: the data, then batches without data as long as one is needed. */
  const process = (...times: number[]) => {
    const batches = [trigger(times)];
    while (needsNoDataBatch(state.progress)) batches.push(trigger([]));
    return batches;
  };
  return { trigger, process };
}

test('C29 append mode', () => {
  const { process } = startQuery(WINDOWED);
  const batch = (id: number, watermark: number, rows: string, states: number, dropped = 0) => ({
    batch: id,
    watermark,
    rows,
    states,
    dropped,
  });
  expect(process(10, 11, 12, 13, 14, 15)).toEqual([batch(0, 0, '-', 2), batch(1, 5, '-', 2)]);
  expect(process(25)).toEqual([batch(2, 5, '-', 3), batch(3, 15, '(10,5)', 2)]);
  expect(process(10)).toEqual([batch(4, 15, '-', 2, 1)]);
});

test('C30 one batch a trigger: results come one trigger after the watermark moved', () => {
  const { trigger } = startQuery(WINDOWED);
  const seen = [[15], [], [10, 12, 14], [25], []].map(trigger);
  expect(
    seen.map(({ batch, watermark, rows, states }) => [batch, watermark, rows, states]),
  ).toEqual([
    [0, 0, '-', 1],
    [1, 5, '-', 1],
    [2, 5, '-', 2],
    [3, 5, '-', 3],
    [4, 15, '(10,3)', 2],
  ]);
});

test('C31 Trigger.Once has no batch without data; AvailableNow has', () => {
  const once = startQuery(WINDOWED);
  const runs = [[15], [10, 12, 14], [25], [50], [50]].map(once.trigger);
  expect(runs.map(({ watermark, rows }) => [watermark, rows])).toEqual([
    [0, '-'],
    [5, '-'],
    [5, '-'],
    [15, '(10,3)'],
    [40, '(15,1)(25,1)'],
  ]);
  const { process } = startQuery(WINDOWED);
  process(15);
  process(10, 12, 14);
  const rowsOf = (...times: number[]) =>
    process(...times)
      .map(({ rows }) => rows)
      .join(' ');
  expect([rowsOf(25), rowsOf(50), rowsOf(50)]).toEqual(['- (10,3)', '- (15,1)(25,1)', '-']);
});

test('C32 recovery: the state and the watermark go on', () => {
  const { process } = startQuery(WINDOWED);
  process(10, 11, 12, 13, 14, 15);
  const rowsOf = (...times: number[]) =>
    process(...times)
      .map(({ rows }) => rows)
      .join(' ');
  expect(rowsOf(25)).toBe('- (10,5)');
  expect(rowsOf(10, 27, 30)).toBe('- (15,1)');
  expect(rowsOf(17)).toBe('-');
  expect(rowsOf(40)).toBe('- (25,2)');
});

test('since 3.4 rows are late by the watermark of the batch before', () => {
  // Section 5: batches {10 11 12} {25} {13} {14} without no-data batches.
  const feed = (allowMultiple: boolean) => {
    const { trigger } = startQuery({ ...WINDOWED, allowMultiple });
    return [[10, 11, 12], [25], [13]].map(trigger).map(({ rows, dropped }) => [rows, dropped]);
  };
  expect(feed(true)).toEqual([
    ['-', 0],
    ['-', 0],
    ['(10,4)', 0],
  ]);
  expect(feed(false)).toEqual([
    ['-', 0],
    ['-', 0],
    ['(10,3)', 1],
  ]);
});

const KEYED: CountQuery = { mode: 'update', window: null, delayMs: null, allowMultiple: true };

const countKeys = (query: CountQuery, input: string): string[] => {
  let state = createCountState();
  return input.split('|').map((batch) => {
    const rows = batch.split(' ').map((key) => ({ key, timeMs: 0 }));
    const counted = runCountBatch(query, state, rows);
    state = counted.state;
    return counted.output
      .map(({ key, count }) => `(${key},${count})`)
      .sort()
      .join('');
  });
};

test('C40 simple count, update mode: the groups that the batch touched', () => {
  expect(countKeys(KEYED, '3|3 2|3 2 1|4 4 4 4')).toEqual([
    '(3,1)',
    '(2,1)(3,2)',
    '(1,1)(2,2)(3,3)',
    '(4,4)',
  ]);
});

test('C40 simple count, complete mode: the whole table', () => {
  expect(countKeys({ ...KEYED, mode: 'complete' }, '3|2|3 2 1|4 4 4 4')).toEqual([
    '(3,1)',
    '(2,1)(3,1)',
    '(1,1)(2,2)(3,2)',
    '(1,1)(2,2)(3,2)(4,4)',
  ]);
});

test('C40 a batch that failed half-way and is run again counts nothing twice', () => {
  const rows = ['1', '2', '3', '4'].map((key) => ({ key, timeMs: 0 }));
  const before = createCountState();
  runCountBatch(KEYED, before, rows);
  const again = runCountBatch(KEYED, before, rows);
  expect(again.output.map(({ count }) => count)).toEqual([1, 1, 1, 1]);
});

test('complete mode never drops a late row, and never evicts', () => {
  const { process } = startQuery({ ...WINDOWED, mode: 'complete' });
  process(10);
  process(50);
  expect(process(10).map(({ rows, dropped }) => [rows, dropped])).toEqual([['(10,2)(50,1)', 0]]);
});

test('C34 session windows, gap 10, delay 30', () => {
  const query = { gapMs: 10, delayMs: 30, allowMultiple: true };
  let state = createSessionState();
  const add = (...events: [time: number, words: string][]) => {
    const rows = events.flatMap(([timeMs, words]) =>
      words.split(' ').map((key) => ({ key, timeMs })),
    );
    const batches = [runSessionBatch(query, state, rows)];
    for (;;) {
      const last = batches.at(-1);
      if (last === undefined || !needsNoDataBatch(last.state.progress)) break;
      batches.push(runSessionBatch(query, last.state, []));
    }
    state = batches.at(-1)?.state ?? state;
    return {
      output: batches
        .flatMap(({ output }) =>
          output.map(({ key, startMs, endMs, count }) => `${key}[${startMs},${endMs})${count}`),
        )
        .sort(),
      dropped: batches.reduce((sum, { dropped }) => sum + dropped, 0),
    };
  };
  const nothing = { output: [], dropped: 0 };
  expect(
    add([40, 'hello world spark streaming'], [41, 'world hello structured streaming']),
  ).toEqual(nothing);
  expect(state.progress.watermarkMs).toBe(11);
  expect(add([25, 'spark streaming'])).toEqual(nothing);
  expect(add([0, 'spark streaming'])).toEqual({ output: [], dropped: 2 });
  expect(add([30, 'spark streaming'])).toEqual(nothing);
  expect(add([60, 'hello apache spark'])).toEqual(nothing);
  expect(add([90, 'structured streaming'])).toEqual({
    output: [
      'hello[40,51)2',
      'spark[25,50)3',
      'streaming[25,51)4',
      'structured[41,51)1',
      'world[40,51)2',
    ],
    dropped: 0,
  });
});

test('sessions that touch are one, sessions that do not are two', () => {
  const session = (startMs: number) => ({ startMs, endMs: startMs + 10, count: 1 });
  expect(mergeSessions([session(10), session(0)])).toEqual([{ startMs: 0, endMs: 20, count: 2 }]);
  expect(mergeSessions([session(0), session(11)])).toHaveLength(2);
});
