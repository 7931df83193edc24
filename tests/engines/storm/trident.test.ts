import { describe, expect, test } from 'vitest';
import { isExactlyOnce } from '../../../workers/engines/storm/trident/exactlyOnce.ts';
import {
  onAck,
  onFail,
  openCoordinator,
  sync,
  type Emission,
  type MasterBatchCoordinator,
} from '../../../workers/engines/storm/trident/masterBatchCoordinator.ts';
import {
  beginCommit,
  createTridentState,
  currentValue,
  multiUpdate,
  type TridentState,
  type Update,
} from '../../../workers/engines/storm/trident/mapStates.ts';
import { updated, valueFor } from '../../../workers/engines/storm/trident/opaqueValue.ts';

/** The commit phase of a batch with one update after the other. */
function applyBatch(state: TridentState, txid: number, updates: readonly Update[]): number[] {
  const commit = beginCommit(state, txid);
  return updates.flatMap((update) => multiUpdate(commit, [update]));
}

function currentValues(state: TridentState): Map<string, number | null> {
  return new Map([...state.values.keys()].map((key) => [key, currentValue(state, key)]));
}

describe('C20 StateTest.testOpaqueValue', () => {
  const stored = { currTxid: 8, prev: 0, curr: 1 };
  const behind =
    "Current batch (7) is behind state's batch: org.apache.storm.trident.state.OpaqueValue[currTxid=8,prev=0,curr=1]";

  test('a later batch builds on the value, the same one on what was before', () => {
    expect([valueFor(stored, 9), valueFor(stored, 100), valueFor(stored, 8)]).toEqual([1, 1, 0]);
    expect(() => valueFor(stored, 7)).toThrow(behind);
    expect(updated(stored, 8, 2)).toEqual({ currTxid: 8, prev: 0, curr: 2 });
    expect(updated(stored, 9, 2)).toEqual({ currTxid: 9, prev: 1, curr: 2 });
  });

  test.each([
    [3, { currTxid: 3, prev: 4, curr: 6 }],
    [2, { currTxid: 2, prev: 1, curr: 3 }],
  ])('{4, previous 1, tx 2} + 2 in tx %d', (txid, expected) => {
    const before = { currTxid: 2, prev: 1, curr: 4 };
    expect(updated(before, txid, (valueFor(before, txid) ?? 0) + 2)).toEqual(expected);
  });
});

describe('C21 map states', () => {
  const key = (amounts: number[]): Update[] => amounts.map((amount) => ['a', amount]);

  test('testOpaqueMap', () => {
    const state = createTridentState('OpaqueMap');
    expect(applyBatch(state, 1, key([1, 2]))).toEqual([1, 3]);
    expect(applyBatch(state, 1, key([2]))).toEqual([2]);
    expect(applyBatch(state, 2, key([3, 1]))).toEqual([5, 6]);
  });

  test('testTransactionalMap', () => {
    const state = createTridentState('TransactionalMap');
    expect(applyBatch(state, 1, key([1, 2]))).toEqual([1, 3]);
    expect(applyBatch(state, 1, key([1, 2]))).toEqual([3, 3]);
    expect(applyBatch(state, 2, key([3, 1]))).toEqual([6, 7]);
  });

  test('the documented example: batch man, man, dog in tx 3', () => {
    const state = createTridentState('TransactionalMap');
    applyBatch(state, 1, [['man', 3]]);
    applyBatch(state, 2, [['apple', 10]]);
    applyBatch(state, 3, [['dog', 4]]);
    applyBatch(state, 3, [
      ['man', 1],
      ['man', 1],
      ['dog', 1],
    ]);
    expect(state.values).toEqual(
      new Map([
        ['man', { txid: 3, val: 5 }],
        ['apple', { txid: 2, val: 10 }],
        ['dog', { txid: 3, val: 4 }],
      ]),
    );
  });
});

describe('C22 a replayed batch with other content', () => {
  test('opaque starts again from the value before', () => {
    const state = createTridentState('OpaqueMap');
    const values = [
      [1, 3],
      [2, 5],
      [2, 1],
      [3, 4],
    ].map(([txid, amount]) => {
      applyBatch(state, txid as number, [['k', amount as number]]);
      const { curr, prev } = state.values.get('k') as { curr: number; prev: number | null };
      return [curr, prev];
    });
    expect(values).toEqual([
      [3, null],
      [8, 3],
      [4, 3],
      [8, 4],
    ]);
  });

  test('a key that the replay lacks keeps the failed attempt’s value', () => {
    const state = createTridentState('OpaqueMap');
    applyBatch(state, 3, [['k', 8]]);
    applyBatch(state, 4, [['k', 2]]);
    applyBatch(state, 4, []);
    applyBatch(state, 5, [['k', 1]]);
    expect(currentValues(state)).toEqual(new Map([['k', 11]]));
  });

  test('transactional keeps what it saw first', () => {
    const state = createTridentState('TransactionalMap');
    applyBatch(state, 4, [['man', 5]]);
    applyBatch(state, 4, [['man', 1]]);
    expect(currentValues(state)).toEqual(new Map([['man', 5]]));
  });
});

describe('C23 a commit fails after it wrote', () => {
  // Words a and c belong to partition 0, b to partition 1, whose commit of tx 2 fails once.
  const batches = ['a b', 'a c b', 'c'].map((line) =>
    line.split(' ').map((word): Update => [word, 1]),
  );
  test.each([
    ['NonTransactionalMap', 3],
    ['TransactionalMap', 2],
    ['OpaqueMap', 2],
  ] as const)('%s counts %d of each word', (kind, count) => {
    const partitions = [createTridentState(kind), createTridentState(kind)] as const;
    const commit = (txid: number) => {
      const batch = batches[txid - 1] ?? [];
      applyBatch(
        partitions[0],
        txid,
        batch.filter(([word]) => word !== 'b'),
      );
      applyBatch(
        partitions[1],
        txid,
        batch.filter(([word]) => word === 'b'),
      );
    };
    for (const txid of [1, 2, 2, 3]) commit(txid);
    const all = new Map([...currentValues(partitions[0]), ...currentValues(partitions[1])]);
    expect(all).toEqual(
      new Map([
        ['a', count],
        ['c', count],
        ['b', count],
      ]),
    );
  });
});

describe('C24 MasterBatchCoordinator, three in flight', () => {
  test('processing is pipelined, commits are in order', () => {
    let nowMs = 0;
    let coordinator = openCoordinator(3, 500, nowMs);
    /** Lets the throttle pass by calling nextTuple once in 501 ms, as often as there are slots. */
    const settle = (first: Emission[]) => {
      const emissions = [...first];
      for (let i = 0; i < 4; i++) emissions.push(...sync(coordinator, (nowMs += 501)));
      return emissions
        .map(({ stream, txid, attempt }) => `${stream.slice(1)} ${String(txid)}:${String(attempt)}`)
        .join(' ');
    };
    const ack = (txid: number, attempt: number) =>
      settle(onAck(coordinator, { txid, attempt }, nowMs));
    const fail = (txid: number, attempt: number) =>
      settle(onFail(coordinator, { txid, attempt }, nowMs));
    expect(settle([])).toBe('batch 1:0 batch 2:0 batch 3:0');
    expect(ack(2, 0)).toBe('');
    expect(ack(1, 0)).toBe('commit 1:0');
    expect(ack(1, 0)).toBe('success 1:0 commit 2:0 batch 4:0');
    expect(fail(3, 0)).toBe('batch 3:1 batch 4:1');
    expect(ack(3, 0)).toBe('');
    expect(fail(2, 0)).toBe('batch 2:1 batch 3:2 batch 4:2');
    expect(ack(2, 1)).toBe('commit 2:1');
    coordinator = reopened(coordinator, nowMs);
    expect(settle([])).toBe('batch 2:2 batch 3:3 batch 4:0');
  });

  test('one batch in 500 ms at most', () => {
    const coordinator = openCoordinator(3, 500, 0);
    const times = [0, 1, 500, 501, 502, 1002, 1003].filter(
      (nowMs) => sync(coordinator, nowMs).length > 0,
    );
    expect(times).toEqual([0, 501, 1002]);
  });
});

function reopened(old: MasterBatchCoordinator, nowMs: number): MasterBatchCoordinator {
  return openCoordinator(3, 500, nowMs, old.stored);
}

test('exactly once needs a spout that fits the state', () => {
  const kinds = ['non-transactional', 'transactional', 'opaque'] as const;
  expect(kinds.map((spout) => kinds.map((state) => isExactlyOnce(spout, state)))).toEqual([
    [false, false, false],
    [false, true, true],
    [false, false, true],
  ]);
});
