/**
 * Apache Kafka 3.9 with KRaft: a log that several readers share. A topic is split into partitions, each
 * an append-only log on one broker and copied by others; readers keep their own positions, so one that
 * comes, goes or lags changes nothing for the rest.
 */
import { present } from '../../kernel/assert.ts';
import type { Engine, Refusal } from '../../kernel/engine.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  LeaveGroupRequest,
  SyncGroupRequest,
} from '../../wire/kafka.ts';
import type { WireMessage } from '../../wire/message.ts';
import { kafkaAnatomy, kafkaProcesses } from './anatomy.ts';
import type { BrokerContext } from './broker/context.ts';
import { giveUpFetch, handleFetch } from './broker/fetch.ts';
import {
  fetchFromLeaders,
  giveUpLeaderFetch,
  onFetchedFromLeader,
  onLeaderLost,
} from './broker/follower.ts';
import { checkInSyncReplicas } from './broker/leader.ts';
import {
  checkIsrLater,
  checkpointHighWatermarks,
  forgetMemory,
  onClusterState,
  sendHeartbeat,
  startRoutines,
} from './broker/membership.ts';
import { giveUpProduce, handleProduce, queueProduce } from './broker/produce.ts';
import {
  answerFindCoordinator,
  answerInitProducerId,
  answerListOffsets,
  answerMetadata,
  answerOffsetCommit,
  answerOffsetFetch,
  isCoordinator,
} from './broker/questions.ts';
import { kafkaClaims } from './claims.ts';
import type { KafkaConfig } from './config.ts';
import {
  balanceLeaders,
  onAlterPartition,
  onHeartbeat,
  onSessionEnd,
  resumeController,
} from './controller/controller.ts';
import {
  answerHeartbeat,
  onJoinGroup,
  onJoiningEnds,
  onLeaveGroup,
  onMemberSessionEnds,
  onSyncGroup,
  refuseJoin,
  refuseSync,
} from './groups/coordinator.ts';
import { omissions } from './omissions.ts';
import { kafkaKnobs } from './settings.ts';
import { startCluster } from './start.ts';
import type { Broker, KafkaEvent, KafkaState } from './state.ts';
import { topicProblems } from './topicProblems.ts';
import { viewPartition } from './view.ts';

type Env = Environment<KafkaEvent>;

export const kafkaEngine: Engine<KafkaConfig, KafkaState, KafkaEvent> = {
  type: 'kafka',
  version: 'Apache Kafka 3.9 (KRaft)',
  omissions,
  knobs: kafkaKnobs,
  claims: kafkaClaims,
  refusals,
  processes: kafkaProcesses,
  anatomy: kafkaAnatomy,
  pipes: () => [],
  start,
  handle,
  receive,
  crash(state, process, env) {
    const broker = brokerOf(state, process);
    if (broker) forgetMemory({ state, broker, env });
  },
  restart(state, process, env) {
    const broker = brokerOf(state, process);
    if (broker) env.after(process, env.costs.kafkaStartUs, { type: 'started' });
    else resumeController(state, env);
  },
  programText: () => null,
  view: viewPartition,
};

/** `kafka-topics.sh --create` would not make such a topic. */
function refusals(config: KafkaConfig): readonly Refusal[] {
  const source = 'Error while executing topic command';
  const { topics } = config;
  return topics
    .flatMap((topic, index) => topicProblems(config, topic, topics.slice(0, index)))
    .map((message) => ({ field: 'topics', message, source }));
}

function start(config: KafkaConfig, env: Env): KafkaState {
  const state = startCluster(config, env);
  for (const broker of state.brokers) startRoutines({ state, broker, env });
  resumeController(state, env);
  return state;
}

function brokerOf(state: KafkaState, process: ProcessId): Broker | undefined {
  return state.brokers.find((broker) => broker.process === process);
}

function handle(state: KafkaState, process: ProcessId, event: KafkaEvent, env: Env): void {
  if (event.type === 'session expires') onSessionEnd(state, event.broker, event.contactUs, env);
  else if (event.type === 'balance leaders') balanceLeaders(state, env);
  else {
    const broker = present(brokerOf(state, process), 'the broker of an event');
    handleAtBroker({ state, broker, env }, event);
  }
}

type BrokerEvent = Exclude<KafkaEvent, { type: 'session expires' | 'balance leaders' }>;

function handleAtBroker(context: BrokerContext, event: BrokerEvent): void {
  switch (event.type) {
    case 'request handled':
      handleProduce(context, event.from, event.request);
      return;
    case 'fetch waited long enough':
      giveUpFetch(context, event.id);
      return;
    case 'produce waited long enough':
      giveUpProduce(context, event.id);
      return;
    case 'fetch from leaders':
      fetchFromLeaders(context);
      return;
    case 'fetch times out':
      giveUpLeaderFetch(context, event.leader, event.correlationId);
      return;
    case 'check in-sync replicas':
      checkInSyncReplicas(context);
      checkIsrLater(context);
      return;
    case 'checkpoint high watermarks':
      checkpointHighWatermarks(context);
      return;
    case 'send heartbeat':
      sendHeartbeat(context);
      return;
    case 'started':
      startRoutines(context);
      return;
    case 'joining ends':
      onJoiningEnds(context, event.group, event.round);
      return;
    case 'member session ends':
      onMemberSessionEnds(context, event.group, event.member, event.contactUs);
      return;
    default:
      event satisfies never;
  }
}

function receive(
  state: KafkaState,
  process: ProcessId,
  from: ProcessId,
  message: WireMessage,
  env: Env,
): void {
  const broker = brokerOf(state, process);
  if (broker) receiveAtBroker({ state, broker, env }, from, message);
  else if (message.type === 'kafka.broker-heartbeat') onHeartbeat(state, message, env);
  else if (message.type === 'kafka.alter-partition') onAlterPartition(state, message, env);
}

function receiveAtBroker(context: BrokerContext, from: ProcessId, message: WireMessage): void {
  switch (message.type) {
    case 'kafka.cluster-state':
      onClusterState(context, message);
      return;
    case 'kafka.fetch-response':
      onFetchedFromLeader(context, message);
      return;
    case 'connection-refused':
    case 'connection-reset':
    case 'peer-died':
      onLeaderLost(context, from);
      return;
    default:
      handleRequest(context, from, message);
  }
}

/** `KafkaApis.handle`. */
function handleRequest(context: BrokerContext, from: ProcessId, message: WireMessage): void {
  const { broker, env } = context;
  // The socket server opens only once the broker has caught up with the cluster's metadata.
  if (broker.cluster === null) {
    env.send(broker.process, from, { type: 'connection-refused', undelivered: message });
    return;
  }
  switch (message.type) {
    case 'kafka.produce':
      queueProduce(context, from, message);
      return;
    case 'kafka.fetch':
      handleFetch(context, from, message);
      return;
    case 'kafka.join-group':
    case 'kafka.sync-group':
    case 'kafka.heartbeat':
    case 'kafka.leave-group':
      receiveOfGroup(context, from, message);
      return;
    default:
      env.send(broker.process, from, answerOf(context, message));
  }
}

/** The answer to a question that the broker answers at once. */
function answerOf(context: BrokerContext, message: WireMessage): WireMessage {
  switch (message.type) {
    case 'kafka.api-versions': {
      const { clientId, correlationId } = message;
      return { type: 'kafka.api-versions-response', clientId, correlationId };
    }
    case 'kafka.metadata':
      return answerMetadata(context, message);
    case 'kafka.list-offsets':
      return answerListOffsets(context, message);
    case 'kafka.init-producer-id':
      return answerInitProducerId(context, message);
    case 'kafka.find-coordinator':
      return answerFindCoordinator(context, message);
    case 'kafka.offset-commit':
      return answerOffsetCommit(context, message);
    case 'kafka.offset-fetch':
      return answerOffsetFetch(context, message);
    default:
      throw new Error(`Broken invariant: a broker does not understand ${message.type}`);
  }
}

type GroupRequest = JoinGroupRequest | SyncGroupRequest | HeartbeatRequest | LeaveGroupRequest;

function receiveOfGroup(context: BrokerContext, from: ProcessId, request: GroupRequest): void {
  const { broker, env } = context;
  const { clientId, correlationId } = request;
  const isHere = isCoordinator(context, request.groupId);
  switch (request.type) {
    case 'kafka.join-group':
      if (isHere) onJoinGroup(context, from, request);
      else refuseJoin(context, from, request, 'NOT_COORDINATOR');
      return;
    case 'kafka.sync-group':
      if (isHere) onSyncGroup(context, from, request);
      else refuseSync(context, from, request, 'NOT_COORDINATOR');
      return;
    case 'kafka.heartbeat': {
      const error = isHere ? answerHeartbeat(context, request) : 'NOT_COORDINATOR';
      const type = 'kafka.heartbeat-response';
      env.send(broker.process, from, { type, clientId, correlationId, error });
      return;
    }
    case 'kafka.leave-group':
      if (isHere) onLeaveGroup(context, request);
      return;
    default:
      request satisfies never;
  }
}
