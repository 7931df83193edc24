/** A cluster as plain data: what the controller has decided, and what each broker knows and holds. */
import type { ProcessId } from '../../kernel/environment.ts';
import type { FetchRequest, PartitionProduced, ProduceRequest } from '../../wire/kafka.ts';
import type { ClusterState } from '../../wire/kafkaCluster.ts';
import type { KafkaConfig } from './config.ts';
import type { Controller } from './controller/controller.ts';
import type { Group } from './groups/group.ts';
import type { PartitionLog } from './log/partitionLog.ts';
import type { FollowerProgress } from './replication/isr.ts';

export interface KafkaState {
  readonly config: KafkaConfig;
  readonly controller: Controller;
  /** Broker with id i at index i − 1. */
  readonly brokers: readonly Broker[];
  /** Every partition of the cluster, topic by topic. */
  readonly partitions: readonly ClusterPartition[];
  /** The newest log lines of each partition, oldest first. */
  readonly logs: readonly string[][];
  nextProducerId: number;
  /** `<group>` → `<topic>-<partition>` → next offset to read, and of which leader epoch the one before it is. */
  readonly committedOffsets: Map<string, Map<string, CommittedPosition>>;
}

export interface CommittedPosition {
  readonly offset: number;
  /** −1 where it was not said. */
  readonly leaderEpoch: number;
}

/**
 * What is the same for all replicas of a partition, numbers of the trace among it. It never changes: a keyframe
 * gives every replica its own copy.
 */
export interface ClusterPartition {
  /** Its place in `KafkaState.partitions` and in the controller's registrations. */
  readonly index: number;
  readonly topic: string;
  readonly partition: number;
  /** `weblog-0`. */
  readonly name: string;
  readonly replicas: readonly number[];
  readonly part: number;
  readonly endGauge: number;
  readonly highWatermarkGauge: number;
  /** null where the leader is always the same. */
  readonly leaderGauge: number | null;
}

export interface Broker {
  readonly id: number;
  readonly process: ProcessId;
  /** Asked for with every message: a list of few topics is looked through sooner than a Map. */
  readonly replicas: readonly TopicReplicas[];
  /** The newest state of the cluster that it heard of; null from a start until it is unfenced. */
  cluster: ClusterState | null;
  /** Registrations tried since the start, for the backoff. */
  registrations: number;
  /** When its request handler is free again. */
  busyUntilUs: number;
  nextWaitId: number;
  /** Oldest first. */
  readonly waitingFetches: WaitingFetch[];
  readonly waitingProduces: Map<number, WaitingProduce>;
  /** Fetches from leaders on their way, by leader. */
  readonly fetchers: Map<number, FetchRequest>;
  /** The groups that it coordinates. */
  readonly groups: Map<string, Group>;
}

/** A broker's replicas of a topic by partition number; null where it has none. */
export interface TopicReplicas {
  readonly topic: string;
  readonly partitions: (Replica | null)[];
}

export interface Replica {
  readonly at: ClusterPartition;
  readonly log: PartitionLog;
  highWatermark: number;
  /** The high watermark on disk, from which a restarted broker goes on. */
  checkpointedHighWatermark: number;
  leader: number;
  leaderEpoch: number;
  partitionEpoch: number;
  isr: readonly number[];
  /** Asked of the controller and not answered yet. */
  pendingIsr: readonly number[] | null;
  /** As leader only: where its epoch began, and how far the others are. */
  epochStartOffset: number;
  readonly followers: Map<number, FollowerProgress>;
}

/** A fetch that is held back until there is something to send (`DelayedFetch`). */
export interface WaitingFetch {
  readonly id: number;
  readonly from: ProcessId;
  readonly request: FetchRequest;
}

/** A produce request with acks=all that waits for the followers (`DelayedProduce`). */
export interface WaitingProduce {
  readonly from: ProcessId;
  readonly request: ProduceRequest;
  readonly results: readonly PartitionProduced[];
}

export type KafkaEvent =
  | { readonly type: 'request handled'; readonly from: ProcessId; readonly request: ProduceRequest }
  | { readonly type: 'fetch waited long enough'; readonly id: number }
  | { readonly type: 'produce waited long enough'; readonly id: number }
  | { readonly type: 'fetch from leaders' }
  | { readonly type: 'fetch times out'; readonly leader: number; readonly correlationId: number }
  | { readonly type: 'check in-sync replicas' }
  | { readonly type: 'checkpoint high watermarks' }
  | { readonly type: 'send heartbeat' }
  | { readonly type: 'started' }
  | { readonly type: 'session expires'; readonly broker: number; readonly contactUs: number }
  | { readonly type: 'balance leaders' }
  | { readonly type: 'joining ends'; readonly group: string; readonly round: number }
  | {
      readonly type: 'member session ends';
      readonly group: string;
      readonly member: string;
      readonly contactUs: number;
    };

export function replicaOf({ replicas }: Broker, topic: string, partition: number): Replica | null {
  for (const held of replicas) if (held.topic === topic) return held.partitions[partition] ?? null;
  return null;
}

/** All replicas of a broker, topic by topic. */
export function replicasOf(broker: Broker): readonly Replica[] {
  const held: Replica[] = [];
  for (const { partitions } of broker.replicas) {
    for (const replica of partitions) if (replica) held.push(replica);
  }
  return held;
}

export function isLeader(broker: Broker, replica: Replica): boolean {
  return replica.leader === broker.id;
}
