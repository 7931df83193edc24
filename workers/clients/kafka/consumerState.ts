import type {
  CommittedOffset,
  FetchedRecords,
  ListOffsetsAt,
  TopicPartition,
} from '../../wire/kafka.ts';
import type { KafkaError } from '../../wire/kafkaError.ts';
import type { ConsumerConfig } from './consumerConfig.ts';
import type { Membership } from './membership.ts';
import type { NetworkClient } from './networkClient.ts';

export interface Consumer {
  readonly config: ConsumerConfig;
  readonly net: NetworkClient;
  /** What it reads, in the order of assignment. */
  assigned: readonly AssignedPartition[];
  /** Whether every one of them has its position and none waits after an error, so that nothing has to be found out. */
  settled: boolean;
  /** Fetched and not yet polled, in the order in which the fetches came back. */
  readonly fetched: FetchedRecords[];
  readonly lookups: OffsetLookup[];
  /** Whether its thread waits inside `poll`, so that fetching goes on by itself. */
  polling: boolean;
  readonly coordinator: Coordinator;
  /** Null without a subscription: partitions were assigned by hand. */
  membership: Membership | null;
  nextAutoCommitUs: number;
}

export interface AssignedPartition extends TopicPartition {
  /** The next offset that `poll` returns; null until it is found out. */
  position: number | null;
  /** Leader epoch of the last record before it, −1 if that is not known. */
  positionEpoch: number;
  /** What must be found out for a position: the committed offset, the reset, or nothing. */
  awaits: 'committed offset' | 'reset' | 'nothing';
  paused: boolean;
  highWatermark: number;
  /** Not to be fetched before, after an error. */
  retryAtUs: number;
  /** The reader's pipe, opaque to Kafka. */
  readonly pipe: number;
}

/** A question for the start or the end of some partitions. */
export interface OffsetLookup {
  readonly at: ListOffsetsAt;
  /** Asked for by the application, or to reset positions. */
  readonly purpose: 'application' | 'reset';
  readonly open: OpenLookup[];
  readonly found: CommittedOffset[];
}

export interface OpenLookup extends TopicPartition {
  /** Of the request that asks for it, −1 for none. */
  correlationId: number;
  retryAtUs: number;
}

/** The broker that keeps the group's offsets, and what is to be said to it. */
export interface Coordinator {
  /** Full process name, null while unknown. */
  process: string | null;
  /** Not to be looked for again before. */
  retryAtUs: number;
  /** Tries in a row that did not find one that can be reached, for the backoff. */
  attempts: number;
  /** Commits to be sent, oldest first. */
  readonly commits: (readonly CommittedOffset[])[];
}

export type ConsumerEvent =
  | { readonly kind: 'records ready' }
  | { readonly kind: 'offsets listed'; readonly offsets: readonly CommittedOffset[] }
  | { readonly kind: 'offsets committed'; readonly offsets: readonly CommittedOffset[] }
  | { readonly kind: 'commit failed'; readonly error: KafkaError; readonly message: string }
  | {
      readonly kind: 'partitions assigned' | 'partitions revoked' | 'partitions lost';
      readonly partitions: readonly TopicPartition[];
    }
  | { readonly kind: 'failed'; readonly error: KafkaError; readonly message: string };

export function newlyAssigned(
  { topic, partition }: TopicPartition,
  position: number | null,
  awaits: AssignedPartition['awaits'],
  pipe: number,
): AssignedPartition {
  return {
    topic,
    partition,
    position,
    positionEpoch: -1,
    awaits,
    paused: false,
    highWatermark: -1,
    retryAtUs: 0,
    pipe,
  };
}

/** The state of a partition that it reads. */
export function assignedOf(
  { assigned }: Consumer,
  topic: string,
  partition: number,
): AssignedPartition | undefined {
  for (const candidate of assigned) {
    if (candidate.partition === partition && candidate.topic === topic) return candidate;
  }
  return undefined;
}

/** How a partition goes by in messages, and where pipes are looked up. */
export function partitionName({ topic, partition }: TopicPartition): string {
  let names = partitionNames.get(topic);
  if (!names) partitionNames.set(topic, (names = []));
  return (names[partition] ??= `${topic}-${partition}`);
}

/** Each name is spelled out once: every fetch asks for it several times, and a new text has to be hashed anew. */
const partitionNames = new Map<string, string[]>();
