import { describe, expect, test } from 'vitest';
import {
  commitUpTo,
  createTwoPhaseCommit,
  preCommit,
  recoverAndCommit,
  write,
} from '../../../../workers/engines/flink/checkpoints/twoPhaseCommit.ts';

describe('C26 two-phase commit', () => {
  test('a notification commits everything up to its checkpoint, and a late one finds nothing', () => {
    const sink = createTwoPhaseCommit<number>();
    write(sink, 42);
    preCommit(sink, 0);
    write(sink, 43);
    preCommit(sink, 1);
    write(sink, 44);
    preCommit(sink, 2);
    expect(commitUpTo(sink, 1)).toEqual([42, 43]);
    expect(commitUpTo(sink, 2)).toEqual([44]);
    expect(commitUpTo(sink, 1)).toEqual([]);
  });

  test('a crash before the notification: the restore commits what the snapshot holds', () => {
    const sink = createTwoPhaseCommit<number>();
    write(sink, 42);
    preCommit(sink, 0);
    write(sink, 43);
    const snapshot = preCommit(sink, 1);
    expect(recoverAndCommit(snapshot)).toEqual([42, 43]);
  });

  test('a snapshot does not change with what is written after it', () => {
    const sink = createTwoPhaseCommit<number>();
    write(sink, 1);
    const snapshot = preCommit(sink, 1);
    write(sink, 2);
    preCommit(sink, 2);
    expect(recoverAndCommit(snapshot)).toEqual([1]);
  });
});
