/** Where the partitions of the configured topics lie, before anything has happened. */
import { createJavaRandom, nextJavaIntBelow } from '../../jvm/random.ts';
import type { KafkaConfig, TopicConfig } from './config.ts';
import { manualAssignmentProblem } from './placement/manual.ts';
import { placeByAdminUtils, placeRackAware } from './placement/adminUtils.ts';
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
  if (topic.replicaAssignment) {
    const { replicaAssignment } = topic;
    return manualAssignmentProblem(replicaAssignment, brokerIds(config)) ?? replicaAssignment;
  }
  const random = createJavaRandom(config.placementSeed);
  const nextIntBelow = (bound: number) => nextJavaIntBelow(random, bound);
  return config.placement === 'AdminUtils'
    ? placeAsZooKeeperEra(config, topic, nextIntBelow)
    : placeAsKRaft(config, topic, nextIntBelow);
}

type NextIntBelow = (bound: number) => number;

function placeAsKRaft(config: KafkaConfig, topic: TopicConfig, nextIntBelow: NextIntBelow) {
  const { partitions, replicationFactor } = topic;
  const brokers = brokerIds(config).map((id) => ({
    id,
    rack: config.racks[id - 1] ?? null,
    fenced: false,
  }));
  const placement = placeStriped(partitions, replicationFactor, brokers, nextIntBelow);
  return typeof placement === 'string'
    ? `Unable to replicate the partition ${replicationFactor} time(s): ${placement}`
    : placement;
}

function placeAsZooKeeperEra(config: KafkaConfig, topic: TopicConfig, nextIntBelow: NextIntBelow) {
  const { partitions, replicationFactor } = topic;
  const ids = brokerIds(config);
  const start = nextIntBelow(ids.length);
  const shift = nextIntBelow(ids.length);
  if (config.racks.length === 0) {
    return placeByAdminUtils(ids, partitions, replicationFactor, start, shift);
  }
  const racks = new Map(ids.map((id) => [id, config.racks[id - 1]]));
  const known = new Map(
    [...racks].filter((entry): entry is [number, string] => entry[1] !== undefined),
  );
  if (known.size < ids.length)
    return 'Not all brokers have rack information for replica rack aware assignment.';
  return placeRackAware(known, partitions, replicationFactor, start, shift);
}

/** All partitions of the cluster, topic by topic. Topics that are refused have none. */
export function placePartitions(config: KafkaConfig): PlacedPartition[] {
  return config.topics.flatMap((topic) => {
    const placement = placeTopic(config, topic);
    if (typeof placement === 'string') return [];
    return placement.map((replicas, partition) => ({ topic: topic.name, partition, replicas }));
  });
}
