/** Benches of checkpoints: the spout that starts them, and a bolt with state. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import {
  nextCheckpointTuple,
  onCheckpointAck,
  onCheckpointFail,
  openCheckpointSpout,
} from '../checkpointing/checkpointSpout.ts';
import { createStatefulBolt, onCheckpointTuple, onTuple } from '../checkpointing/statefulBolt.ts';
import { natural } from './schemas.ts';

const txid = v.pipe(v.number(), v.safeInteger());

export const checkpointSpout = benchOf({
  component: 'storm/checkpoint-spout',
  meaning:
    'CheckpointSpout of a topology with state. Configuration: topology.state.checkpoint.interval.ms and, if there is one, the stored state. Steps: next at a time, ack or fail of a txid. Answers: the tuple that goes to all bolts, or null; the stored state.',
  config: v.strictObject({
    'topology.state.checkpoint.interval.ms': v.optional(natural, 1000),
    stored: v.optional(
      v.strictObject({
        txid,
        state: v.picklist(['PREPARING', 'COMMITTING', 'COMMITTED']),
      }),
    ),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('next'), nowMs: natural }),
    v.strictObject({ do: v.literal('ack'), txid }),
    v.strictObject({ do: v.literal('fail') }),
  ]),
  create: ({ 'topology.state.checkpoint.interval.ms': intervalMs, stored }) =>
    openCheckpointSpout(intervalMs, stored),
  play(spout, step) {
    if (step.do === 'next') return nextCheckpointTuple(spout, step.nowMs);
    if (step.do === 'ack') onCheckpointAck(spout, step.txid);
    else onCheckpointFail(spout);
    return spout.stored;
  },
});

export const statefulBolt = benchOf({
  component: 'storm/stateful-bolt',
  meaning:
    'One task of a stateful bolt that counts its tuples and acks each at once. Configuration: inputTasks, how many send it checkpoints. Steps: a tuple; a checkpoint tuple with action and txid from one of them. Answers: what is acked and failed, the checkpoint tuple sent on, the count.',
  config: v.strictObject({ inputTasks: v.pipe(natural, v.minValue(1)) }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('tuple'), name: v.string() }),
    v.strictObject({
      do: v.literal('checkpoint'),
      action: v.picklist(['PREPARE', 'COMMIT', 'ROLLBACK', 'INITSTATE']),
      txid,
      from: natural,
    }),
  ]),
  create: ({ inputTasks }) => createStatefulBolt(inputTasks),
  play(bolt, step) {
    if (step.do === 'tuple') {
      onTuple(bolt, step.name);
      return { acks: [], fails: [], forwards: null, count: bolt.count };
    }
    const { released, done, forwards } = onCheckpointTuple(bolt, step.action, step.txid);
    // The checkpoint tuple itself is answered last.
    const failed = step.action === 'ROLLBACK' ? released : [];
    const acked = step.action === 'ROLLBACK' ? [] : released;
    return {
      acks: done ? [...acked, 'checkpoint'] : acked,
      fails: done ? failed : ['checkpoint'],
      forwards: forwards ? { txid: step.txid, action: step.action } : null,
      count: bolt.count,
    };
  },
});
