/**
 * What a client believes about the cluster: which broker leads which partition. It is a memory, refreshed
 * when something fails and every `metadata.max.age.ms`, so for a while after a failover it still names
 * the dead leader (`Metadata` and `NetworkClient.DefaultMetadataUpdater`, 3.9).
 */
import type { BrokerMetadata, MetadataResponse, PartitionMetadata } from '../../wire/kafka.ts';
import type { TopicPartitions } from './accumulator.ts';

/** `metadata.max.age.ms`. */
const metadataMaxAgeMs = 300_000;

/** A partition, and the process of its leader: null while none is known. */
export interface KnownPartition extends PartitionMetadata {
  readonly leaderProcess: string | null;
}

/** A topic's partitions in order of their numbers, and which of them have a leader. */
interface KnownTopic extends TopicPartitions {
  readonly topic: string;
  readonly partitions: readonly KnownPartition[];
}

export interface Metadata {
  /** `bootstrap.servers`: whom to ask while no broker is known. */
  readonly bootstrap: readonly string[];
  brokers: readonly BrokerMetadata[];
  /** A client knows few topics, and asks for a partition's leader at every turn: a list is looked through sooner than a Map. */
  topics: readonly KnownTopic[];
  readonly wanted: Set<string>;
  updateRequested: boolean;
  /** Correlation id of the request on its way, −1 for none. */
  pending: number;
  /** Updates in a row that brought nothing, for the backoff. */
  attempts: number;
  /** Not to be asked again before. */
  retryAtUs: number;
  updatedUs: number;
  /** Which of the known brokers is asked next. */
  turn: number;
}

export function createMetadata(bootstrap: readonly string[]): Metadata {
  return {
    bootstrap,
    brokers: [],
    topics: [],
    wanted: new Set(),
    updateRequested: false,
    pending: -1,
    attempts: 0,
    retryAtUs: 0,
    updatedUs: 0,
    turn: 0,
  };
}

/** Makes the client keep metadata of a topic from now on. */
export function want(metadata: Metadata, topic: string): void {
  if (metadata.wanted.has(topic)) return;
  metadata.wanted.add(topic);
  metadata.updateRequested = true;
}

function knownTopic({ topics }: Metadata, topic: string): KnownTopic | undefined {
  for (const known of topics) if (known.topic === topic) return known;
  return undefined;
}

export function partitionOf(
  metadata: Metadata,
  topic: string,
  partition: number,
): KnownPartition | undefined {
  return knownTopic(metadata, topic)?.partitions[partition];
}

/** The process of the partition's leader, or null when none is known. */
export function leaderOf(metadata: Metadata, topic: string, partition: number): string | null {
  return partitionOf(metadata, topic, partition)?.leaderProcess ?? null;
}

/** Null while the topic is unknown. */
export function partitionsOf(metadata: Metadata, topic: string): TopicPartitions | null {
  return knownTopic(metadata, topic) ?? null;
}

/** Brokers that can be asked: those that are known, else the bootstrap servers. */
export function knownBrokers(metadata: Metadata): readonly string[] {
  const { bootstrap, brokers } = metadata;
  return brokers.length > 0 ? brokers.map(({ process }) => process) : bootstrap;
}

/** When the next request for metadata is due. */
export function metadataDueUs(metadata: Metadata): number {
  if (metadata.updateRequested) return metadata.retryAtUs;
  return metadata.updatedUs + metadataMaxAgeMs * 1000;
}

/**
 * Takes what a broker said. A leader epoch older than the known one is stale news from a broker that
 * lags behind, and is not believed.
 *
 * @returns whether every wanted topic has a leader for each partition
 */
export function updateMetadata(metadata: Metadata, response: MetadataResponse): boolean {
  metadata.brokers = response.brokers;
  let complete = true;
  for (const { topic, error, partitions } of response.topics) {
    if (error !== null) {
      complete = false;
      continue;
    }
    const newest = partitions.map((partition) => {
      const before = partitionOf(metadata, topic, partition.partition);
      const newer = before && before.leaderEpoch > partition.leaderEpoch ? before : partition;
      return withLeader(newer, response.brokers);
    });
    const count = newest.length;
    const available = newest.filter(({ leader }) => leader >= 0).map(({ partition }) => partition);
    const others = metadata.topics.filter((known) => known.topic !== topic);
    metadata.topics = [...others, { topic, partitions: newest, count, available }];
    if (available.length < count) complete = false;
  }
  findLeaders(metadata);
  return complete;
}

/** Brokers may have come and gone, also for topics that were not asked about. */
function findLeaders(metadata: Metadata): void {
  metadata.topics = metadata.topics.map((known) => ({
    ...known,
    partitions: known.partitions.map((partition) => withLeader(partition, metadata.brokers)),
  }));
}

function withLeader(
  { partition, leader, leaderEpoch, replicas, isr }: PartitionMetadata,
  brokers: readonly BrokerMetadata[],
): KnownPartition {
  const leaderProcess = brokers.find(({ id }) => id === leader)?.process ?? null;
  return { partition, leader, leaderEpoch, replicas, isr, leaderProcess };
}
