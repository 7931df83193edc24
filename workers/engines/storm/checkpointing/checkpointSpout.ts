/**
 * `org.apache.storm.spout.CheckpointSpout` (Storm 2.8.8): the spout that a topology with stateful bolts
 * gets, and its three-state machine.
 *
 * A checkpoint is prepared by all bolts, then committed; if anything fails, the state says what to do:
 * a prepared one is rolled back, a half committed one is committed again. Bolts do not align: they go on
 * with data while a checkpoint travels, so this is at least once, not exactly once.
 *
 * A component of its own: the bolts of a lane have no state that Storm keeps.
 */

export type CheckpointAction = 'PREPARE' | 'COMMIT' | 'ROLLBACK' | 'INITSTATE';

/** What is stored; it outlives the spout. */
export interface CheckpointState {
  readonly txid: number;
  readonly state: 'PREPARING' | 'COMMITTING' | 'COMMITTED';
}

export interface CheckpointSpout {
  /** `topology.state.checkpoint.interval.ms`, at least 100. */
  readonly intervalMs: number;
  stored: CheckpointState;
  recovering: boolean;
  recoveryStepInProgress: boolean;
  checkpointStepInProgress: boolean;
  lastCheckpointMs: number;
}

export interface CheckpointTuple {
  readonly txid: number;
  readonly action: CheckpointAction;
}

const leastIntervalMs = 100;

/** @param stored what an earlier spout left; without it nothing was ever committed */
export function openCheckpointSpout(
  intervalMs: number,
  stored: CheckpointState = { txid: -1, state: 'COMMITTED' },
): CheckpointSpout {
  return {
    intervalMs: Math.max(leastIntervalMs, intervalMs),
    stored,
    recovering: true,
    recoveryStepInProgress: false,
    checkpointStepInProgress: false,
    lastCheckpointMs: 0,
  };
}

/** `nextTuple`: the tuple that goes to all bolts, or null while there is nothing to do. */
export function nextCheckpointTuple(spout: CheckpointSpout, nowMs: number): CheckpointTuple | null {
  if (spout.recovering) {
    if (spout.recoveryStepInProgress) return null;
    spout.recoveryStepInProgress = true;
    return { txid: spout.stored.txid, action: nextAction(spout.stored, true) };
  }
  if (spout.checkpointStepInProgress) return null;
  if (spout.stored.state === 'COMMITTED') {
    if (nowMs - spout.lastCheckpointMs <= spout.intervalMs) return null;
    spout.stored = nextState(spout.stored, false);
    spout.lastCheckpointMs = nowMs;
  }
  spout.checkpointStepInProgress = true;
  return { txid: spout.stored.txid, action: nextAction(spout.stored, false) };
}

/** Every bolt has acked the tuple with this txid. */
export function onCheckpointAck(spout: CheckpointSpout, txid: number): void {
  if (spout.stored.txid === txid) {
    const next = nextState(spout.stored, spout.recovering);
    // A recovery is over when there is nothing left to undo or to redo.
    if (spout.recovering && next === spout.stored) spout.recovering = false;
    spout.stored = next;
  }
  endStep(spout);
}

/** A bolt failed it, or it timed out. */
export function onCheckpointFail(spout: CheckpointSpout): void {
  spout.recovering = true;
  endStep(spout);
}

function endStep(spout: CheckpointSpout): void {
  spout.recoveryStepInProgress = false;
  spout.checkpointStepInProgress = false;
}

function nextState(stored: CheckpointState, recovering: boolean): CheckpointState {
  const { txid } = stored;
  switch (stored.state) {
    case 'PREPARING':
      return recovering ? { txid: txid - 1, state: 'COMMITTED' } : { txid, state: 'COMMITTING' };
    case 'COMMITTING':
      return { txid, state: 'COMMITTED' };
    case 'COMMITTED':
      return recovering ? stored : { txid: txid + 1, state: 'PREPARING' };
  }
}

function nextAction({ state }: CheckpointState, recovering: boolean): CheckpointAction {
  switch (state) {
    case 'PREPARING':
      return recovering ? 'ROLLBACK' : 'PREPARE';
    case 'COMMITTING':
      return 'COMMIT';
    case 'COMMITTED':
      return recovering ? 'INITSTATE' : 'PREPARE';
  }
}
