/**
 * What travels between Kafka clients and brokers, and between brokers: the requests and responses of
 * the protocol (3.9) with the fields that decide something. Every message names the client and repeats
 * the request's correlation id, since one process may hold several clients. A broker goes by the
 * full name of its process: `kafka/broker-1`.
 */
import type { RecordId } from '../trace/format.ts';
import type { KafkaError } from './kafkaError.ts';
import type { ClusterMessage } from './kafkaCluster.ts';
import type { RecordRange } from './recordLog.ts';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** A record on its way to a partition. */
export interface BatchedRecord {
  /** CreateTime: what its producer stamped it with, milliseconds from the start of the run. */
  readonly timestampMs: number;
  readonly key: string | null;
  /** null is a tombstone on a compacted topic. */
  readonly value: string | null;
  readonly sizeBytes: number;
  /** The input's record that it carries, −1 when it was made on the way. */
  readonly record: RecordId;
}

/** Without idempotence a batch has producerId −1, producerEpoch −1 and baseSequence −1. */
export interface ProducedBatch extends TopicPartition {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly sizeBytes: number;
  readonly records: readonly BatchedRecord[];
}

/** What a numbered batch left behind in a log; followers learn about producers from it. */
export interface BatchNote {
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly baseOffset: number;
  readonly records: number;
}

interface Addressed {
  readonly clientId: string;
  readonly correlationId: number;
}

/** The first exchange over a new connection. */
export interface ApiVersionsRequest extends Addressed {
  readonly type: 'kafka.api-versions';
}

export interface ApiVersionsResponse extends Addressed {
  readonly type: 'kafka.api-versions-response';
}

export interface MetadataRequest extends Addressed {
  readonly type: 'kafka.metadata';
  readonly topics: readonly string[];
}

export interface PartitionMetadata {
  readonly partition: number;
  /** Broker id, −1 while there is none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

export interface TopicMetadata {
  readonly topic: string;
  readonly error: KafkaError | null;
  /** In order of partition number. */
  readonly partitions: readonly PartitionMetadata[];
}

export interface BrokerMetadata {
  readonly id: number;
  readonly process: string;
}

export interface MetadataResponse extends Addressed {
  readonly type: 'kafka.metadata-response';
  readonly brokers: readonly BrokerMetadata[];
  readonly topics: readonly TopicMetadata[];
}

export interface InitProducerIdRequest extends Addressed {
  readonly type: 'kafka.init-producer-id';
}

export interface InitProducerIdResponse extends Addressed {
  readonly type: 'kafka.init-producer-id-response';
  readonly producerId: number;
  readonly producerEpoch: number;
}

export interface ProduceRequest extends Addressed {
  readonly type: 'kafka.produce';
  /** −1 (all), 0 or 1. */
  readonly acks: number;
  readonly timeoutMs: number;
  /** At most one per partition. */
  readonly batches: readonly ProducedBatch[];
}

/** Offsets of −1 come with an error. */
export interface PartitionProduced extends TopicPartition {
  readonly error: KafkaError | null;
  readonly baseOffset: number;
  /** One more than the offset of the batch's last record. */
  readonly endOffset: number;
}

export interface ProduceResponse extends Addressed {
  readonly type: 'kafka.produce-response';
  readonly partitions: readonly PartitionProduced[];
}

export interface FetchPosition extends TopicPartition {
  readonly offset: number;
  /** The epoch that the reader last heard of, −1 when it knows none. */
  readonly leaderEpoch: number;
  /** Epoch of the last record that the reader holds, −1 for none. A consumer says it when the leader has changed since. */
  readonly lastFetchedEpoch: number;
  /** The reader's pipe, on which the records of the answer are drawn; −1 draws nothing. */
  readonly pipe: number;
}

export interface FetchRequest extends Addressed {
  readonly type: 'kafka.fetch';
  /** The follower's broker id; −1 for consumers. */
  readonly replicaId: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly partitionMaxBytes: number;
  readonly positions: readonly FetchPosition[];
}

/** What one fetch brought of a partition, or a part of that. */
export interface FetchedRecords extends TopicPartition {
  readonly records: RecordRange;
}

export interface PartitionFetched extends FetchedRecords {
  readonly error: KafkaError | null;
  readonly highWatermark: number;
  readonly logStartOffset: number;
  /** Set when what the reader holds is not what the leader has: go back to where they agree. */
  readonly diverging: { readonly epoch: number; readonly endOffset: number } | null;
  /** For followers only: the numbered batches among the records. */
  readonly batches: readonly BatchNote[];
}

/** As within a fetch session (KIP-227) a consumer is told only of partitions that have something for it. */
export interface FetchResponse extends Addressed {
  readonly type: 'kafka.fetch-response';
  readonly partitions: readonly PartitionFetched[];
}

/** What the request asked of a partition. */
export function positionAsked(
  { positions }: FetchRequest,
  { topic, partition }: TopicPartition,
): FetchPosition | undefined {
  for (const asked of positions) {
    if (asked.partition === partition && asked.topic === topic) return asked;
  }
  return undefined;
}

export type ListOffsetsAt = 'earliest' | 'latest';

export interface ListOffsetsRequest extends Addressed {
  readonly type: 'kafka.list-offsets';
  readonly at: ListOffsetsAt;
  readonly partitions: readonly TopicPartition[];
}

export interface ListOffsetsResponse extends Addressed {
  readonly type: 'kafka.list-offsets-response';
  readonly at: ListOffsetsAt;
  readonly partitions: readonly (TopicPartition & {
    readonly error: KafkaError | null;
    readonly offset: number;
  })[];
}

export interface FindCoordinatorRequest extends Addressed {
  readonly type: 'kafka.find-coordinator';
  readonly groupId: string;
}

export interface FindCoordinatorResponse extends Addressed {
  readonly type: 'kafka.find-coordinator-response';
  readonly error: KafkaError | null;
  /** The coordinator's process, empty with an error. */
  readonly process: string;
}

/** What a member tells the group's leader about itself, opaque to the coordinator. */
export interface Subscription {
  readonly topics: readonly string[];
  readonly ownedPartitions: readonly TopicPartition[];
  /** The generation in which it owned them, −1 for none. */
  readonly generation: number;
}

export interface JoinGroupRequest extends Addressed {
  readonly type: 'kafka.join-group';
  readonly groupId: string;
  /** Empty at the first join of a dynamic member. */
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Assignor names, preferred first, each with the member's subscription. */
  readonly protocols: readonly {
    readonly name: string;
    readonly subscription: Subscription;
  }[];
}

export interface GroupMember {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly subscription: Subscription;
}

export interface JoinGroupResponse extends Addressed {
  readonly type: 'kafka.join-group-response';
  readonly error: KafkaError | null;
  readonly generation: number;
  readonly protocol: string;
  readonly leader: string;
  readonly memberId: string;
  /** In the leader's response every member, else none. */
  readonly members: readonly GroupMember[];
}

export interface SyncGroupRequest extends Addressed {
  readonly type: 'kafka.sync-group';
  readonly groupId: string;
  readonly memberId: string;
  readonly generation: number;
  /** From the leader the whole assignment, else empty. */
  readonly assignments: readonly {
    readonly memberId: string;
    readonly partitions: readonly TopicPartition[];
  }[];
}

export interface SyncGroupResponse extends Addressed {
  readonly type: 'kafka.sync-group-response';
  readonly error: KafkaError | null;
  readonly partitions: readonly TopicPartition[];
}

export interface HeartbeatRequest extends Addressed {
  readonly type: 'kafka.heartbeat';
  readonly groupId: string;
  readonly memberId: string;
  readonly generation: number;
}

export interface HeartbeatResponse extends Addressed {
  readonly type: 'kafka.heartbeat-response';
  readonly error: KafkaError | null;
}

export interface LeaveGroupRequest extends Addressed {
  readonly type: 'kafka.leave-group';
  readonly groupId: string;
  readonly memberId: string;
}

/** `offset` is the next one to read. */
export interface CommittedOffset extends TopicPartition {
  readonly offset: number;
  /** Of the last record before it, where that is known. */
  readonly leaderEpoch?: number;
}

export interface OffsetCommitRequest extends Addressed {
  readonly type: 'kafka.offset-commit';
  readonly groupId: string;
  /** Empty, with generation −1, from a consumer that only uses the group to store offsets. */
  readonly memberId: string;
  readonly generation: number;
  readonly offsets: readonly CommittedOffset[];
}

export interface OffsetCommitResponse extends Addressed {
  readonly type: 'kafka.offset-commit-response';
  readonly error: KafkaError | null;
}

export interface OffsetFetchRequest extends Addressed {
  readonly type: 'kafka.offset-fetch';
  readonly groupId: string;
  readonly partitions: readonly TopicPartition[];
}

/** Partitions without a committed offset come back with −1. */
export interface OffsetFetchResponse extends Addressed {
  readonly type: 'kafka.offset-fetch-response';
  readonly error: KafkaError | null;
  readonly offsets: readonly CommittedOffset[];
}

export type KafkaRequest =
  | ApiVersionsRequest
  | MetadataRequest
  | InitProducerIdRequest
  | ProduceRequest
  | FetchRequest
  | ListOffsetsRequest
  | FindCoordinatorRequest
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest;

export type KafkaResponse =
  | ApiVersionsResponse
  | MetadataResponse
  | InitProducerIdResponse
  | ProduceResponse
  | FetchResponse
  | ListOffsetsResponse
  | FindCoordinatorResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | OffsetCommitResponse
  | OffsetFetchResponse;

export type KafkaMessage = KafkaRequest | KafkaResponse | ClusterMessage;
