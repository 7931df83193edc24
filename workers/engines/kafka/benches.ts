/** The components of Kafka that can be opened alone, one row each. */
import type { Bench } from '../../kernel/bench.ts';
import { leaderEpochs, partitionState, replicaPlacement } from './benches/cluster.ts';
import { assignor, groupCoordinator, serverAssignor } from './benches/groups.ts';
import { groupOfConsumers } from './benches/coordinating.ts';
import { partitionLeader } from './benches/leading.ts';
import { cleanable, lastStableOffset, logCleaner, retention } from './benches/logs.ts';
import {
  keyPartitioner,
  partitionWeights,
  producerSequences,
  stickyPartitioner,
} from './benches/producing.ts';
import { replicatedPartition } from './benches/replicatedPartition.ts';
import {
  consumerSettings,
  createTopic,
  producerSettings,
  topicNames,
  topicSettings,
} from './benches/settings.ts';
import { transactions } from './benches/transactions.ts';

export const benches: readonly Bench[] = [
  keyPartitioner,
  stickyPartitioner,
  partitionWeights,
  producerSequences,
  partitionState,
  partitionLeader,
  replicatedPartition,
  replicaPlacement,
  leaderEpochs,
  retention,
  logCleaner,
  cleanable,
  lastStableOffset,
  transactions,
  assignor,
  serverAssignor,
  groupCoordinator,
  groupOfConsumers,
  producerSettings,
  consumerSettings,
  topicSettings,
  topicNames,
  createTopic,
];
