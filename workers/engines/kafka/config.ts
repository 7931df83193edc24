/** A Kafka cluster in a scenario: how many brokers, which topics, and the settings that were changed. */
import * as v from 'valibot';
import { list, nodeId, topicName, whole } from '../../scenario/common.ts';

const brokerId = whole(1, 9);

const topic = v.strictObject({
  name: topicName,
  /** `--partitions`. */
  partitions: v.optional(whole(1, 64), 1),
  /** `--replication-factor`. */
  replicationFactor: v.optional(whole(1, 9), 1),
  /** `--replica-assignment`: brokers of each partition, the preferred leader first; instead of the two above. */
  replicaAssignment: v.optional(list(list(brokerId, 9), 64)),
});

/** Brokers have the ids 1 to `brokers`; settings go by their official names and are the same on all. */
export const kafkaSchema = v.strictObject({
  id: nodeId,
  type: v.literal('kafka'),
  brokers: v.optional(brokerId, 1),
  topics: list(topic, 32),
  /** `broker.rack` of each broker, in the order of their ids; empty when nobody has one. */
  racks: v.optional(list(v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,32}$/)), 9), []),
  /** Who places replicas: the KRaft controller, or the tool of the ZooKeeper era. */
  placement: v.optional(v.picklist(['StripedReplicaPlacer', 'AdminUtils']), 'StripedReplicaPlacer'),
  /** What their dice are seeded with. */
  placementSeed: v.optional(whole(0, 1_000_000), 0),
  'min.insync.replicas': v.optional(whole(1, 9), 1),
  'unclean.leader.election.enable': v.optional(v.boolean(), false),
  'replica.lag.time.max.ms': v.optional(whole(100, 600_000), 30_000),
  'broker.heartbeat.interval.ms': v.optional(whole(50, 600_000), 2_000),
  'broker.session.timeout.ms': v.optional(whole(100, 600_000), 9_000),
  'leader.imbalance.check.interval.seconds': v.optional(whole(1, 86_400), 300),
  'auto.leader.rebalance.enable': v.optional(v.boolean(), true),
  'group.initial.rebalance.delay.ms': v.optional(whole(0, 600_000), 3_000),
});

export type KafkaConfig = v.InferOutput<typeof kafkaSchema>;
export type TopicConfig = KafkaConfig['topics'][number];
