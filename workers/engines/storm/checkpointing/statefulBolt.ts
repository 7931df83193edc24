/**
 * `org.apache.storm.topology.StatefulBoltExecutor` (Storm 2.8.8) around a bolt that counts its tuples.
 *
 * A checkpoint is taken when its tuple has come from every input task. Nobody holds data back meanwhile: tuples
 * from behind the checkpoint of a fast input are counted into it, and come again if it is rolled back. So this is
 * at least once. What the bolt acks is kept back and acked when the checkpoint that holds it is committed.
 *
 * A component of its own: the bolts of a lane have no state that Storm keeps.
 */
import type { CheckpointAction } from './checkpointSpout.ts';

export interface StatefulBolt {
  /** How many tasks send it checkpoint tuples. */
  readonly inputTasks: number;
  /** How often each action of each txid has come. */
  readonly arrived: Map<string, number>;
  lastTxid: number;
  /** The bolt's state; null until it is initialised. */
  count: number | null;
  /** What the state store would come back to. */
  committedCount: number;
  preparedCount: number;
  /** Tuples that came before the state was there. */
  waiting: string[];
  /** Acked by the bolt since the last checkpoint was prepared. */
  acked: string[];
  /** Acked by the bolt, in the checkpoint that is prepared. */
  prepared: string[];
}

export interface CheckpointAnswer {
  /** The tuples of data that the action lets go: acked by a commit, failed by a rollback. */
  readonly released: readonly string[];
  /** Whether the checkpoint tuple is acked; otherwise it is failed. */
  readonly done: boolean;
  /** Whether it is sent on to the next bolts. */
  readonly forwards: boolean;
}

export function createStatefulBolt(inputTasks: number): StatefulBolt {
  return {
    inputTasks,
    arrived: new Map(),
    lastTxid: Number.NEGATIVE_INFINITY,
    count: null,
    committedCount: 0,
    preparedCount: 0,
    waiting: [],
    acked: [],
    prepared: [],
  };
}

export function onTuple(bolt: StatefulBolt, name: string): void {
  if (bolt.count === null) {
    bolt.waiting.push(name);
    return;
  }
  bolt.count += 1;
  bolt.acked.push(name);
}

/** `processCheckpoint`. */
export function onCheckpointTuple(
  bolt: StatefulBolt,
  action: CheckpointAction,
  txid: number,
): CheckpointAnswer {
  const isLate = !hasComeFromAll(bolt, action, txid) || txid < bolt.lastTxid;
  if (isLate) return { released: [], done: true, forwards: false };
  if (action === 'PREPARE' && bolt.count === null) {
    bolt.lastTxid = txid;
    return { released: [], done: false, forwards: false };
  }
  const released = act(bolt, action);
  bolt.lastTxid = action === 'ROLLBACK' ? txid - 1 : txid;
  return { released, done: true, forwards: true };
}

function hasComeFromAll(bolt: StatefulBolt, action: CheckpointAction, txid: number): boolean {
  const request = `${action} ${String(txid)}`;
  const count = (bolt.arrived.get(request) ?? 0) + 1;
  bolt.arrived.set(request, count);
  if (count < bolt.inputTasks) return false;
  bolt.arrived.delete(request);
  return true;
}

function act(bolt: StatefulBolt, action: CheckpointAction): readonly string[] {
  switch (action) {
    case 'PREPARE':
      bolt.preparedCount = bolt.count ?? 0;
      bolt.prepared.push(...bolt.acked.splice(0));
      return [];
    case 'COMMIT':
      bolt.committedCount = bolt.preparedCount;
      return bolt.prepared.splice(0);
    case 'ROLLBACK':
      if (bolt.count !== null) bolt.count = bolt.committedCount;
      return [...bolt.prepared.splice(0), ...bolt.acked.splice(0)];
    case 'INITSTATE':
      if (bolt.count === null) {
        bolt.count = bolt.committedCount;
        for (const name of bolt.waiting.splice(0)) onTuple(bolt, name);
      }
      return [];
  }
}
