/**
 * The offsets that a consumer keeps at its group's coordinator (`ConsumerCoordinator`, 3.9): finding the
 * coordinator, asking for the committed offsets of partitions without a position, and committing.
 */
import type {
  CommittedOffset,
  FindCoordinatorResponse,
  OffsetCommitRequest,
  OffsetCommitResponse,
  OffsetFetchResponse,
} from '../../wire/kafka.ts';
import { describeError, isRetriable } from '../../wire/kafkaError.ts';
import {
  type AssignedPartition,
  assignedOf,
  type Consumer,
  type ConsumerEvent,
  partitionName,
} from './consumerState.ts';
import { backoffMs } from './backoff.ts';
import {
  brokerToAsk,
  isReady,
  isUnavailable,
  sendRequest,
  takeCorrelationId,
} from './networkClient.ts';
import type { KafkaClientPort } from './port.ts';

/** Sends what the coordinator is to be asked or told, after finding out who that is. */
export function talkToCoordinator(consumer: Consumer, port: KafkaClientPort): void {
  const groupId = consumer.config['group.id'];
  if (groupId === null) return;
  const { coordinator, net } = consumer;
  const wanted = positionsWanted(consumer);
  const isNeeded =
    wanted.length > 0 || coordinator.commits.length > 0 || consumer.membership !== null;
  if (!isNeeded) return;
  if (coordinator.process === null) {
    findCoordinator(consumer, groupId, port);
    return;
  }
  if (!isReady(net, coordinator.process, port)) return;
  if (wanted.length > 0 && !isAsked(consumer, 'kafka.offset-fetch')) {
    sendRequest(
      net,
      coordinator.process,
      {
        type: 'kafka.offset-fetch',
        clientId: net.clientId,
        correlationId: takeCorrelationId(net),
        groupId,
        partitions: wanted.map(({ topic, partition }) => ({ topic, partition })),
      },
      port,
    );
  }
  for (const offsets of coordinator.commits) {
    sendRequest(
      net,
      coordinator.process,
      {
        type: 'kafka.offset-commit',
        clientId: net.clientId,
        correlationId: takeCorrelationId(net),
        groupId,
        memberId: consumer.membership?.memberId ?? '',
        generation: consumer.membership?.generation ?? -1,
        offsets,
      },
      port,
    );
  }
  coordinator.commits.length = 0;
}

const nothing: readonly never[] = [];

function positionsWanted({ assigned, settled }: Consumer): readonly AssignedPartition[] {
  if (settled) return nothing;
  let wanted: AssignedPartition[] | null = null;
  for (const candidate of assigned) {
    if (candidate.awaits === 'committed offset') (wanted ??= []).push(candidate);
  }
  return wanted ?? nothing;
}

function findCoordinator(consumer: Consumer, groupId: string, port: KafkaClientPort): void {
  const { coordinator, net } = consumer;
  const nowUs = port.nowUs();
  if (isAsked(consumer, 'kafka.find-coordinator') || coordinator.retryAtUs > nowUs) return;
  const broker = brokerToAsk(net, port);
  if (broker === null) {
    backOff(consumer, nowUs);
    return;
  }
  const correlationId = takeCorrelationId(net);
  const { clientId } = net;
  sendRequest(
    net,
    broker,
    { type: 'kafka.find-coordinator', clientId, correlationId, groupId },
    port,
  );
}

function isAsked(consumer: Consumer, type: 'kafka.offset-fetch' | 'kafka.find-coordinator') {
  return consumer.net.inFlight.some(({ request }) => request.type === type);
}

export function onCoordinatorFound(
  consumer: Consumer,
  response: FindCoordinatorResponse,
  nowUs: number,
): void {
  const { coordinator, net } = consumer;
  // The cluster may still name the one that has just died.
  if (response.error !== null || isUnavailable(net, response.process, nowUs)) {
    backOff(consumer, nowUs);
    return;
  }
  coordinator.process = response.process;
  coordinator.attempts = 0;
}

/** Looks for the coordinator later: after 100 ms at first, then after twice as long. */
export function backOff({ config, coordinator, net }: Consumer, nowUs: number): void {
  const [initialMs, maxMs] = [config['retry.backoff.ms'], config['retry.backoff.max.ms']];
  const waitMs = backoffMs(initialMs, maxMs, coordinator.attempts, net.random);
  coordinator.attempts += 1;
  coordinator.retryAtUs = nowUs + Math.floor(waitMs * 1000);
}

/** A partition that nobody committed starts where `auto.offset.reset` says. */
export function onOffsetsFetched(
  consumer: Consumer,
  response: OffsetFetchResponse,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  if (response.error !== null) {
    loseCoordinator(consumer);
    backOff(consumer, nowUs);
    return;
  }
  for (const { topic, partition, offset, leaderEpoch } of response.offsets) {
    const assigned = assignedOf(consumer, topic, partition);
    if (assigned?.awaits !== 'committed offset') continue;
    if (offset >= 0) {
      assigned.position = offset;
      assigned.positionEpoch = leaderEpoch ?? -1;
      assigned.awaits = 'nothing';
    } else resetPosition(consumer, assigned, events);
  }
}

/** Resets the positions that have to be reset, and looks whether any partition still waits for something. */
export function settle(consumer: Consumer, nowUs: number, events: ConsumerEvent[]): void {
  consumer.settled = true;
  for (const assigned of consumer.assigned) {
    if (assigned.awaits === 'reset') resetPosition(consumer, assigned, events);
    if (assigned.awaits !== 'nothing' || assigned.retryAtUs > nowUs) consumer.settled = false;
  }
}

/** Sends a partition to its start or end, or says that there is no way to go on. */
function resetPosition(
  consumer: Consumer,
  assigned: AssignedPartition,
  events: ConsumerEvent[],
): void {
  if (consumer.config['auto.offset.reset'] !== 'none') {
    assigned.awaits = 'reset';
    consumer.settled = false;
    return;
  }
  assigned.awaits = 'nothing';
  events.push({
    kind: 'failed',
    error: 'OFFSET_OUT_OF_RANGE',
    message: `Undefined offset with no reset policy for partitions: [${partitionName(assigned)}]`,
  });
}

export function onCommitted(
  consumer: Consumer,
  request: OffsetCommitRequest,
  response: OffsetCommitResponse,
  events: ConsumerEvent[],
): void {
  const { error } = response;
  if (error === null) {
    events.push({ kind: 'offsets committed', offsets: request.offsets });
    return;
  }
  if (isRetriable(error)) loseCoordinator(consumer);
  // commitAsync is never tried again by itself: a later commit could be overtaken by an older one.
  events.push({ kind: 'commit failed', error, message: describeError(error) });
}

/** The coordinator moved or died, and is looked for again at once (`markCoordinatorUnknown`). */
export function loseCoordinator({ coordinator }: Consumer): void {
  coordinator.process = null;
}

/** What auto commit commits: everything that earlier polls returned. */
export function positionsToCommit(consumer: Consumer): readonly CommittedOffset[] {
  const offsets: CommittedOffset[] = [];
  for (const { topic, partition, position, positionEpoch } of consumer.assigned) {
    if (position === null) continue;
    offsets.push({ topic, partition, offset: position, leaderEpoch: positionEpoch });
  }
  return offsets;
}
