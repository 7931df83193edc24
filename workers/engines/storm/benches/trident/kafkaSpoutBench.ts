/** The bench of the Kafka spout for Trident: the offsets of a batch. */
import * as v from 'valibot';
import {
  emitKafkaBatch,
  emitKafkaBatchAgain,
  type KafkaLog,
  type KafkaTridentSpout,
} from '../../trident/kafkaTridentSpout.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural, naturals } from '../schemas.ts';

interface KafkaSpoutBench {
  spout: KafkaTridentSpout;
  readonly logs: Map<number, KafkaLog>;
}

const offset = v.pipe(v.number(), v.safeInteger(), v.minValue(-1));
const batch = v.strictObject({ firstOffset: offset, lastOffset: offset, topologyId: v.string() });

export const kafkaTridentSpout = benchOf({
  component: 'storm/kafka-trident-spout',
  meaning:
    'KafkaTridentSpoutEmitter over a topic named topic, in topology-1. Configuration: firstPollOffsetStrategy and max.poll.records. Steps: log, the offsets that a partition has; assign, partitions; emit a new batch, with the batch before in each partition; emit again, a batch of a partition; restart, in the same or another topology. Answers: the offsets that are emitted of each partition, and its batch.',
  config: v.strictObject({
    firstPollOffsetStrategy: v.optional(
      v.picklist(['EARLIEST', 'LATEST', 'UNCOMMITTED_EARLIEST', 'UNCOMMITTED_LATEST']),
      'UNCOMMITTED_EARLIEST',
    ),
    'max.poll.records': v.optional(natural, 500),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.literal('log'), partition: natural, offsets: naturals }),
    v.strictObject({ do: v.literal('assign'), partitions: naturals }),
    v.strictObject({
      do: v.literal('emit'),
      partitions: v.optional(naturals),
      last: v.array(v.tuple([natural, batch])),
    }),
    v.strictObject({ do: v.literal('emit again'), partition: natural, batch }),
    v.strictObject({ do: v.literal('restart'), topology: v.string() }),
  ]),
  create: (config): KafkaSpoutBench => ({
    spout: {
      strategy: config.firstPollOffsetStrategy,
      maxPollRecords: config['max.poll.records'],
      topologyId: 'topology-1',
      assigned: [],
      firstOffsets: new Map(),
    },
    logs: new Map(),
  }),
  play(bench, step) {
    const { spout, logs } = bench;
    switch (step.do) {
      case 'log':
        logs.set(step.partition, step.offsets);
        return null;
      case 'assign':
        bench.spout = { ...spout, assigned: step.partitions };
        return null;
      case 'restart':
        bench.spout = { ...spout, topologyId: step.topology, firstOffsets: new Map() };
        return null;
      case 'emit': {
        const partitions = step.partitions ?? spout.assigned;
        const { emitted, batches } = emitKafkaBatch(spout, logs, partitions, new Map(step.last));
        return { emitted: [...emitted], batch: [...batches] };
      }
      case 'emit again': {
        const log = logs.get(step.partition) ?? [];
        const emitted = emitKafkaBatchAgain(spout, log, step.partition, step.batch);
        return { emitted: emitted.length > 0 ? [[step.partition, emitted]] : [] };
      }
    }
  },
});
