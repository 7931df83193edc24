/**
 * What brokers and the KRaft controller say to each other. The real brokers replay the controller's
 * metadata log; here the controller sends the state that the log adds up to.
 */
export interface PartitionState {
  readonly topic: string;
  readonly partition: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** −1 for none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly recovering: boolean;
}

/** A broker says that it lives; the answer is a cluster state if it has not seen the newest one. */
export interface BrokerHeartbeat {
  readonly type: 'kafka.broker-heartbeat';
  readonly broker: number;
  /** Version of the newest cluster state that it knows; −1 after a restart, when it registers. */
  readonly version: number;
}

/** A leader asks for other in-sync replicas. Refused when the controller knows better. */
export interface AlterPartition {
  readonly type: 'kafka.alter-partition';
  readonly broker: number;
  readonly topic: string;
  readonly partition: number;
  readonly leaderEpoch: number;
  readonly partitionEpoch: number;
  readonly isr: readonly number[];
}

/** The whole state of the cluster. */
export interface ClusterState {
  readonly type: 'kafka.cluster-state';
  readonly version: number;
  /** Unfenced brokers. */
  readonly alive: readonly number[];
  readonly partitions: readonly PartitionState[];
}

export type ClusterMessage = BrokerHeartbeat | AlterPartition | ClusterState;
