/** Benches of what makes Storm at least once: the acker, KafkaSpout’s offsets, checkpoints of state. */
import * as v from 'valibot';
import { createAcker, executeInput, openTrees, tick } from '../acking/acker.ts';
import { entriesNearby } from '../acking/nearbyMap.ts';
import { createRotatingMap, put, remove, rotate, size } from '../acking/rotatingMap.ts';
import {
  nextCheckpointTuple,
  onCheckpointAck,
  onCheckpointFail,
  openCheckpointSpout,
} from '../checkpointing/checkpointSpout.ts';
import { commitUpTo, findNextCommitOffset } from '../kafkaSpout/offsetManager.ts';
import {
  createSpoutPartition,
  mayEmit,
  onAck,
  onEmitted,
  onFail,
} from '../kafkaSpout/spoutPartition.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';
import { treeNumber } from './treeNumbers.ts';

export const acker = benchOf({
  component: 'storm/acker',
  meaning:
    'One acker. Steps: messages by stream (__ack_init, __ack_ack, __ack_fail, __ack_reset_timeout) and __tick. Answers: which spout task is told what, and the open trees.',
  config: v.strictObject({}),
  step: v.variant('stream', [
    v.strictObject({
      stream: v.literal('__ack_init'),
      root: natural,
      value: natural,
      spoutTask: natural,
    }),
    v.strictObject({ stream: v.literal('__ack_ack'), root: natural, value: natural }),
    v.strictObject({ stream: v.picklist(['__ack_fail', '__ack_reset_timeout']), root: natural }),
    v.strictObject({ stream: v.literal('__tick') }),
  ]),
  create: () => ({ acker: createAcker(), numbers: new Map<number, number>() }),
  play({ acker: state, numbers }, step) {
    if (step.stream === '__tick') {
      tick(state);
      return { tells: null, openTrees: openTrees(state) };
    }
    const { reply, spoutTask } = executeInput(state, {
      ...step,
      root: treeNumber(numbers, step.root),
    });
    const tells = reply === 'nothing' ? null : { task: spoutTask, stream: reply };
    return { tells, openTrees: openTrees(state) };
  },
});

/** Bounded, because the map keeps a place for every key in between. */
const key = v.pipe(natural, v.maxValue(1_000_000));

export const rotatingMap = benchOf({
  component: 'storm/rotating-map',
  meaning:
    'The map that forgets, of spouts (2 buckets) and ackers (3). Steps: put and remove a key, rotate. Answers: the keys that expired, ascending, and how many are left.',
  config: v.strictObject({ buckets: v.pipe(natural, v.minValue(2), v.maxValue(100)) }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['put', 'remove']), key }),
    v.strictObject({ do: v.literal('rotate') }),
  ]),
  create: ({ buckets }) => createRotatingMap<true>(buckets),
  play(map, step) {
    const expired = step.do === 'rotate' ? entriesNearby(rotate(map)).map(([key]) => key) : [];
    if (step.do === 'put') put(map, step.key, true);
    if (step.do === 'remove') remove(map, step.key);
    return { expired, size: size(map) };
  },
});

/** Bounded, because a spout has a mark for every offset in between. */
const offset = v.pipe(natural, v.maxValue(1_000_000));
const nowMs = v.optional(natural, 0);

export const kafkaSpoutPartition = benchOf({
  component: 'storm/kafka-spout-partition',
  meaning:
    'What a KafkaSpout keeps of one partition, at least once. Configuration: fetchOffset. Steps: read, emit, ack, fail, commit. Answers: whether a record read may be emitted; when a failed one may come again, in ms; the committed offset.',
  config: v.strictObject({ fetchOffset: offset }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('read'), offset, nowMs }),
    v.strictObject({ do: v.literal('emit'), offset }),
    v.strictObject({ do: v.literal('ack'), offset }),
    v.strictObject({ do: v.literal('fail'), offset, nowMs }),
    v.strictObject({ do: v.literal('commit') }),
  ]),
  create: ({ fetchOffset }) => createSpoutPartition(fetchOffset),
  play(partition, step) {
    switch (step.do) {
      case 'read':
        return { mayEmit: mayEmit(partition, step.offset, step.nowMs * 1000) };
      case 'emit':
        return { emittedAgain: onEmitted(partition, step.offset) };
      case 'ack':
        onAck(partition, step.offset);
        return {};
      case 'fail': {
        const retryAtUs = onFail(partition, step.offset, step.nowMs * 1000);
        return { retryAtMs: retryAtUs === null ? null : retryAtUs / 1000 };
      }
      case 'commit': {
        const next = findNextCommitOffset(partition.offsets);
        if (next !== null) commitUpTo(partition.offsets, next);
        return { commit: next };
      }
    }
  },
});

export const checkpointSpout = benchOf({
  component: 'storm/checkpoint-spout',
  meaning:
    'CheckpointSpout of a topology with state. Configuration: intervalMs and, if there is one, the stored state. Steps: next at a time, ack or fail of a txid. Answers: the tuple that goes to all bolts, or null; the stored state.',
  config: v.strictObject({
    intervalMs: v.optional(natural, 1000),
    stored: v.optional(
      v.strictObject({
        txid: v.pipe(v.number(), v.safeInteger()),
        state: v.picklist(['PREPARING', 'COMMITTING', 'COMMITTED']),
      }),
    ),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('next'), nowMs: natural }),
    v.strictObject({ do: v.literal('ack'), txid: v.pipe(v.number(), v.safeInteger()) }),
    v.strictObject({ do: v.literal('fail') }),
  ]),
  create: ({ intervalMs, stored }) => openCheckpointSpout(intervalMs, stored),
  play(spout, step) {
    if (step.do === 'next') return nextCheckpointTuple(spout, step.nowMs);
    if (step.do === 'ack') onCheckpointAck(spout, step.txid);
    else onCheckpointFail(spout);
    return spout.stored;
  },
});
