/**
 * A consumer's part in its group (`ConsumerCoordinator`, classic protocol of 3.9). Members that join, leave
 * or fall silent start a rebalance: everybody joins again, one member computes who reads what, and the
 * coordinator hands that out. With an eager assignor everybody lets go of everything first, so the whole
 * group stands still; cooperative ones let go only of what moves.
 *
 * Rejoining happens inside `poll`, heartbeats beside it: a member that works too long without polling
 * keeps heartbeating, and leaves by itself after `max.poll.interval.ms`.
 *
 * Left out: static members (`group.instance.id`), patterns, racks, and the protocol of KIP-848.
 */
import type {
  HeartbeatResponse,
  JoinGroupRequest,
  JoinGroupResponse,
  KafkaRequest,
  SyncGroupResponse,
  TopicPartition,
} from '../../wire/kafka.ts';
import type { KafkaError } from '../../wire/kafkaError.ts';
import { assignors, isCooperative } from './assignors/index.ts';
import {
  type AssignedPartition,
  assignedOf,
  type Consumer,
  type ConsumerEvent,
  newlyAssigned,
  partitionName,
} from './consumerState.ts';
import {
  backOff,
  loseCoordinator,
  positionsToCommit,
  talkToCoordinator,
} from './committedOffsets.ts';
import { discardFetched } from './fetcher.ts';
import { partitionsOf } from './metadata.ts';
import { isReady, sendRequest, smallRequestBytes, takeCorrelationId } from './networkClient.ts';
import type { KafkaClientPort } from './port.ts';

export interface Membership {
  readonly topics: readonly string[];
  /** Partition name → the reader's pipe, for the partitions that it may be given. */
  readonly pipes: ReadonlyMap<string, number>;
  state: 'unjoined' | 'joining' | 'syncing' | 'stable';
  /** Given by the coordinator, empty before. */
  memberId: string;
  generation: number;
  /** What the last assignment was, for the assignors that remember. */
  remembered: readonly TopicPartition[];
  isPrepared: boolean;
  nextHeartbeatUs: number;
  lastPollUs: number;
}

export function createMembership(
  topics: readonly string[],
  pipes: ReadonlyMap<string, number>,
  nowUs: number,
): Membership {
  return {
    topics,
    pipes,
    state: 'unjoined',
    memberId: '',
    generation: -1,
    remembered: [],
    isPrepared: false,
    nextHeartbeatUs: 0,
    lastPollUs: nowUs,
  };
}

/** What `JoinGroup` is given beyond the rebalance timeout. */
const JOIN_GRACE_MS = 5_000;

/** What the background thread and a blocked `poll` do for the group. */
export function runMembership(
  consumer: Consumer,
  groupId: string,
  port: KafkaClientPort,
  events: ConsumerEvent[],
): void {
  const { config, coordinator, membership, net } = consumer;
  if (!membership) return;
  const nowUs = port.nowUs();
  if (consumer.polling) membership.lastPollUs = nowUs;
  const idleUs = nowUs - membership.lastPollUs;
  if (membership.memberId !== '' && idleUs >= config['max.poll.interval.ms'] * 1000) {
    leaveGroup(consumer, groupId, port);
    return;
  }
  if (membership.state === 'unjoined') {
    if (consumer.polling) prepareToJoin(consumer, events);
    if (!membership.isPrepared) return;
    // What was polled is committed before somebody else may go on from there.
    talkToCoordinator(consumer, port);
    join(consumer, groupId, port);
    return;
  }
  if (membership.state !== 'stable' || nowUs < membership.nextHeartbeatUs) return;
  if (coordinator.process === null || !isReady(net, coordinator.process, port)) return;
  membership.nextHeartbeatUs = nowUs + config['heartbeat.interval.ms'] * 1000;
  const { memberId, generation } = membership;
  ask(consumer, port, {
    type: 'kafka.heartbeat',
    clientId: net.clientId,
    correlationId: takeCorrelationId(net),
    groupId,
    memberId,
    generation,
  });
}

/** `onJoinPrepare`: commit what was polled, and let go of it unless the assignors are cooperative. */
function prepareToJoin(consumer: Consumer, events: ConsumerEvent[]): void {
  const { config, coordinator, membership } = consumer;
  if (!membership || membership.isPrepared) return;
  membership.isPrepared = true;
  const offsets = positionsToCommit(consumer);
  if (config['enable.auto.commit'] && offsets.length > 0) coordinator.commits.push(offsets);
  if (isCooperative(config['partition.assignment.strategy'])) return;
  takeAway(consumer, consumer.assigned, 'partitions revoked', events);
}

function takeAway(
  consumer: Consumer,
  gone: readonly AssignedPartition[],
  kind: 'partitions revoked' | 'partitions lost',
  events: ConsumerEvent[],
): void {
  if (gone.length === 0) return;
  for (const { topic, partition } of gone) discardFetched(consumer, topic, partition);
  consumer.assigned = consumer.assigned.filter((assigned) => !gone.includes(assigned));
  const partitions = gone.map(({ topic, partition }) => ({ topic, partition }));
  events.push({ kind, partitions });
}

function join(consumer: Consumer, groupId: string, port: KafkaClientPort): void {
  const { config, coordinator, membership, net } = consumer;
  if (!membership || coordinator.process === null) return;
  if (!isReady(net, coordinator.process, port)) return;
  // The leader assigns by the topics' partitions, and any member may become leader.
  if (membership.topics.some((topic) => partitionsOf(net.metadata, topic) === null)) return;
  const owned = consumer.assigned.map(({ topic, partition }) => ({ topic, partition }));
  const { topics, generation, remembered } = membership;
  const request: JoinGroupRequest = {
    type: 'kafka.join-group',
    clientId: net.clientId,
    correlationId: takeCorrelationId(net),
    groupId,
    memberId: membership.memberId,
    groupInstanceId: null,
    sessionTimeoutMs: config['session.timeout.ms'],
    rebalanceTimeoutMs: config['max.poll.interval.ms'],
    protocols: config['partition.assignment.strategy'].map((name) => ({
      name,
      // The eager sticky assignor remembers what its member has just let go of.
      subscription: {
        topics,
        ownedPartitions: name === 'sticky' ? remembered : owned,
        generation,
      },
    })),
  };
  membership.state = 'joining';
  // Joining waits for the rest of the group.
  const timeoutMs = Math.max(
    config['request.timeout.ms'],
    request.rebalanceTimeoutMs + JOIN_GRACE_MS,
  );
  sendRequest(net, coordinator.process, request, port, smallRequestBytes, timeoutMs);
}

function ask(consumer: Consumer, port: KafkaClientPort, request: KafkaRequest): void {
  const { process } = consumer.coordinator;
  if (process !== null) sendRequest(consumer.net, process, request, port);
}

export function onJoined(
  consumer: Consumer,
  groupId: string,
  response: JoinGroupResponse,
  port: KafkaClientPort,
  events: ConsumerEvent[],
): void {
  const { membership, net } = consumer;
  if (membership?.state !== 'joining') return;
  if (response.error === 'MEMBER_ID_REQUIRED') {
    membership.memberId = response.memberId;
    membership.state = 'unjoined';
    return;
  }
  if (response.error !== null) {
    onGroupError(consumer, response.error, port.nowUs(), events);
    return;
  }
  membership.memberId = response.memberId;
  membership.generation = response.generation;
  membership.state = 'syncing';
  const { memberId, generation } = membership;
  ask(consumer, port, {
    type: 'kafka.sync-group',
    clientId: net.clientId,
    correlationId: takeCorrelationId(net),
    groupId,
    memberId,
    generation,
    assignments: response.leader === memberId ? computeAssignment(consumer, response) : [],
  });
}

/** The group's leader decides for all, with the assignor that the members voted for. */
function computeAssignment({ config, net }: Consumer, { members, protocol }: JoinGroupResponse) {
  const name = config['partition.assignment.strategy'].find((own) => own === protocol);
  if (name === undefined) return [];
  const counts = new Map<string, number>();
  for (const { subscription } of members) {
    for (const topic of subscription.topics) {
      const known = partitionsOf(net.metadata, topic);
      if (known) counts.set(topic, known.count);
    }
  }
  const assignment = assignors[name](counts, members);
  return [...assignment].map(([memberId, partitions]) => ({ memberId, partitions }));
}

export function onSynced(
  consumer: Consumer,
  response: SyncGroupResponse,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  const { config, membership } = consumer;
  if (membership?.state !== 'syncing') return;
  if (response.error !== null) {
    onGroupError(consumer, response.error, nowUs, events);
    return;
  }
  membership.state = 'stable';
  membership.isPrepared = false;
  membership.nextHeartbeatUs = nowUs + config['heartbeat.interval.ms'] * 1000;
  membership.remembered = response.partitions;
  const names = new Set(response.partitions.map(partitionName));
  const gone = consumer.assigned.filter((assigned) => !names.has(partitionName(assigned)));
  takeAway(consumer, gone, 'partitions revoked', events);
  const added = response.partitions.filter(
    ({ topic, partition }) => assignedOf(consumer, topic, partition) === undefined,
  );
  const { pipes } = membership;
  const reading = added.map((partition) => {
    const pipe = pipes.get(partitionName(partition)) ?? -1;
    return newlyAssigned(partition, null, 'committed offset', pipe);
  });
  consumer.assigned = [...consumer.assigned, ...reading];
  consumer.settled = false;
  events.push({ kind: 'partitions assigned', partitions: added });
  // What this member has just let go of is handed to its new owner in another round.
  if (gone.length > 0) membership.state = 'unjoined';
}

export function onHeartbeatAnswered(
  consumer: Consumer,
  { error }: HeartbeatResponse,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  if (error !== null && consumer.membership?.state === 'stable') {
    onGroupError(consumer, error, nowUs, events);
  }
}

function onGroupError(
  consumer: Consumer,
  error: KafkaError,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  const { membership } = consumer;
  if (!membership) return;
  // A heartbeat's error makes it join at once, an error of joining a little later.
  const wasStable = membership.state === 'stable';
  membership.state = 'unjoined';
  if (error === 'UNKNOWN_MEMBER_ID' || error === 'ILLEGAL_GENERATION') {
    if (error === 'UNKNOWN_MEMBER_ID') membership.memberId = '';
    membership.generation = -1;
    membership.remembered = [];
    // Somebody else may read them already, so nothing is committed any more.
    takeAway(consumer, consumer.assigned, 'partitions lost', events);
  } else if (error !== 'REBALANCE_IN_PROGRESS') {
    loseCoordinator(consumer);
    if (!wasStable) backOff(consumer, nowUs);
  }
}

/** The request to the coordinator got no answer. */
export function forgetGroupRequest(consumer: Consumer): void {
  const { membership } = consumer;
  if (membership && membership.state !== 'stable') membership.state = 'unjoined';
}

/** Tells the coordinator, so that the others need not wait for the session to end. */
export function leaveGroup(consumer: Consumer, groupId: string, port: KafkaClientPort): void {
  const { coordinator, membership, net } = consumer;
  if (!membership || membership.memberId === '') return;
  const { memberId } = membership;
  const { clientId } = net;
  if (coordinator.process !== null) {
    const correlationId = takeCorrelationId(net);
    const request = {
      type: 'kafka.leave-group',
      clientId,
      correlationId,
      groupId,
      memberId,
    } as const;
    port.send(clientId, coordinator.process, request, 0);
  }
  membership.memberId = '';
  membership.generation = -1;
  membership.remembered = [];
  membership.state = 'unjoined';
  membership.isPrepared = false;
}

/** When something is due for the group by itself. */
export function membershipDueUs({ config, membership, polling }: Consumer): number {
  if (!membership) return Number.MAX_SAFE_INTEGER;
  const heartbeatUs =
    membership.state === 'stable' ? membership.nextHeartbeatUs : Number.MAX_SAFE_INTEGER;
  if (polling || membership.memberId === '') return heartbeatUs;
  return Math.min(heartbeatUs, membership.lastPollUs + config['max.poll.interval.ms'] * 1000);
}
