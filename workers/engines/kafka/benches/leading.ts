/** A bench of a partition's leader: who is in sync, and what is committed. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import type { FetchRequest, PartitionFetched, ProduceRequest } from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import type { PartitionState } from '../../../wire/kafkaCluster.ts';
import { handleFetch } from '../broker/fetch.ts';
import { checkInSyncReplicas } from '../broker/leader.ts';
import { onClusterState } from '../broker/membership.ts';
import { handleProduce } from '../broker/produce.ts';
import { endOffset } from '../log/partitionLog.ts';
import { type Replica, replicaOf } from '../state.ts';
import { createLoneBroker, type LoneBroker } from './loneBroker.ts';
import { brokers, natural, offset } from './schemas.ts';

const TOPIC = 't';
/** The process that the answers go to; nobody is there. */
const FROM = 0;

const timed = { atMs: v.optional(natural) };
const step = v.variant('call', [
  v.strictObject({
    call: v.literal('append'),
    records: v.pipe(natural, v.maxValue(10_000)),
    acks: v.optional(v.picklist(['1', 'all']), 'all'),
    ...timed,
  }),
  v.strictObject({
    call: v.literal('fetch'),
    broker: natural,
    offset: natural,
    leaderEpoch: v.optional(natural),
    lastFetchedEpoch: v.optional(offset, -1),
    ...timed,
  }),
  v.strictObject({ call: v.literal('check'), ...timed }),
  v.strictObject({ call: v.literal('confirm'), ...timed }),
  v.strictObject({
    call: v.literal('decide'),
    isr: brokers,
    alive: v.optional(brokers),
    leaderEpoch: v.optional(natural),
    ...timed,
  }),
]);

interface LeaderBench {
  readonly lone: LoneBroker;
  readonly replica: Replica;
  version: number;
}

export const partitionLeader = benchOf({
  component: 'kafka/partition-leader',
  meaning:
    'Broker 1 leads a partition. Configuration: replicas, min.insync.replicas, replica.lag.time.max.ms. Steps, at atMs: append records with acks; fetch, by a follower (broker, offset, leaderEpoch, lastFetchedEpoch); check, who lags; confirm, when the controller grants the in-sync replicas that were asked for; decide, when it decides by itself (isr, alive, leaderEpoch). Answers: error, where the logs part, the in-sync replicas, those asked for, high watermark and end.',
  config: v.strictObject({
    replicas: v.pipe(brokers, v.minLength(1), v.maxLength(9)),
    'min.insync.replicas': v.optional(v.pipe(natural, v.minValue(1), v.maxValue(9)), 1),
    'replica.lag.time.max.ms': v.optional(v.pipe(natural, v.minValue(100)), 30_000),
  }),
  step,
  create({ replicas, ...settings }): LeaderBench {
    const lone = createLoneBroker({
      brokers: Math.max(...replicas),
      topics: [{ name: TOPIC, replicaAssignment: [replicas] }],
      ...settings,
    });
    const replica = replicaOf(lone.context.broker, TOPIC, 0);
    if (replica?.leader !== lone.context.broker.id) throw new Error('broker 1 has to lead');
    return { lone, replica, version: 0 };
  },
  play(bench, input) {
    const { lone, replica } = bench;
    if (input.atMs !== undefined) lone.moveTo(input.atMs);
    lone.heard.length = 0;
    act(bench, input);
    const { error, diverging } = outcome(lone);
    return {
      ...(error === null ? {} : { error }),
      ...(diverging === null ? {} : { parts: diverging }),
      isr: sorted(replica.isr),
      asked: replica.pendingIsr === null ? null : sorted(replica.pendingIsr),
      highWatermark: replica.highWatermark,
      endOffset: endOffset(replica.log),
    };
  },
});

function act(bench: LeaderBench, input: v.InferOutput<typeof step>): void {
  const { lone, replica } = bench;
  const { context } = lone;
  if (input.call === 'append') handleProduce(context, FROM, produceOf(input.records, input.acks));
  else if (input.call === 'fetch') {
    const { broker, offset: from, lastFetchedEpoch } = input;
    const leaderEpoch = input.leaderEpoch ?? replica.leaderEpoch;
    handleFetch(context, FROM, fetchOf(broker, from, leaderEpoch, lastFetchedEpoch));
  } else if (input.call === 'check') checkInSyncReplicas(context);
  else if (input.call === 'confirm') decide(bench, { isr: replica.pendingIsr ?? replica.isr });
  else {
    const { isr, alive } = input;
    decide(bench, { isr, leaderEpoch: input.leaderEpoch ?? replica.leaderEpoch }, alive);
  }
}

/** What the controller says reaches the broker. */
function decide(
  bench: LeaderBench,
  change: Partial<PartitionState>,
  alive = bench.lone.context.broker.cluster?.alive ?? [],
): void {
  const { lone, replica } = bench;
  bench.version += 1;
  const partition: PartitionState = {
    topic: TOPIC,
    partition: 0,
    replicas: replica.at.replicas,
    isr: replica.isr,
    leader: replica.leader,
    leaderEpoch: replica.leaderEpoch,
    partitionEpoch: replica.partitionEpoch + 1,
    recovering: false,
    ...change,
  };
  const { version } = bench;
  onClusterState(lone.context, {
    type: 'kafka.cluster-state',
    version,
    alive,
    partitions: [partition],
  });
}

function produceOf(count: number, acks: '1' | 'all'): ProduceRequest {
  const record = { timestampMs: 0, key: null, value: 'value', sizeBytes: 12, record: -1 };
  return {
    type: 'kafka.produce',
    clientId: 'producer',
    correlationId: 0,
    acks: acks === 'all' ? -1 : 1,
    timeoutMs: 30_000,
    batches: [
      {
        topic: TOPIC,
        partition: 0,
        producerId: -1,
        producerEpoch: -1,
        baseSequence: -1,
        sizeBytes: 61 + 12 * count,
        records: Array.from({ length: count }, () => record),
      },
    ],
  };
}

function fetchOf(
  replicaId: number,
  from: number,
  leaderEpoch: number,
  lastFetchedEpoch: number,
): FetchRequest {
  const position = {
    topic: TOPIC,
    partition: 0,
    offset: from,
    leaderEpoch,
    lastFetchedEpoch,
    pipe: -1,
  };
  return {
    type: 'kafka.fetch',
    clientId: 'follower',
    correlationId: 0,
    replicaId,
    maxWaitMs: 0,
    minBytes: 1,
    maxBytes: 1_000_000,
    partitionMaxBytes: 1_000_000,
    positions: [position],
  };
}

/** What the broker answered, if it did. */
function outcome({ heard }: LoneBroker): {
  error: KafkaError | null;
  diverging: PartitionFetched['diverging'];
} {
  for (const message of heard) {
    if (message.type === 'kafka.produce-response') {
      return { error: message.partitions[0]?.error ?? null, diverging: null };
    }
    if (message.type === 'kafka.fetch-response') {
      const [partition] = message.partitions;
      return { error: partition?.error ?? null, diverging: partition?.diverging ?? null };
    }
  }
  return { error: null, diverging: null };
}

function sorted(isr: readonly number[]): number[] {
  return [...isr].sort((a, b) => a - b);
}
