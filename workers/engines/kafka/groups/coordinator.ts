/**
 * The coordinator of consumer groups (`GroupCoordinator`, classic protocol of 3.9). A rebalance has two
 * barriers: it waits until every member has joined again, then until the one that assigns has sent the
 * result. Who does not come in time is dropped.
 *
 * Simplified: a coordinator that dies forgets the members, who then join anew; offsets it keeps.
 */
import type {
  HeartbeatRequest,
  JoinGroupRequest,
  JoinGroupResponse,
  LeaveGroupRequest,
  OffsetCommitRequest,
  SyncGroupRequest,
} from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import type { BrokerContext } from '../broker/context.ts';
import {
  createGroup,
  electProtocol,
  type Group,
  hasAllJoined,
  type Member,
  membersFor,
  rebalanceTimeoutMs,
} from './group.ts';

/** `group.min.session.timeout.ms` and `group.max.session.timeout.ms`. */
const SESSION_MIN_MS = 6_000;
const SESSION_MAX_MS = 1_800_000;

export function onJoinGroup(context: BrokerContext, from: number, request: JoinGroupRequest): void {
  const { broker } = context;
  if (request.sessionTimeoutMs < SESSION_MIN_MS || request.sessionTimeoutMs > SESSION_MAX_MS) {
    refuseJoin(context, from, request, 'INVALID_SESSION_TIMEOUT');
    return;
  }
  let group = broker.groups.get(request.groupId);
  if (!group) {
    group = createGroup(request.groupId);
    broker.groups.set(request.groupId, group);
  }
  if (request.memberId === '') {
    group.nextMember += 1;
    const memberId = `${request.clientId}-${group.nextMember}`;
    group.pending.add(memberId);
    answerJoin(context, from, request, { error: 'MEMBER_ID_REQUIRED', memberId });
    watchPending(context, group, memberId, request.sessionTimeoutMs);
    return;
  }
  const member = group.members.get(request.memberId);
  const isNew = !member && group.pending.has(request.memberId);
  if (!member && !isNew) {
    refuseJoin(context, from, request, 'UNKNOWN_MEMBER_ID');
    return;
  }
  if (!acceptsProtocols(group, request)) {
    refuseJoin(context, from, request, 'INCONSISTENT_GROUP_PROTOCOL');
    return;
  }
  group.pending.delete(request.memberId);
  const joined = member ?? addMember(group, from, request);
  const isSame = member ? isSameSubscription(member.request, request) : false;
  joined.request = request;
  joined.from = from;
  touch(context, group, joined);
  // A follower that repeats itself learns the result of the present round; all else starts a new one.
  const repeats =
    isSame &&
    (group.phase === 'CompletingRebalance' ||
      (group.phase === 'Stable' && group.leader !== joined.id));
  if (repeats) {
    answerJoined(context, group, joined);
    return;
  }
  joined.joining = true;
  if (group.phase !== 'PreparingRebalance') prepareRebalance(context, group);
  completeJoinIfAll(context, group);
}

function acceptsProtocols(group: Group, request: JoinGroupRequest): boolean {
  const others = [...group.members.values()].filter(({ id }) => id !== request.memberId);
  const lists = [...others.map((member) => member.request), request].map(({ protocols }) =>
    protocols.map(({ name }) => name),
  );
  return electProtocol(lists) !== null;
}

function isSameSubscription(a: JoinGroupRequest, b: JoinGroupRequest): boolean {
  return JSON.stringify(a.protocols) === JSON.stringify(b.protocols);
}

function addMember(group: Group, from: number, request: JoinGroupRequest): Member {
  const member: Member = {
    id: request.memberId,
    request,
    from,
    joining: false,
    syncing: null,
    assignment: [],
    lastContactUs: 0,
  };
  group.members.set(member.id, member);
  if (group.generation === 0) group.hasNewcomer = true;
  return member;
}

/** Calls everybody back. The first members of an empty group are given time for others to turn up. */
function prepareRebalance(context: BrokerContext, group: Group): void {
  const { broker, env, state } = context;
  for (const member of group.members.values()) {
    if (member.syncing) answerSync(context, member, 'REBALANCE_IN_PROGRESS');
  }
  const isFirst = group.phase === 'Empty';
  const timeoutMs = rebalanceTimeoutMs(group);
  const delayMs = state.config['group.initial.rebalance.delay.ms'];
  group.phase = 'PreparingRebalance';
  group.round += 1;
  group.initialUntilUs = isFirst ? env.nowUs + timeoutMs * 1000 : -1;
  group.hasNewcomer = false;
  const waitMs = isFirst ? Math.min(delayMs, timeoutMs) : timeoutMs;
  env.after(broker.process, waitMs * 1000, {
    type: 'joining ends',
    group: group.id,
    round: group.round,
  });
}

/** The wait of a round is over: once more if somebody new came meanwhile, or with those who are there. */
export function onJoiningEnds(context: BrokerContext, id: string, round: number): void {
  const { broker, env, state } = context;
  const group = broker.groups.get(id);
  if (group?.phase !== 'PreparingRebalance' || group.round !== round) return;
  const leftUs = group.initialUntilUs - env.nowUs;
  if (group.hasNewcomer && leftUs > 0) {
    group.hasNewcomer = false;
    const delayUs = state.config['group.initial.rebalance.delay.ms'] * 1000;
    env.after(broker.process, Math.min(delayUs, leftUs), {
      type: 'joining ends',
      group: id,
      round,
    });
    return;
  }
  completeJoin(context, group);
}

function completeJoinIfAll(context: BrokerContext, group: Group): void {
  const isDelayed = group.initialUntilUs >= 0;
  if (group.phase === 'PreparingRebalance' && !isDelayed && hasAllJoined(group)) {
    completeJoin(context, group);
  }
}

function completeJoin(context: BrokerContext, group: Group): void {
  for (const member of [...group.members.values()]) {
    if (!member.joining) group.members.delete(member.id);
  }
  group.generation += 1;
  group.initialUntilUs = -1;
  const members = [...group.members.values()];
  const [first] = members;
  if (!first) {
    group.phase = 'Empty';
    group.leader = '';
    return;
  }
  const lists = members.map(({ request }) => request.protocols.map(({ name }) => name));
  group.protocol = electProtocol(lists) ?? '';
  if (!group.members.has(group.leader)) group.leader = first.id;
  group.phase = 'CompletingRebalance';
  for (const member of members) {
    member.joining = false;
    member.assignment = [];
    answerJoined(context, group, member);
    touch(context, group, member);
  }
}

function answerJoined(context: BrokerContext, group: Group, member: Member): void {
  answerJoin(context, member.from, member.request, {
    error: null,
    generation: group.generation,
    protocol: group.protocol,
    leader: group.leader,
    memberId: member.id,
    members: group.leader === member.id ? membersFor(group) : [],
  });
}

export function refuseJoin(
  context: BrokerContext,
  from: number,
  request: JoinGroupRequest,
  error: KafkaError,
): void {
  answerJoin(context, from, request, { error });
}

function answerJoin(
  { broker, env }: BrokerContext,
  from: number,
  { clientId, correlationId, memberId }: JoinGroupRequest,
  answer: Partial<JoinGroupResponse> & Pick<JoinGroupResponse, 'error'>,
): void {
  env.send(broker.process, from, {
    type: 'kafka.join-group-response',
    clientId,
    correlationId,
    generation: -1,
    protocol: '',
    leader: '',
    memberId,
    members: [],
    ...answer,
  });
}

export function onSyncGroup(context: BrokerContext, from: number, request: SyncGroupRequest): void {
  const group = context.broker.groups.get(request.groupId);
  const member = group?.members.get(request.memberId);
  if (!group || !member) {
    refuseSync(context, from, request, 'UNKNOWN_MEMBER_ID');
    return;
  }
  if (request.generation !== group.generation) {
    refuseSync(context, from, request, 'ILLEGAL_GENERATION');
    return;
  }
  if (group.phase === 'PreparingRebalance') {
    refuseSync(context, from, request, 'REBALANCE_IN_PROGRESS');
    return;
  }
  member.from = from;
  member.syncing = request;
  if (group.phase === 'CompletingRebalance' && group.leader === member.id) {
    for (const { memberId, partitions } of request.assignments) {
      const other = group.members.get(memberId);
      if (other) other.assignment = partitions;
    }
    group.phase = 'Stable';
  }
  if (group.phase !== 'Stable') return;
  for (const waiting of group.members.values()) {
    if (!waiting.syncing) continue;
    answerSync(context, waiting, null);
    touch(context, group, waiting);
  }
}

export function refuseSync(
  { broker, env }: BrokerContext,
  from: number,
  { clientId, correlationId }: SyncGroupRequest,
  error: KafkaError,
): void {
  env.send(broker.process, from, {
    type: 'kafka.sync-group-response',
    clientId,
    correlationId,
    error,
    partitions: [],
  });
}

function answerSync(
  { broker, env }: BrokerContext,
  member: Member,
  error: KafkaError | null,
): void {
  if (!member.syncing) return;
  const { clientId, correlationId } = member.syncing;
  member.syncing = null;
  env.send(broker.process, member.from, {
    type: 'kafka.sync-group-response',
    clientId,
    correlationId,
    error,
    partitions: error === null ? member.assignment : [],
  });
}

/** What a heartbeat is answered; this is how members learn of a rebalance. */
export function answerHeartbeat(
  context: BrokerContext,
  { groupId, memberId, generation }: HeartbeatRequest,
): KafkaError | null {
  const group = context.broker.groups.get(groupId);
  const member = group?.members.get(memberId);
  if (!group || !member) return 'UNKNOWN_MEMBER_ID';
  if (generation !== group.generation) return 'ILLEGAL_GENERATION';
  touch(context, group, member);
  return group.phase === 'PreparingRebalance' ? 'REBALANCE_IN_PROGRESS' : null;
}

/** Whether a commit may come from this member; without a generation only while the group is empty. */
export function judgeCommit(
  { broker }: BrokerContext,
  { groupId, memberId, generation }: OffsetCommitRequest,
): KafkaError | null {
  const group = broker.groups.get(groupId);
  const isEmpty = !group || group.members.size === 0;
  if (generation < 0 && isEmpty) return null;
  if (!group?.members.has(memberId)) return 'UNKNOWN_MEMBER_ID';
  if (generation !== group.generation) return 'ILLEGAL_GENERATION';
  return group.phase === 'CompletingRebalance' ? 'REBALANCE_IN_PROGRESS' : null;
}

export function onLeaveGroup(
  context: BrokerContext,
  { groupId, memberId }: LeaveGroupRequest,
): void {
  const group = context.broker.groups.get(groupId);
  if (group) removeMember(context, group, memberId);
}

function removeMember(context: BrokerContext, group: Group, memberId: string): void {
  group.pending.delete(memberId);
  const wasMember = group.members.delete(memberId);
  if (group.leader === memberId) group.leader = '';
  if (!wasMember) {
    completeJoinIfAll(context, group);
    return;
  }
  if (group.phase === 'Stable' || group.phase === 'CompletingRebalance') {
    prepareRebalance(context, group);
  }
  completeJoinIfAll(context, group);
}

function touch({ broker, env }: BrokerContext, group: Group, member: Member): void {
  member.lastContactUs = env.nowUs;
  env.after(broker.process, member.request.sessionTimeoutMs * 1000, {
    type: 'member session ends',
    group: group.id,
    member: member.id,
    contactUs: env.nowUs,
  });
}

/** A client that was given a member id has to come back with it within its session. */
function watchPending(
  { broker, env }: BrokerContext,
  group: Group,
  member: string,
  sessionTimeoutMs: number,
): void {
  env.after(broker.process, sessionTimeoutMs * 1000, {
    type: 'member session ends',
    group: group.id,
    member,
    contactUs: env.nowUs,
  });
}

/** A member fell silent; one whose request the coordinator itself holds back has not. */
export function onMemberSessionEnds(
  context: BrokerContext,
  id: string,
  memberId: string,
  contactUs: number,
): void {
  const group = context.broker.groups.get(id);
  if (!group) return;
  const member = group.members.get(memberId);
  if (member && (member.joining || member.syncing || member.lastContactUs !== contactUs)) return;
  if (member || group.pending.has(memberId)) removeMember(context, group, memberId);
}
