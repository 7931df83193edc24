/**
 * Reading: a fetch at a partition's leader (`ReplicaManager.fetchMessages`, 3.9). Consumers see what is
 * committed, below the high watermark; followers see all of the log. A fetch that finds nothing waits at
 * the broker until there is something, or its time is over.
 *
 * Left out: reading from followers (KIP-392), the numbering of fetch sessions, throttles.
 */
import {
  type FetchPosition,
  type FetchRequest,
  type FetchResponse,
  type PartitionFetched,
  positionAsked,
} from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import { bytesIn, noRecords } from '../../../wire/recordLog.ts';
import { takeOut } from '../../../clients/kafka/takeOut.ts';
import { divergence, type EpochEnd } from '../log/leaderEpochs.ts';
import { batchesBetween, endOffset, readRecords } from '../log/partitionLog.ts';
import { isLeader, type Replica, replicaOf } from '../state.ts';
import type { BrokerContext } from './context.ts';
import { onFollowerFetch } from './leader.ts';
import { errorWithoutReplica } from './produce.ts';

const LOG_START_OFFSET = 0;

export function handleFetch(context: BrokerContext, from: number, request: FetchRequest): void {
  const { broker, env } = context;
  if (request.replicaId >= 0) {
    for (const { topic, partition, offset, leaderEpoch, lastFetchedEpoch } of request.positions) {
      const replica = replicaOf(broker, topic, partition);
      if (!replica || !isLeader(broker, replica) || replica.leaderEpoch !== leaderEpoch) continue;
      // A follower whose log parted from this one has not fetched anything yet.
      if (partingPoint(replica, lastFetchedEpoch, offset) !== null) continue;
      onFollowerFetch(context, replica, request.replicaId, offset);
    }
  }
  if (answer(context, from, request, request.maxWaitMs === 0)) return;
  broker.nextWaitId += 1;
  const id = broker.nextWaitId;
  broker.waitingFetches.push({ id, from, request });
  env.after(broker.process, request.maxWaitMs * 1000, { type: 'fetch waited long enough', id });
}

/** Answers those of the held-back fetches for which there is something now. */
export function answerWaitingFetches(context: BrokerContext): void {
  const { waitingFetches } = context.broker;
  let index = 0;
  while (index < waitingFetches.length) {
    const { from, request } = waitingFetches[index]!;
    if (answer(context, from, request, false)) takeOut(waitingFetches, index);
    else index += 1;
  }
}

/** `fetch.max.wait.ms` is over: the answer is empty. */
export function giveUpFetch(context: BrokerContext, id: number): void {
  const { waitingFetches } = context.broker;
  let index = 0;
  while (index < waitingFetches.length && waitingFetches[index]!.id < id) index += 1;
  const waiting = waitingFetches[index];
  // Mostly it has been answered, and only younger ones wait.
  if (waiting?.id !== id) return;
  takeOut(waitingFetches, index);
  answer(context, waiting.from, waiting.request, true);
}

/** @param parting where the reader's log parts from this one */
function errorOf(
  { broker }: BrokerContext,
  replica: Replica,
  { leaderEpoch, offset }: FetchPosition,
  parting: EpochEnd | 'unknown' | null,
): KafkaError | null {
  if (!isLeader(broker, replica)) return 'NOT_LEADER_OR_FOLLOWER';
  if (leaderEpoch >= 0 && leaderEpoch < replica.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (leaderEpoch > replica.leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
  if (parting === 'unknown') return 'OFFSET_OUT_OF_RANGE';
  const isOutOfRange = offset < LOG_START_OFFSET || offset > endOffset(replica.log);
  return isOutOfRange && parting === null ? 'OFFSET_OUT_OF_RANGE' : null;
}

function partingPoint(replica: Replica, lastFetchedEpoch: number, offset: number) {
  if (lastFetchedEpoch < 0) return null;
  return divergence(replica.log.epochs, lastFetchedEpoch, offset, endOffset(replica.log));
}

/**
 * Sends what there is, if an answer is due: `fetch.min.bytes` of records, an error, or a parting of logs.
 *
 * @param isOverdue whether it is due anyway
 * @returns whether it was
 */
function answer(
  context: BrokerContext,
  from: number,
  request: FetchRequest,
  isOverdue: boolean,
): boolean {
  // Mostly there is nothing to tell, or something of one partition: a list that grows makes room for many.
  let partitions: PartitionFetched[] | null = null;
  let bytes = 0;
  let isDue = isOverdue;
  for (const position of request.positions) {
    const fetched = readPartition(context, request, position, request.maxBytes - bytes);
    if (fetched === null) continue;
    if (partitions === null) partitions = [fetched];
    else partitions.push(fetched);
    bytes += bytesIn(fetched.records);
    if (fetched.error !== null || fetched.diverging !== null) isDue = true;
  }
  if (!isDue && bytes < request.minBytes) return false;
  send(context, from, request, partitions ?? NOTHING, bytes);
  return true;
}

/** Sends the answer, and draws its records on the pipes that the reader named. */
function send(
  { broker, env }: BrokerContext,
  from: number,
  request: FetchRequest,
  partitions: readonly PartitionFetched[],
  bytes: number,
): void {
  const { clientId, correlationId } = request;
  const response: FetchResponse = {
    type: 'kafka.fetch-response',
    clientId,
    correlationId,
    partitions,
  };
  const dueUs = env.send(broker.process, from, response, bytes);
  for (const fetched of partitions) {
    const pipe = positionAsked(request, fetched)?.pipe ?? -1;
    if (pipe < 0) continue;
    const { log, from: first, end } = fetched.records;
    for (let offset = first; offset < end; offset++) {
      const record = log.columns.record[offset] as number;
      if (record >= 0) env.trace.send(pipe, record, dueUs);
    }
  }
}

const NOTHING: readonly never[] = [];

/** What the reader is told of a partition; null for a consumer to whom there is nothing to say. */
function readPartition(
  context: BrokerContext,
  { replicaId, partitionMaxBytes }: FetchRequest,
  position: FetchPosition,
  room: number,
): PartitionFetched | null {
  const { topic, partition, offset, lastFetchedEpoch } = position;
  const replica = replicaOf(context.broker, topic, partition);
  if (!replica) {
    const error = errorWithoutReplica(context, topic, partition);
    return withoutRecords(position, error, -1, null);
  }
  const { log, highWatermark } = replica;
  const parting = partingPoint(replica, lastFetchedEpoch, offset);
  const error = errorOf(context, replica, position, parting);
  if (error !== null || parting === 'unknown') {
    return withoutRecords(position, error, highWatermark, null);
  }
  if (parting !== null) return withoutRecords(position, null, highWatermark, parting);
  const isFollower = replicaId >= 0;
  const end = isFollower ? endOffset(log) : highWatermark;
  const records =
    room > 0 ? readRecords(log, offset, end, Math.min(partitionMaxBytes, room)) : noRecords;
  if (!isFollower && records === noRecords) return null;
  const batches = isFollower ? batchesBetween(log, offset, records.end) : NOTHING;
  const logStartOffset = LOG_START_OFFSET;
  return {
    topic,
    partition,
    error,
    highWatermark,
    logStartOffset,
    diverging: null,
    records,
    batches,
  };
}

function withoutRecords(
  { topic, partition }: FetchPosition,
  error: KafkaError | null,
  highWatermark: number,
  diverging: EpochEnd | null,
): PartitionFetched {
  const logStartOffset = LOG_START_OFFSET;
  const nothing = { records: noRecords, batches: NOTHING };
  return { topic, partition, error, highWatermark, logStartOffset, diverging, ...nothing };
}
