/** Benches of the KafkaSpout: what it keeps of a partition, and when it tries a failed record again. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { commitUpTo, findNextCommitOffset } from '../kafkaSpout/offsetManager.ts';
import { retryDelayUs } from '../kafkaSpout/retryBackoff.ts';
import {
  ackCompactedAway,
  createSpoutPartition,
  earliestRetriableOffset,
  isPollable,
  mayEmit,
  onAck,
  onEmitted,
  onFail,
} from '../kafkaSpout/spoutPartition.ts';
import { natural } from './schemas.ts';

/** Bounded, because a spout has a mark for every offset in between. */
const offset = v.pipe(natural, v.maxValue(1_000_000));

export const kafkaSpoutPartition = benchOf({
  component: 'storm/kafka-spout-partition',
  meaning:
    'What a KafkaSpout keeps of one partition, at least once. Configuration: fetchOffset, maxUncommittedOffsets. Steps: read (nextTuple, whose poll finds that record), ack, fail, commit. Answers: whether it polls, where it seeks to before, whether it emits; the committed offset.',
  config: v.strictObject({
    fetchOffset: offset,
    maxUncommittedOffsets: v.optional(v.pipe(natural, v.minValue(1)), 10_000_000),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('read'), offset, nowMs: natural }),
    v.strictObject({ do: v.literal('ack'), offset }),
    v.strictObject({ do: v.literal('fail'), offset, nowMs: natural }),
    v.strictObject({ do: v.literal('commit') }),
  ]),
  create: ({ fetchOffset }) => createSpoutPartition(0, fetchOffset),
  play(partition, step, { maxUncommittedOffsets }) {
    switch (step.do) {
      case 'read': {
        const nowUs = step.nowMs * 1000;
        const polls = isPollable(partition, maxUncommittedOffsets, nowUs);
        const seeksTo = polls ? earliestRetriableOffset(partition, nowUs) : null;
        if (polls) ackCompactedAway(partition, step.offset, nowUs);
        const emits = polls && mayEmit(partition, step.offset, nowUs);
        if (emits) onEmitted(partition, step.offset);
        return { polls, seeksTo, emits };
      }
      case 'ack':
        onAck(partition, step.offset);
        return {};
      case 'fail':
        onFail(partition, step.offset, step.nowMs * 1000);
        return {};
      case 'commit': {
        const next = findNextCommitOffset(partition.offsets);
        if (next !== null) commitUpTo(partition.offsets, next);
        return { commit: next };
      }
    }
  },
});

export const kafkaSpoutRetry = benchOf({
  component: 'storm/kafka-spout-retry',
  meaning:
    'KafkaSpoutRetryExponentialBackoff with its defaults. Each step is how often a record has failed; the answer is in how many milliseconds it is tried again.',
  config: v.strictObject({}),
  step: v.strictObject({ fails: v.pipe(natural, v.minValue(1)) }),
  create: () => null,
  play: (_, { fails }) => ({ retryInMs: retryDelayUs(fails) / 1000 }),
});
