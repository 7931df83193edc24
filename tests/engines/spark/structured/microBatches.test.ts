import { expect, test } from 'vitest';
import {
  restartQuery,
  runBatch,
  startQuery,
  type QuerySettings,
  type RanBatch,
  type StreamingQuery,
} from '../../../../workers/engines/spark/structured/microBatches.ts';
import { groupState } from '../../../../workers/engines/spark/structured/groupState.ts';
import { select } from '../../../../workers/engines/spark/structured/select.ts';
import {
  mergeSessions,
  sessionCount,
} from '../../../../workers/engines/spark/structured/sessionWindow.ts';
import {
  refuseJoin,
  streamJoin,
  type JoinType,
} from '../../../../workers/engines/spark/structured/streamJoin.ts';
import {
  windowedCount,
  type CountSettings,
} from '../../../../workers/engines/spark/structured/windowedCount.ts';

// Times are event seconds, written as milliseconds 1:1: nothing here depends on the unit. What whole queries do is in
// the recordings; here are the pieces that they are made of.

const WINDOWED: CountSettings = {
  mode: 'append',
  window: { sizeMs: 5, slideMs: 5, startTimeMs: 0 },
  delayMs: 10,
};

const BY_DEFAULT: QuerySettings = { noDataBatches: true, allowMultiple: true, readLimit: Infinity };

/** A query that is fed, one call a batch; null is no batch. */
function feed<State>(query: StreamingQuery<State>, settings: Partial<QuerySettings> = {}) {
  const running = startQuery(query, { ...BY_DEFAULT, ...settings });
  const batch = (commits: boolean, times: readonly number[]): RanBatch | null => {
    const rows = times.map((timeMs) => ({ input: 0, key: 'a', timeMs }));
    running.queued = [...running.queued, ...rows];
    return runBatch(running, 0, commits);
  };
  return {
    batch: (...times: number[]) => batch(true, times),
    fail: (...times: number[]) => batch(false, times),
    restart: () => {
      restartQuery(running);
    },
    state: () => running.state,
  };
}

const told = (ran: RanBatch | null): string =>
  ran === null
    ? 'no batch'
    : [
        ran.batchId,
        ran.watermarkMs,
        ...ran.result.output.map((row) => Object.values(row).join(' ')),
      ].join(', ');

test('a result leaves in the batch after the one that moved the watermark, with or without data', () => {
  const { batch } = feed(windowedCount(WINDOWED));
  expect([batch(15), batch(), batch(10, 12, 14), batch(25), batch(), batch()].map(told)).toEqual([
    '0, 0',
    '1, 5',
    '2, 5',
    '3, 5',
    '4, 15, a 10 15 3',
    'no batch',
  ]);
});

test('no batch without data is due when it is switched off, or right after a restart', () => {
  const off = feed(windowedCount(WINDOWED), { noDataBatches: false });
  expect([off.batch(20), off.batch()].map(told)).toEqual(['0, 0', 'no batch']);
  const restarted = feed(windowedCount(WINDOWED));
  restarted.batch(20);
  restarted.restart();
  expect([restarted.batch(), restarted.batch(20)].map(told)).toEqual(['no batch', '1, 10']);
});

test('since 3.4 rows are late by the watermark of the batch before', () => {
  const dropped = (allowMultiple: boolean) => {
    const { batch } = feed(windowedCount(WINDOWED), { noDataBatches: false, allowMultiple });
    batch(10);
    batch(25);
    return batch(13)?.result.numRowsDroppedByWatermark;
  };
  expect([dropped(true), dropped(false)]).toEqual([[0], [1]]);
});

test('a batch that failed runs again with the rows that it was planned with, and counts them once', () => {
  const { batch, fail, restart } = feed(
    windowedCount({ mode: 'update', window: null, delayMs: null }),
  );
  expect(told(fail(1, 2))).toBe('0, , a 2');
  restart();
  expect([batch(3), batch()].map(told)).toEqual(['0, , a 2', '1, , a 3']);
});

test('complete mode forgets nothing, drops nothing, and asks for no batch without data', () => {
  const { batch } = feed(windowedCount({ ...WINDOWED, mode: 'complete' }));
  const ran = [batch(50), batch(), batch(10)];
  expect(ran.map(told)).toEqual(['0, 0, a 50 55 1', 'no batch', '1, 40, a 50 55 1, a 10 15 1']);
  expect(ran[2]?.result.numRowsDroppedByWatermark).toEqual([0]);
});

test('sessions that touch are one, sessions that do not are two', () => {
  const session = (startMs: number) => ({ startMs, endMs: startMs + 10, count: 1 });
  expect(mergeSessions([session(10), session(0)])).toEqual([{ startMs: 0, endMs: 20, count: 2 }]);
  expect(mergeSessions([session(0), session(11)])).toHaveLength(2);
});

test('a late row is dropped before it meets its session', () => {
  const { batch } = feed(sessionCount({ mode: 'append', gapMs: 10, byKey: true, delayMs: 0 }));
  batch(5, 12);
  batch();
  const late = batch(1, 2, 2, 3);
  expect(late?.result.numRowsDroppedByWatermark).toEqual([2]); // The 1, and the 2s together.
  expect(told(batch(40))).toBe('3, 12');
  expect(told(batch())).toBe('4, 40, a 3 22 3');
});

test('a left row waits as long as a right one may come', () => {
  const { batch, state } = feed(
    streamJoin({
      type: 'leftOuter',
      windowMs: null,
      rightAfterLeftMs: [0, 10],
      delaysMs: [0, null],
    }),
  );
  batch(20);
  expect(told(batch(90))).toBe('1, 20'); // Without a watermark at the right, for ever.
  expect(state().left).toHaveLength(2);
});

test('an outer join needs a bound for a side that it tells of in full, and one of two is enough', () => {
  const refuses = (type: JoinType, left: number | null, right: number | null) =>
    refuseJoin({ type, windowMs: null, rightAfterLeftMs: [0, 10], delaysMs: [left, right] }) !==
    null;
  expect(refuses('inner', null, null)).toBe(false);
  expect([refuses('leftOuter', 0, null), refuses('leftOuter', null, 0)]).toEqual([true, false]);
  expect([refuses('rightOuter', 0, null), refuses('rightOuter', null, 0)]).toEqual([false, true]);
  expect([refuses('fullOuter', 0, null), refuses('fullOuter', null, null)]).toEqual([false, true]);
});

test('a timeout by the clock fires after its time, and asks for batches until then and ever after', () => {
  const running = startQuery(
    groupState({
      timeoutConf: 'ProcessingTimeTimeout',
      sets: 'ProcessingTimeTimeout',
      timeoutMs: 2,
      delayMs: null,
    }),
    BY_DEFAULT,
  );
  running.queued = [{ input: 0, key: 'a', timeMs: 0 }];
  expect([1, 3, 4, 5].map((nowMs) => told(runBatch(running, nowMs)))).toEqual([
    '0, , a 1 false',
    '1, ',
    '2, , a 1 true',
    '3, ',
  ]);
});

test('a source with a limit gives the rest to later batches', () => {
  const { batch } = feed(select(null), { readLimit: 2 });
  expect([batch(1, 2, 3), batch(), batch()].map(told)).toEqual([
    '0, , a 1, a 2',
    '1, , a 3',
    'no batch',
  ]);
});
