/** What a broker answers at once, from what it knows: metadata, ends of logs, coordinators, offsets. */
import type {
  CommittedOffset,
  FindCoordinatorRequest,
  InitProducerIdRequest,
  KafkaResponse,
  ListOffsetsRequest,
  ListOffsetsResponse,
  MetadataRequest,
  OffsetCommitRequest,
  OffsetFetchRequest,
  TopicMetadata,
} from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import { judgeCommit } from '../groups/coordinator.ts';
import { coordinatorOf } from '../groups/coordinatorOf.ts';
import { type CommittedPosition, isLeader, replicaOf } from '../state.ts';
import type { BrokerContext } from './context.ts';
import { errorWithoutReplica } from './produce.ts';

export function answerMetadata(context: BrokerContext, request: MetadataRequest): KafkaResponse {
  const { broker, env, state } = context;
  const alive = broker.cluster?.alive ?? [];
  return {
    type: 'kafka.metadata-response',
    clientId: request.clientId,
    correlationId: request.correlationId,
    brokers: alive.map((id) => ({
      id,
      process: env.processName(state.brokers[id - 1]?.process ?? broker.process),
    })),
    topics: request.topics.map((topic) => topicMetadata(context, topic)),
  };
}

function topicMetadata({ broker }: BrokerContext, topic: string): TopicMetadata {
  const partitions = broker.cluster?.partitions.filter((state) => state.topic === topic) ?? [];
  if (partitions.length === 0) {
    return { topic, error: 'UNKNOWN_TOPIC_OR_PARTITION', partitions: [] };
  }
  return {
    topic,
    error: null,
    partitions: partitions.map(({ partition, leader, leaderEpoch, replicas, isr }) => ({
      partition,
      leader,
      leaderEpoch,
      replicas,
      isr,
    })),
  };
}

/**
 * Start or end of partitions, as a consumer may read them. A new leader that does not know yet how far
 * the partition is committed says so, instead of naming an offset that might go back.
 */
export function answerListOffsets(
  context: BrokerContext,
  { clientId, correlationId, at, partitions }: ListOffsetsRequest,
): ListOffsetsResponse {
  const { broker } = context;
  return {
    type: 'kafka.list-offsets-response',
    clientId,
    correlationId,
    at,
    partitions: partitions.map(({ topic, partition }) => {
      const failed = (error: KafkaError) => ({ topic, partition, error, offset: -1 });
      const replica = replicaOf(broker, topic, partition);
      if (!replica) return failed(errorWithoutReplica(context, topic, partition));
      if (!isLeader(broker, replica)) return failed('NOT_LEADER_OR_FOLLOWER');
      if (at === 'earliest') return { topic, partition, error: null, offset: 0 };
      return replica.highWatermark < replica.epochStartOffset
        ? failed('OFFSET_NOT_AVAILABLE')
        : { topic, partition, error: null, offset: replica.highWatermark };
    }),
  };
}

export function answerInitProducerId(
  { state }: BrokerContext,
  { clientId, correlationId }: InitProducerIdRequest,
): KafkaResponse {
  const producerId = state.nextProducerId;
  state.nextProducerId += 1;
  return {
    type: 'kafka.init-producer-id-response',
    clientId,
    correlationId,
    producerId,
    producerEpoch: 0,
  };
}

export function answerFindCoordinator(
  { broker, env, state }: BrokerContext,
  { clientId, correlationId, groupId }: FindCoordinatorRequest,
): KafkaResponse {
  const id = coordinatorOf(groupId, state.brokers.length, broker.cluster?.alive ?? []);
  const coordinator = state.brokers[id - 1];
  return {
    type: 'kafka.find-coordinator-response',
    clientId,
    correlationId,
    error: coordinator ? null : 'COORDINATOR_NOT_AVAILABLE',
    process: coordinator ? env.processName(coordinator.process) : '',
  };
}

/** Whether this broker keeps the group now. */
export function isCoordinator({ broker, state }: BrokerContext, groupId: string): boolean {
  return coordinatorOf(groupId, state.brokers.length, broker.cluster?.alive ?? []) === broker.id;
}

export function answerOffsetCommit(
  context: BrokerContext,
  request: OffsetCommitRequest,
): KafkaResponse {
  const { clientId, correlationId, groupId, offsets } = request;
  const committed = context.state.committedOffsets;
  const error = isCoordinator(context, groupId) ? judgeCommit(context, request) : 'NOT_COORDINATOR';
  if (error === null) {
    const group = committed.get(groupId) ?? new Map<string, CommittedPosition>();
    committed.set(groupId, group);
    for (const { topic, partition, offset, leaderEpoch = -1 } of offsets) {
      group.set(`${topic}-${partition}`, { offset, leaderEpoch });
    }
  }
  return { type: 'kafka.offset-commit-response', clientId, correlationId, error };
}

export function answerOffsetFetch(
  context: BrokerContext,
  { clientId, correlationId, groupId, partitions }: OffsetFetchRequest,
): KafkaResponse {
  const group = context.state.committedOffsets.get(groupId);
  const isHere = isCoordinator(context, groupId);
  const offsets: CommittedOffset[] = partitions.map(({ topic, partition }) => ({
    topic,
    partition,
    ...(group?.get(`${topic}-${partition}`) ?? { offset: -1 }),
  }));
  return {
    type: 'kafka.offset-fetch-response',
    clientId,
    correlationId,
    error: isHere ? null : 'NOT_COORDINATOR',
    offsets: isHere ? offsets : [],
  };
}
