/** Benches of what a producer decides, and of what a broker makes of its numbers. */
import * as v from 'valibot';
import {
  appendSticky,
  appendStickyPerBatch,
  createTopicQueues,
  positiveInt,
  producerRecord,
  type ProducerRecord,
  type TopicQueues,
} from '../../../clients/kafka/accumulator.ts';
import { murmur2, partitionForKey } from '../../../clients/kafka/murmur2.ts';
import { nextPartition, partitionLoad } from '../../../clients/kafka/stickyPartitioner.ts';
import { utf8Bytes } from '../../../clients/kafka/utf8Bytes.ts';
import { createJavaRandom, type JavaRandom } from '../../../jvm/random.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { judgeSequence, type ProducerEntry, rememberBatch } from '../log/producerState.ts';
import { natural, seed } from './schemas.ts';

export const keyPartitioner = benchOf({
  component: 'kafka/key-partitioner',
  meaning:
    'Where a key goes. Configuration: partitions. Each step is a key; the answer its murmur2 hash and partition.',
  config: v.strictObject({ partitions: v.pipe(natural, v.minValue(1)) }),
  step: v.string(),
  create: () => null,
  play: (_, key, { partitions }) => ({
    hash: murmur2(utf8Bytes(key)),
    partition: partitionForKey(key, partitions),
  }),
});

interface StickyBench {
  readonly topic: TopicQueues;
  readonly random: JavaRandom;
  turn: number;
}

export const stickyPartitioner = benchOf({
  component: 'kafka/sticky-partitioner',
  meaning:
    'Where records without a key go. Configuration: rule (KIP-794 or KIP-480), partitions, batch.size, random (the java.util.Random of seed, or 0, 1, 2, …). Steps: send values of so many bytes, as many times as said, drained if each is sent before the next one comes; drain, when every batch has been sent. Answers: [partition, records in a row].',
  config: v.strictObject({
    rule: v.optional(v.picklist(['KIP-794', 'KIP-480']), 'KIP-794'),
    partitions: v.pipe(natural, v.minValue(1)),
    'batch.size': v.optional(v.pipe(natural, v.minValue(1)), 16_384),
    random: v.optional(v.picklist(['seeded', 'counting']), 'seeded'),
    seed,
  }),
  step: v.variant('call', [
    v.strictObject({
      call: v.literal('send'),
      bytes: v.pipe(natural, v.maxValue(1_000_000)),
      times: v.optional(v.pipe(natural, v.maxValue(10_000)), 1),
      drained: v.optional(v.boolean(), false),
      atMs: v.optional(natural, 0),
    }),
    v.strictObject({ call: v.literal('drain') }),
  ]),
  create: (config): StickyBench => ({
    topic: createTopicQueues('topic', config['batch.size']),
    random: createJavaRandom(config.seed),
    turn: 0,
  }),
  play(state, step, { rule, partitions, random }) {
    if (step.call === 'drain') {
      drain(state.topic);
      return 'ok';
    }
    const all = Array.from({ length: partitions }, (_, i) => i);
    const draw = () => (random === 'seeded' ? positiveInt(state.random) : state.turn++);
    const append = rule === 'KIP-794' ? appendSticky : appendStickyPerBatch;
    const runs: [partition: number, records: number][] = [];
    for (let i = 0; i < step.times; i++) {
      const nowUs = step.atMs * 1000;
      const next = recordOf(step.bytes, step.atMs);
      const known = { count: partitions, available: all };
      const partition = append(state.topic, next, known, nowUs, draw);
      const run = runs.at(-1);
      if (run?.[0] === partition) run[1] += 1;
      else runs.push([partition, 1]);
      if (step.drained) drain(state.topic);
    }
    return runs;
  },
});

function drain(topic: TopicQueues): void {
  for (const queue of topic.queues.values()) queue.batches.length = 0;
}

function recordOf(bytes: number, timestampMs: number): ProducerRecord {
  return producerRecord('topic', null, timestampMs, null, 'x'.repeat(bytes), -1, 0);
}

export const partitionWeights = benchOf({
  component: 'kafka/partition-load',
  meaning:
    'Which partitions records without a key prefer while batches pile up unevenly. Configuration: partitions. Each step: queues, how many batches wait for each, and draws; the random numbers are 0, 1, 2, … The answer: the partitions drawn.',
  config: v.strictObject({ partitions: v.pipe(natural, v.minValue(1)) }),
  step: v.strictObject({
    queues: v.pipe(v.array(natural), v.maxLength(1000)),
    draws: v.pipe(natural, v.maxValue(10_000)),
  }),
  create: () => null,
  play(_, { queues, draws }, { partitions }) {
    const all = Array.from({ length: partitions }, (_, i) => i);
    const load = partitionLoad(queues, all);
    return Array.from({ length: draws }, (_, i) => nextPartition(load, all, partitions, i));
  },
});

interface SequenceBench {
  readonly producers: Map<number, ProducerEntry>;
  endOffset: number;
}

export const producerSequences = benchOf({
  component: 'kafka/producer-sequences',
  meaning:
    'How a partition recognises repeated batches. Each step is a batch: producerId, producerEpoch, baseSequence, records. Answers: the offset at which it was appended, the offset of the batch that it repeats, or the error.',
  config: v.strictObject({}),
  step: v.strictObject({
    producerId: v.optional(natural, 0),
    producerEpoch: v.optional(natural, 0),
    baseSequence: natural,
    records: v.pipe(natural, v.minValue(1)),
  }),
  create: (): SequenceBench => ({ producers: new Map(), endOffset: 0 }),
  play(state, batch) {
    const entry = state.producers.get(batch.producerId);
    const verdict = judgeSequence(entry, batch);
    if (verdict.kind !== 'append') return verdict;
    const baseOffset = state.endOffset;
    state.producers.set(batch.producerId, rememberBatch(entry, { ...batch, baseOffset }));
    state.endOffset += batch.records;
    return { kind: 'append', baseOffset };
  },
});
