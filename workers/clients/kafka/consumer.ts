/**
 * A Kafka consumer (`KafkaConsumer` 3.9) as plain data that another engine embeds. It keeps a position
 * for each partition, fetches ahead into a buffer, and hands records out when it is polled. Nobody pushes:
 * how fast it reads is up to whoever polls.
 *
 * An engine that distributes partitions by itself, as Flink, Spark and Storm do, calls `assign`; others
 * `subscribe` and share the partitions with their group.
 */
import { assert } from '../../kernel/assert.ts';
import { createJavaRandom } from '../../jvm/random.ts';
import type {
  CommittedOffset,
  FetchedRecords,
  KafkaResponse,
  ListOffsetsAt,
  TopicPartition,
} from '../../wire/kafka.ts';
import { describeError } from '../../wire/kafkaError.ts';
import { rang, ringBy, ringNow } from './alarm.ts';
import {
  loseCoordinator,
  onCommitted,
  onCoordinatorFound,
  onOffsetsFetched,
  positionsToCommit,
  settle,
  talkToCoordinator,
} from './committedOffsets.ts';
import type { ConsumerConfig } from './consumerConfig.ts';
import { assignedOf, type Consumer, type ConsumerEvent, newlyAssigned } from './consumerState.ts';
import { collect, discardFetched, onFetched, sendFetches } from './fetcher.ts';
import {
  createMembership,
  forgetGroupRequest,
  leaveGroup,
  membershipDueUs,
  onHeartbeatAnswered,
  onJoined,
  onSynced,
  runMembership,
} from './membership.ts';
import { want } from './metadata.ts';
import {
  answered,
  createNetworkClient,
  disconnected,
  type InFlightRequest,
  maybeUpdateMetadata,
  nextNetworkUs,
  onMetadata,
  timedOutBrokers,
} from './networkClient.ts';
import { addLookup, forgetLookup, lookUpResets, onListed, sendLookups } from './offsetLookup.ts';
import type { KafkaClientPort } from './port.ts';

export { type ConsumerConfig, consumerDefaults } from './consumerConfig.ts';
export type { Consumer, ConsumerEvent } from './consumerState.ts';

/** @param seed decides the jitter of backoffs */
export function createConsumer(config: ConsumerConfig, clientId: string, seed: number): Consumer {
  return {
    config,
    net: createNetworkClient(config, clientId, createJavaRandom(seed)),
    assigned: [],
    settled: true,
    fetched: [],
    lookups: [],
    polling: false,
    coordinator: { process: null, retryAtUs: 0, attempts: 0, commits: [] },
    membership: null,
    nextAutoCommitUs: 0,
  };
}

/**
 * Reads exactly these partitions from now on. An offset of null starts at the group's committed offset,
 * if there is a group and it has one, else where `auto.offset.reset` says.
 */
export function assign(
  consumer: Consumer,
  positions: readonly (TopicPartition & { offset: number | null; pipe: number })[],
  port: KafkaClientPort,
): void {
  const unknown = consumer.config['group.id'] === null ? 'reset' : 'committed offset';
  for (const { topic } of positions) want(consumer.net.metadata, topic);
  consumer.fetched.length = 0;
  consumer.assigned = positions.map((start) => {
    const awaits = start.offset === null ? unknown : 'nothing';
    return newlyAssigned(start, start.offset, awaits, start.pipe);
  });
  consumer.settled = false;
  consumer.nextAutoCommitUs = port.nowUs() + consumer.config['auto.commit.interval.ms'] * 1000;
  ringNow(consumer.net.alarm, port);
}

/**
 * Joins the group of `group.id` and reads what it is given; `partitions assigned`, `revoked` and `lost`
 * events tell.
 *
 * @param pipes partition name → the reader's pipe
 */
export function subscribe(
  consumer: Consumer,
  topics: readonly string[],
  pipes: ReadonlyMap<string, number>,
  port: KafkaClientPort,
): void {
  assert(consumer.config['group.id'] !== null, 'a subscription needs a group.id');
  for (const topic of topics) want(consumer.net.metadata, topic);
  consumer.membership = createMembership(topics, pipes, port.nowUs());
  consumer.nextAutoCommitUs = port.nowUs() + consumer.config['auto.commit.interval.ms'] * 1000;
  ringNow(consumer.net.alarm, port);
}

/** Moves a partition's position; what was fetched of it is forgotten. */
export function seek(
  consumer: Consumer,
  topic: string,
  partition: number,
  offset: number,
  port: KafkaClientPort,
): void {
  const assigned = assignedOf(consumer, topic, partition);
  if (!assigned) return;
  assigned.position = offset;
  assigned.positionEpoch = -1;
  assigned.awaits = 'nothing';
  discardFetched(consumer, topic, partition);
  if (consumer.polling) ringNow(consumer.net.alarm, port);
}

/** Keeps a partition assigned without reading it. */
export function pause(consumer: Consumer, topic: string, partition: number): void {
  const assigned = assignedOf(consumer, topic, partition);
  if (assigned) assigned.paused = true;
}

export function resume(
  consumer: Consumer,
  topic: string,
  partition: number,
  port: KafkaClientPort,
): void {
  const assigned = assignedOf(consumer, topic, partition);
  if (assigned) assigned.paused = false;
  if (consumer.polling) ringNow(consumer.net.alarm, port);
}

/** The next offset that `poll` returns, or null while it is not known. */
export function position(consumer: Consumer, topic: string, partition: number): number | null {
  return assignedOf(consumer, topic, partition)?.position ?? null;
}

/** The high watermark that the last fetch told, −1 before; minus the position it is the lag. */
export function highWatermark(consumer: Consumer, topic: string, partition: number): number {
  return assignedOf(consumer, topic, partition)?.highWatermark ?? -1;
}

/**
 * Hands out what was fetched, at most `max.poll.records`, and sends the next fetches. With nothing to
 * hand out the consumer goes on fetching by itself, as a blocked `poll` does, and a `records ready`
 * event says when to poll again.
 */
export function poll(consumer: Consumer, port: KafkaClientPort): readonly FetchedRecords[] {
  maybeAutoCommit(consumer, port.nowUs());
  if (consumer.membership) consumer.membership.lastPollUs = port.nowUs();
  const polled = collect(consumer);
  const isEmpty = polled.length === 0;
  // One that waits already has sent its fetches and set its alarm when something last happened.
  const goesOn = isEmpty && consumer.polling && !hasGroupWork(consumer);
  if (goesOn) return polled;
  consumer.polling = isEmpty;
  const hasTried = sendFetches(consumer, port);
  if (hasBackgroundWork(consumer)) ringNow(consumer.net.alarm, port);
  // Only a request brings a new deadline, or the wait inside `poll` itself.
  else if (hasTried || commitsByItself(consumer)) setAlarm(consumer, port);
  return polled;
}

/** Whether something beside fetching is to be done; its outcome comes as events, not from `poll`. */
function hasBackgroundWork(consumer: Consumer): boolean {
  if (hasGroupWork(consumer) || consumer.net.metadata.updateRequested) return true;
  if (consumer.settled) return false;
  for (const { awaits } of consumer.assigned) if (awaits !== 'nothing') return true;
  return false;
}

function hasGroupWork({ coordinator, membership }: Consumer): boolean {
  return membership !== null || coordinator.commits.length > 0;
}

/** Every `auto.commit.interval.ms`, before fetching: so it commits what *earlier* polls returned. */
function maybeAutoCommit(consumer: Consumer, nowUs: number): void {
  if (!commitsByItself(consumer) || nowUs < consumer.nextAutoCommitUs) return;
  consumer.nextAutoCommitUs = nowUs + consumer.config['auto.commit.interval.ms'] * 1000;
  const offsets = positionsToCommit(consumer);
  if (offsets.length > 0) consumer.coordinator.commits.push(offsets);
}

function commitsByItself({ config }: Consumer): boolean {
  return config['enable.auto.commit'] && config['group.id'] !== null;
}

/** Asks where partitions start or end; the answer is an `offsets listed` event. */
export function listOffsets(
  consumer: Consumer,
  partitions: readonly TopicPartition[],
  at: ListOffsetsAt,
  port: KafkaClientPort,
): void {
  for (const { topic } of partitions) want(consumer.net.metadata, topic);
  addLookup(consumer, at, 'application', partitions);
  ringNow(consumer.net.alarm, port);
}

/** `commitAsync`; each offset is the next one to read. */
export function commit(
  consumer: Consumer,
  offsets: readonly CommittedOffset[],
  port: KafkaClientPort,
): void {
  consumer.coordinator.commits.push(offsets);
  ringNow(consumer.net.alarm, port);
}

/** Commits what was polled, if auto commit is on, and reads no more. */
export function close(consumer: Consumer, port: KafkaClientPort): void {
  consumer.nextAutoCommitUs = 0;
  maybeAutoCommit(consumer, port.nowUs());
  talkToCoordinator(consumer, port);
  if (consumer.config['group.id'] !== null) leaveGroup(consumer, consumer.config['group.id'], port);
  consumer.membership = null;
  consumer.assigned = [];
  consumer.fetched.length = 0;
  consumer.polling = false;
}

/** A broker answered. */
export function onMessage(
  consumer: Consumer,
  response: KafkaResponse,
  port: KafkaClientPort,
): readonly ConsumerEvent[] {
  const answer = answered(consumer.net, response.correlationId);
  if (!answer) return [];
  const events = takeAnswer(consumer, answer, response, port);
  runConsumer(consumer, port, events);
  return events;
}

function takeAnswer(
  consumer: Consumer,
  { request }: InFlightRequest,
  response: KafkaResponse,
  port: KafkaClientPort,
): ConsumerEvent[] {
  const nowUs = port.nowUs();
  if (response.type === 'kafka.fetch-response') {
    return request.type === 'kafka.fetch' ? onFetched(consumer, request, response, nowUs) : [];
  }
  const events: ConsumerEvent[] = [];
  const groupId = consumer.config['group.id'] ?? '';
  switch (response.type) {
    case 'kafka.metadata-response':
      onMetadata(consumer.net, response, nowUs);
      break;
    case 'kafka.list-offsets-response':
      onListed(consumer, response, nowUs, events);
      break;
    case 'kafka.find-coordinator-response':
      onCoordinatorFound(consumer, response, nowUs);
      break;
    case 'kafka.offset-fetch-response':
      onOffsetsFetched(consumer, response, nowUs, events);
      break;
    case 'kafka.offset-commit-response':
      if (request.type === 'kafka.offset-commit') {
        onCommitted(consumer, request, response, events);
      }
      break;
    case 'kafka.join-group-response':
      onJoined(consumer, groupId, response, port, events);
      break;
    case 'kafka.sync-group-response':
      onSynced(consumer, response, nowUs, events);
      break;
    case 'kafka.heartbeat-response':
      onHeartbeatAnswered(consumer, response, nowUs, events);
      break;
    default:
      break;
  }
  return events;
}

/** The connection to a broker broke, or was refused. */
export function onDisconnect(
  consumer: Consumer,
  broker: string,
  port: KafkaClientPort,
): readonly ConsumerEvent[] {
  const events: ConsumerEvent[] = [];
  giveUp(consumer, broker, port.nowUs(), events);
  runConsumer(consumer, port, events);
  return events;
}

/** The alarm that the consumer asked for. */
export function onTimer(consumer: Consumer, port: KafkaClientPort): readonly ConsumerEvent[] {
  rang(consumer.net.alarm);
  const events: ConsumerEvent[] = [];
  runConsumer(consumer, port, events);
  return events;
}

/** One round: give up what timed out, send what can be sent, and set the next alarm. */
function runConsumer(consumer: Consumer, port: KafkaClientPort, events: ConsumerEvent[]): void {
  const { net } = consumer;
  const nowUs = port.nowUs();
  for (const broker of timedOutBrokers(net, nowUs)) giveUp(consumer, broker, nowUs, events);
  if (!consumer.settled) settle(consumer, nowUs, events);
  if (consumer.polling) maybeAutoCommit(consumer, nowUs);
  const groupId = consumer.config['group.id'];
  if (groupId !== null) runMembership(consumer, groupId, port, events);
  talkToCoordinator(consumer, port);
  if (!consumer.settled) lookUpResets(consumer);
  sendLookups(consumer, port);
  if (consumer.polling) sendFetches(consumer, port);
  maybeUpdateMetadata(net, port);
  setAlarm(consumer, port);
}

/** Everything that was asked of a broker stays without an answer. */
function giveUp(consumer: Consumer, broker: string, nowUs: number, events: ConsumerEvent[]): void {
  for (const failed of disconnected(consumer.net, broker, nowUs)) {
    forgetRequest(consumer, failed, events);
  }
  if (consumer.coordinator.process === broker) loseCoordinator(consumer);
}

function forgetRequest(
  consumer: Consumer,
  { request }: InFlightRequest,
  events: ConsumerEvent[],
): void {
  if (request.type === 'kafka.list-offsets') forgetLookup(consumer, request.correlationId);
  else if (request.type === 'kafka.join-group' || request.type === 'kafka.sync-group') {
    forgetGroupRequest(consumer);
  } else if (request.type === 'kafka.offset-commit') {
    const error = 'NETWORK_EXCEPTION';
    events.push({ kind: 'commit failed', error, message: describeError(error) });
  }
}

function setAlarm(consumer: Consumer, port: KafkaClientPort): void {
  const { coordinator, net } = consumer;
  const nowUs = port.nowUs();
  let nextUs = nextNetworkUs(net, nowUs);
  if (!consumer.settled) {
    for (const { retryAtUs } of consumer.assigned) {
      nextUs = sooner(retryAtUs, nextUs, nowUs);
    }
  }
  for (const { open } of consumer.lookups) {
    for (const { retryAtUs } of open) nextUs = sooner(retryAtUs, nextUs, nowUs);
  }
  if (coordinator.process === null) nextUs = sooner(coordinator.retryAtUs, nextUs, nowUs);
  nextUs = sooner(membershipDueUs(consumer), nextUs, nowUs);
  if (consumer.polling && commitsByItself(consumer)) {
    nextUs = sooner(consumer.nextAutoCommitUs, nextUs, nowUs);
  }
  if (nextUs < Number.MAX_SAFE_INTEGER) ringBy(net.alarm, nextUs, port);
}

/** `timeUs` if it is still to come and before `nextUs`, else `nextUs`. */
function sooner(timeUs: number, nextUs: number, nowUs: number): number {
  return timeUs > nowUs && timeUs < nextUs ? timeUs : nextUs;
}
