/**
 * Reading: a fetch at a partition's leader (`ReplicaManager.fetchMessages`, 3.9). Consumers see what is
 * committed, below the high watermark; followers see all of the log. A fetch that finds nothing waits at
 * the broker until there is something, or its time is over.
 *
 * Left out: reading from followers (KIP-392), incremental fetch sessions, throttles.
 */
import type {
  FetchPosition,
  FetchRequest,
  FetchResponse,
  PartitionFetched,
} from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import { divergence } from '../log/leaderEpochs.ts';
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
  if (answerIfEnough(context, from, request)) return;
  broker.nextWaitId += 1;
  broker.waitingFetches.set(broker.nextWaitId, { from, request });
  env.after(broker.process, request.maxWaitMs * 1000, {
    type: 'fetch waited long enough',
    id: broker.nextWaitId,
  });
}

/** Answers those of the held-back fetches for which there is something now. */
export function answerWaitingFetches(context: BrokerContext): void {
  for (const [id, { from, request }] of context.broker.waitingFetches) {
    if (answerIfEnough(context, from, request)) context.broker.waitingFetches.delete(id);
  }
}

/** `fetch.max.wait.ms` is over: the answer is empty. */
export function giveUpFetch(context: BrokerContext, id: number): void {
  const waiting = context.broker.waitingFetches.get(id);
  if (!waiting) return;
  context.broker.waitingFetches.delete(id);
  const { from, request } = waiting;
  answer(context, from, request, read(context, request));
}

function answerIfEnough(context: BrokerContext, from: number, request: FetchRequest): boolean {
  if (!hasEnough(context, request)) return false;
  answer(context, from, request, read(context, request));
  return true;
}

/** Whether an answer is due: an error, a parting of logs, or `fetch.min.bytes` of records. */
function hasEnough(context: BrokerContext, request: FetchRequest): boolean {
  let bytes = 0;
  for (const position of request.positions) {
    const replica = replicaOf(context.broker, position.topic, position.partition);
    if (!replica || errorOf(context, replica, position) !== null) return true;
    if (partingPoint(replica, position.lastFetchedEpoch, position.offset) !== null) return true;
    const limit = readableTo(replica, request.replicaId);
    for (let offset = position.offset; offset < limit && bytes < request.minBytes; offset++) {
      bytes += replica.log.records.items[offset]?.sizeBytes ?? 0;
    }
    if (bytes >= request.minBytes) return true;
  }
  return request.maxWaitMs === 0;
}

function readableTo(replica: Replica, replicaId: number): number {
  return replicaId >= 0 ? endOffset(replica.log) : replica.highWatermark;
}

function errorOf(
  { broker }: BrokerContext,
  replica: Replica,
  { leaderEpoch, offset, lastFetchedEpoch }: FetchPosition,
): KafkaError | null {
  if (!isLeader(broker, replica)) return 'NOT_LEADER_OR_FOLLOWER';
  if (leaderEpoch >= 0 && leaderEpoch < replica.leaderEpoch) return 'FENCED_LEADER_EPOCH';
  if (leaderEpoch > replica.leaderEpoch) return 'UNKNOWN_LEADER_EPOCH';
  const parting = partingPoint(replica, lastFetchedEpoch, offset);
  if (parting === 'unknown') return 'OFFSET_OUT_OF_RANGE';
  const isOutOfRange = offset < LOG_START_OFFSET || offset > endOffset(replica.log);
  return isOutOfRange && parting === null ? 'OFFSET_OUT_OF_RANGE' : null;
}

function partingPoint(replica: Replica, lastFetchedEpoch: number, offset: number) {
  if (lastFetchedEpoch < 0) return null;
  return divergence(replica.log.epochs, lastFetchedEpoch, offset, endOffset(replica.log));
}

function read(context: BrokerContext, request: FetchRequest): PartitionFetched[] {
  let room = request.maxBytes;
  return request.positions.map((position) => {
    const fetched = readPartition(context, request, position, room);
    for (const { sizeBytes } of fetched.records) room -= sizeBytes;
    return fetched;
  });
}

const NOTHING: readonly never[] = [];

function readPartition(
  context: BrokerContext,
  { replicaId, partitionMaxBytes }: FetchRequest,
  position: FetchPosition,
  room: number,
): PartitionFetched {
  const { topic, partition, offset } = position;
  const replica = replicaOf(context.broker, topic, partition);
  const error = replica
    ? errorOf(context, replica, position)
    : errorWithoutReplica(context, topic, partition);
  const parting =
    replica && error === null ? partingPoint(replica, position.lastFetchedEpoch, offset) : null;
  const diverging = parting === 'unknown' ? null : parting;
  const records =
    replica && error === null && diverging === null && room > 0
      ? readRecords(
          replica.log,
          offset,
          readableTo(replica, replicaId),
          Math.min(partitionMaxBytes, room),
        )
      : NOTHING;
  const batches =
    replica && replicaId >= 0
      ? batchesBetween(replica.log, offset, offset + records.length)
      : NOTHING;
  return {
    topic,
    partition,
    error,
    highWatermark: replica?.highWatermark ?? -1,
    logStartOffset: LOG_START_OFFSET,
    diverging,
    records,
    batches,
  };
}

/** Sends the answer and draws its records on the pipes that the reader named. */
function answer(
  { broker, env }: BrokerContext,
  from: number,
  { clientId, correlationId, positions }: FetchRequest,
  partitions: readonly PartitionFetched[],
): void {
  const response: FetchResponse = {
    type: 'kafka.fetch-response',
    clientId,
    correlationId,
    partitions,
  };
  let bytes = 0;
  for (const { records } of partitions) for (const { sizeBytes } of records) bytes += sizeBytes;
  const dueUs = env.send(broker.process, from, response, bytes);
  partitions.forEach(({ records }, index) => {
    const pipe = positions[index]?.pipe ?? -1;
    if (pipe < 0) return;
    for (const { record } of records) if (record >= 0) env.trace.send(pipe, record, dueUs);
  });
}
