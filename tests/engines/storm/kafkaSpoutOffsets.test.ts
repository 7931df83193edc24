import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  commitUpTo,
  createOffsetManager,
  findNextCommitOffset,
} from '../../../workers/engines/storm/kafkaSpout/offsetManager.ts';
import {
  ACKED,
  EMITTED,
  mark,
  offsetsWith,
} from '../../../workers/engines/storm/kafkaSpout/offsetMarks.ts';
import { partitionsForTask } from '../../../workers/engines/storm/kafkaSpout/partitionsForTask.ts';
import { retryDelayUs } from '../../../workers/engines/storm/kafkaSpout/retryBackoff.ts';

describe('C25 OffsetManagerTest, starting at offset 0', () => {
  test.each<{ emitted: number[]; acked: number[]; commit: number | null }>([
    { emitted: [0], acked: [0], commit: 1 },
    { emitted: [0, 1], acked: [1, 0], commit: 2 },
    { emitted: [0, 1, 2], acked: [0, 2], commit: 1 },
    { emitted: [0, 2], acked: [0, 2], commit: 3 },
    { emitted: [0, 1], acked: [0], commit: 1 },
    { emitted: [0, 1], acked: [], commit: null },
  ])('emitted $emitted, acked $acked: commit $commit', ({ emitted, acked, commit }) => {
    expect(findNextCommitOffset(managerWith(emitted, acked))).toBe(commit);
  });

  test('a commit forgets what lies below it', () => {
    const manager = managerWith([0, 1, 2], [0, 1]);
    commitUpTo(manager, 2);
    expect(manager.committedOffset).toBe(2);
    expect(findNextCommitOffset(manager)).toBeNull();
    expect(offsetsWith(manager.marks, EMITTED)).toEqual([2]);
  });

  test('no emitted offset below the commit is without its ack', () => {
    const offsets = fc.uniqueArray(fc.nat({ max: 30 }));
    fc.assert(
      fc.property(offsets, fc.func(fc.boolean()), (emitted, isAcked) => {
        const acked = emitted.filter((offset) => isAcked(offset));
        const commit = findNextCommitOffset(managerWith(emitted, acked)) ?? 0;
        expect(emitted.filter((offset) => offset < commit && !acked.includes(offset))).toEqual([]);
        // And it is not too modest: the first emitted offset from there on is not acked.
        const first = Math.min(...emitted.filter((offset) => offset >= commit));
        expect(acked).not.toContain(first);
      }),
    );
  });
});

function managerWith(emitted: readonly number[], acked: readonly number[]) {
  const manager = createOffsetManager(0);
  for (const offset of emitted) mark(manager.marks, offset, EMITTED);
  for (const offset of acked) mark(manager.marks, offset, ACKED);
  return manager;
}

describe('storm-kafka-client defaults', () => {
  // 2 ms · 2^(fails − 1): 4 ms after the second failure, 2 · 2^12 = 8192 ms after the 13th, then 10 s.
  test.each([
    [1, 0],
    [2, 4_000],
    [3, 8_000],
    [13, 8_192_000],
    [14, 10_000_000],
    [43, 10_000_000],
    // 2,000,000 · 2^43 ns is more than 2^63, and its 64 bits are a negative number.
    [44, 0],
    [48, 10_000_000],
    [1000, 0],
  ])('after %d failures the retry waits %d us', (fails, delayUs) => {
    expect(retryDelayUs(fails)).toBe(delayUs);
  });

  test('partitions go round robin to the tasks', () => {
    expect([0, 1].map((task) => partitionsForTask([0, 1, 2], task, 2))).toEqual([[0, 2], [1]]);
  });
});
