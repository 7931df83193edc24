/**
 * How a consumer gets records (`Fetcher` and `FetchCollector`, 3.9): one fetch at a time to each broker,
 * for all partitions of it of which nothing is buffered. The broker holds the request back until there is
 * something, or `fetch.max.wait.ms` is over, so an idle consumer costs two requests a second.
 *
 * Left out: the numbering of fetch sessions, isolation levels, fetching from followers.
 */
import {
  type FetchedRecords,
  type FetchPosition,
  type FetchRequest,
  type FetchResponse,
  type PartitionFetched,
  positionAsked,
} from '../../wire/kafka.ts';
import { leaderEpochAt } from '../../wire/recordLog.ts';
import type { KafkaError } from '../../wire/kafkaError.ts';
import {
  type AssignedPartition,
  assignedOf,
  type Consumer,
  type ConsumerEvent,
  partitionName,
} from './consumerState.ts';
import { partitionOf } from './metadata.ts';
import { isReady, type NetworkClient, sendRequest, takeCorrelationId } from './networkClient.ts';
import type { KafkaClientPort } from './port.ts';
import { takeOut } from './takeOut.ts';

/**
 * Sends what can be fetched now. There is at most one fetch on its way to each broker, and mostly there is one.
 *
 * @returns whether there was anything to fetch
 */
export function sendFetches(consumer: Consumer, port: KafkaClientPort): boolean {
  const { net } = consumer;
  let hasTried = false;
  for (const { process } of net.metadata.brokers) {
    if (isFetching(net, process)) continue;
    const positions = fetchablePositions(consumer, process, port.nowUs());
    if (positions.length === 0) continue;
    hasTried = true;
    if (isReady(net, process, port)) sendFetch(consumer, process, positions, port);
  }
  return hasTried;
}

function isFetching({ inFlight }: NetworkClient, broker: string): boolean {
  for (const entry of inFlight) {
    if (entry.request.type === 'kafka.fetch' && entry.broker === broker) return true;
  }
  return false;
}

/** The partitions that the broker leads and of which nothing is buffered. */
function fetchablePositions(consumer: Consumer, broker: string, nowUs: number): FetchPosition[] {
  const { metadata } = consumer.net;
  const positions: FetchPosition[] = [];
  for (const assigned of consumer.assigned) {
    const { topic, partition, position, positionEpoch, pipe } = assigned;
    if (position === null || assigned.paused || assigned.retryAtUs > nowUs) continue;
    if (isBuffered(consumer, assigned)) continue;
    const known = partitionOf(metadata, topic, partition);
    if (!known || known.leaderProcess === null) metadata.updateRequested = true;
    else if (known.leaderProcess === broker) {
      const { leaderEpoch } = known;
      // A new leader may not have what was read from the one before.
      const lastFetchedEpoch = positionEpoch < leaderEpoch ? positionEpoch : -1;
      positions.push({ topic, partition, offset: position, leaderEpoch, lastFetchedEpoch, pipe });
    }
  }
  return positions;
}

function sendFetch(
  { config, net }: Consumer,
  broker: string,
  positions: readonly FetchPosition[],
  port: KafkaClientPort,
): void {
  const request: FetchRequest = {
    type: 'kafka.fetch',
    clientId: net.clientId,
    correlationId: takeCorrelationId(net),
    replicaId: -1,
    maxWaitMs: config['fetch.max.wait.ms'],
    minBytes: config['fetch.min.bytes'],
    maxBytes: config['fetch.max.bytes'],
    partitionMaxBytes: config['max.partition.fetch.bytes'],
    positions,
  };
  sendRequest(net, broker, request, port);
}

function isBuffered({ fetched }: Consumer, { topic, partition }: AssignedPartition): boolean {
  for (const batch of fetched) {
    if (batch.partition === partition && batch.topic === topic) return true;
  }
  return false;
}

/** Takes a broker's answer to `request`; tells of records, and of errors that end the reading. */
export function onFetched(
  consumer: Consumer,
  request: FetchRequest,
  response: FetchResponse,
  nowUs: number,
): ConsumerEvent[] {
  const events: ConsumerEvent[] = [];
  let ready = false;
  for (const answer of response.partitions) {
    const assigned = assignedOf(consumer, answer.topic, answer.partition);
    // A seek or a rebalance in between makes the answer one to an old question.
    if (!assigned || assigned.position !== positionAsked(request, answer)?.offset) continue;
    if (answer.error !== null) {
      onFetchError(consumer, assigned, answer.error, nowUs, events);
      continue;
    }
    if (answer.diverging !== null) {
      onTruncation(consumer, assigned, answer.diverging, events);
      continue;
    }
    if (answer.records.from === answer.records.end) continue;
    assigned.highWatermark = answer.highWatermark;
    consumer.fetched.push(answer);
    ready = true;
  }
  if (!ready) return events;
  const told: ConsumerEvent = { kind: 'records ready' };
  // Mostly that is all there is to tell: a list that grows makes room for many.
  return events.length === 0 ? [told] : [...events, told];
}

/**
 * What was read is not in the leader's log any more: reading goes on where the logs parted. The real consumer finds out
 * by a request of its own before it fetches.
 */
function onTruncation(
  consumer: Consumer,
  assigned: AssignedPartition,
  { epoch, endOffset }: NonNullable<PartitionFetched['diverging']>,
  events: ConsumerEvent[],
): void {
  if (consumer.config['auto.offset.reset'] === 'none') {
    const message = `Truncated partitions detected with divergent offsets {${partitionName(assigned)}=OffsetAndMetadata{offset=${endOffset}, leaderEpoch=${epoch}, metadata=''}}`;
    assigned.paused = true;
    events.push({ kind: 'failed', error: 'OFFSET_OUT_OF_RANGE', message });
    return;
  }
  assigned.position = endOffset;
  assigned.positionEpoch = epoch;
}

function onFetchError(
  consumer: Consumer,
  assigned: AssignedPartition,
  error: KafkaError,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  const { config, net } = consumer;
  if (error !== 'OFFSET_OUT_OF_RANGE') {
    net.metadata.updateRequested = true;
    consumer.settled = false;
    assigned.retryAtUs = nowUs + config['retry.backoff.ms'] * 1000;
    return;
  }
  if (config['auto.offset.reset'] === 'none') {
    const message = `Fetch position ${assigned.position} is out of range for partition ${partitionName(assigned)}`;
    assigned.paused = true;
    events.push({ kind: 'failed', error, message });
    return;
  }
  assigned.position = null;
  assigned.awaits = 'reset';
  consumer.settled = false;
}

const nothing: readonly never[] = [];

/**
 * Takes at most `max.poll.records` out of what was fetched, one fetch after the other: order holds
 * within a partition only.
 */
export function collect(consumer: Consumer): readonly FetchedRecords[] {
  let room = consumer.config['max.poll.records'];
  const { fetched } = consumer;
  if (fetched.length === 0) return nothing;
  // Mostly of one partition: a list that grows makes room for many.
  let polled: FetchedRecords[] | null = null;
  let index = 0;
  while (room > 0) {
    const batch = fetched[index];
    if (!batch) break;
    const assigned = assignedOf(consumer, batch.topic, batch.partition);
    if (assigned?.paused) {
      index += 1;
      continue;
    }
    const { log, from, end } = batch.records;
    // An answer to a position that was passed since: the leader changed, and the one before answered as well.
    if (assigned?.position !== from) {
      takeOut(fetched, index);
      continue;
    }
    const position = Math.min(end, from + room);
    let taken = batch;
    if (position === end) takeOut(fetched, index);
    else {
      taken = { ...batch, records: { log, from, end: position } };
      fetched[index] = { ...batch, records: { log, from: position, end } };
    }
    room -= position - from;
    assigned.position = position;
    assigned.positionEpoch = leaderEpochAt(log, position - 1);
    if (polled === null) polled = [taken];
    else polled.push(taken);
  }
  return polled ?? nothing;
}

/** Forgets what was fetched of a partition, because its position moved or it was taken away. */
export function discardFetched(consumer: Consumer, topic: string, partition: number): void {
  for (let i = consumer.fetched.length - 1; i >= 0; i--) {
    const batch = consumer.fetched[i];
    if (batch?.topic === topic && batch.partition === partition) consumer.fetched.splice(i, 1);
  }
}
