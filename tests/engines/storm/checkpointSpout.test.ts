import { describe, expect, test } from 'vitest';
import {
  nextCheckpointTuple,
  onCheckpointAck,
  onCheckpointFail,
  openCheckpointSpout,
  type CheckpointState,
} from '../../../workers/engines/storm/checkpointing/checkpointSpout.ts';

/** Plays acks and fails; each tuple comes 1001 ms after the one before, so that no interval is waited for. */
function play(script: readonly ('ack' | 'fail')[], stored?: CheckpointState): string[] {
  const spout = openCheckpointSpout(1000, stored);
  const shown: string[] = [];
  [...script, null].forEach((answer, i) => {
    const tuple = nextCheckpointTuple(spout, (i + 1) * 1001);
    if (tuple === null) return;
    shown.push(`${tuple.action} ${String(tuple.txid)}`);
    if (answer === 'ack') onCheckpointAck(spout, tuple.txid);
    if (answer === 'fail') onCheckpointFail(spout);
  });
  return shown;
}

describe('C26 CheckpointSpoutTest', () => {
  test('opens with INITSTATE, then prepares', () => {
    expect(play(['ack'])).toEqual(['INITSTATE -1', 'PREPARE 0']);
  });

  test('testPrepareWithFail', () => {
    expect(play(['ack', 'ack', 'ack', 'fail', 'fail', 'ack', 'ack'])).toEqual([
      'INITSTATE -1',
      'PREPARE 0',
      'COMMIT 0',
      'PREPARE 1',
      'ROLLBACK 1',
      'ROLLBACK 1',
      'INITSTATE 0',
      'PREPARE 1',
    ]);
  });

  test('testCommit: a failed commit is sent again', () => {
    expect(play(['ack', 'ack', 'fail', 'ack'])).toEqual([
      'INITSTATE -1',
      'PREPARE 0',
      'COMMIT 0',
      'COMMIT 0',
      'INITSTATE 0',
    ]);
  });

  test('a prepared state left behind is rolled back', () => {
    expect(play([], { txid: 100, state: 'PREPARING' })).toEqual(['ROLLBACK 100']);
  });

  test('waits for the interval, at least 100 ms, and for the answer', () => {
    const spout = openCheckpointSpout(10);
    expect(nextCheckpointTuple(spout, 1)).not.toBeNull();
    expect(nextCheckpointTuple(spout, 2)).toBeNull();
    onCheckpointAck(spout, -1);
    expect([50, 100, 101].map((nowMs) => nextCheckpointTuple(spout, nowMs)?.action)).toEqual([
      undefined,
      undefined,
      'PREPARE',
    ]);
  });
});
