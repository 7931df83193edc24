/** Where the partitions of the configured topics lie, before anything has happened. */
import { createJavaRandom, nextJavaIntBelow } from '../../jvm/random.ts';
import type { KafkaConfig, TopicConfig } from './config.ts';
import { placeStriped } from './placement/striped.ts';

export interface PlacedPartition {
  readonly topic: string;
  readonly partition: number;
  /** Broker ids, the preferred leader first. */
  readonly replicas: readonly number[];
}

/** Ids of the brokers, 1 to n. */
export function brokerIds(config: KafkaConfig): number[] {
  return Array.from({ length: config.brokers }, (_, index) => index + 1);
}

/** Replicas of each partition of a topic; or the real message of why it cannot be created. */
export function placeTopic(
  config: KafkaConfig,
  topic: TopicConfig,
): readonly (readonly number[])[] | string {
  if (topic.replicaAssignment) return topic.replicaAssignment;
  const brokers = brokerIds(config).map((id) => ({ id, rack: null, fenced: false }));
  const random = createJavaRandom(config.placementSeed);
  const placement = placeStriped(topic.partitions, topic.replicationFactor, brokers, (bound) =>
    nextJavaIntBelow(random, bound),
  );
  return typeof placement === 'string'
    ? `Unable to replicate the partition ${topic.replicationFactor} time(s): ${placement}`
    : placement;
}

/** All partitions of the cluster, topic by topic. Topics that are refused have none. */
export function placePartitions(config: KafkaConfig): PlacedPartition[] {
  return config.topics.flatMap((topic) => {
    const placement = placeTopic(config, topic);
    if (typeof placement === 'string') return [];
    return placement.map((replicas, partition) => ({ topic: topic.name, partition, replicas }));
  });
}
