/**
 * The producer's memory: for each partition a queue of batches, of which only the last is still open
 * (`RecordAccumulator` and `ProducerBatch`, 3.9). Records share a request because they wait here
 * together, so what is in a batch decides speed, and for null keys also the partition.
 *
 * Left out: compression, headers, the splitting of batches that a broker finds too large.
 */
import { type JavaRandom, nextBits } from '../../jvm/random.ts';
import type { RecordId } from '../../trace/format.ts';
import type { BatchedRecord } from '../../wire/kafka.ts';
import {
  batchOverheadBytes,
  contentBytes,
  recordBytes,
  recordBytesUpperBound,
} from './recordSize.ts';
import {
  createStickyPartitioner,
  isSwitchDue,
  nextPartition,
  otherPartition,
  type StickyPartitioner,
} from './stickyPartitioner.ts';

/** A record as the application hands it over; `tag` is the application's own and comes back. */
export interface ProducerRecord {
  readonly topic: string;
  /** Asked for by the application, else null. */
  readonly partition: number | null;
  readonly key: string | null;
  readonly value: string | null;
  /** Length of `value` in UTF-8, where the application has counted it already. */
  readonly valueBytes?: number;
  /** Null: the time at which it is sent. Milliseconds. */
  readonly timestampMs: number | null;
  readonly record: RecordId;
  readonly tag: number;
}

export interface ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdUs: number;
  readonly records: ProducerRecord[];
  /** The same records as they will be on the wire. */
  readonly batched: BatchedRecord[];
  /** The most that this batch may hold: `batch.size`, or one record that is larger. */
  readonly limitBytes: number;
  sizeBytes: number;
  /** No more records, because one did not fit. */
  closed: boolean;
  attempts: number;
  /** After a failed attempt: not to be sent again before, unless the leader changes. */
  retryAtUs: number;
  /** The leader epoch under which it was last sent, −1 if it was not. */
  leaderEpoch: number;
  /** −1 until it is first sent, or without idempotence. */
  baseSequence: number;
  producerEpoch: number;
  /** Of the request that carries it now, −1 for none. */
  correlationId: number;
}

export interface PartitionQueue {
  readonly partition: number;
  /** Oldest first. */
  readonly batches: ProducerBatch[];
  /** Sent and not answered, oldest first. */
  readonly inFlight: ProducerBatch[];
  nextSequence: number;
  /** The producer epoch to which `nextSequence` belongs. */
  producerEpoch: number;
}

export interface TopicQueues {
  readonly topic: string;
  readonly sticky: StickyPartitioner;
  /** In the order in which they were first used. */
  readonly queues: Map<number, PartitionQueue>;
}

export interface TopicPartitions {
  readonly count: number;
  /** Those with a leader. */
  readonly available: readonly number[];
}

export type StickyRule = 'KIP-794' | 'KIP-480';

export function createTopicQueues(topic: string): TopicQueues {
  return { topic, sticky: createStickyPartitioner(), queues: new Map() };
}

export function queueOf(topic: TopicQueues, partition: number): PartitionQueue {
  let queue = topic.queues.get(partition);
  if (!queue) {
    queue = { partition, batches: [], inFlight: [], nextSequence: 0, producerEpoch: -1 };
    topic.queues.set(partition, queue);
  }
  return queue;
}

/** `ProducerBatch.isFull`. */
export function isFull(batch: ProducerBatch): boolean {
  return batch.closed || batch.sizeBytes >= batch.limitBytes;
}

/** Only the last batch may be open, so it stands for all. */
function allBatchesFull(queue: PartitionQueue): boolean {
  const last = queue.batches[queue.batches.length - 1];
  return last === undefined || isFull(last);
}

/** A record about to be appended. */
export interface Incoming {
  readonly record: ProducerRecord;
  readonly timestampMs: number;
  readonly contentBytes: number;
  /** `batch.size`. */
  readonly batchSize: number;
  readonly nowUs: number;
}

export function incoming(record: ProducerRecord, batchSize: number, nowUs: number): Incoming {
  return {
    record,
    timestampMs: record.timestampMs ?? Math.floor(nowUs / 1000),
    contentBytes: contentBytes(record.key, record.value, record.valueBytes),
    batchSize,
    nowUs,
  };
}

/** The partition's open batch if the record fits into it. One that it does not fit into is closed. */
function batchWithRoom(queue: PartitionQueue, next: Incoming): ProducerBatch | null {
  const last = queue.batches[queue.batches.length - 1];
  // A batch that comes back for another attempt was closed when it was first sent.
  if (last === undefined || last.closed) return null;
  if (last.sizeBytes + bytesIn(last, next) <= last.limitBytes) return last;
  last.closed = true;
  return null;
}

function bytesIn(batch: ProducerBatch, next: Incoming): number {
  const delta = next.timestampMs - (batch.batched[0]?.timestampMs ?? next.timestampMs);
  return recordBytes(next.contentBytes, delta, batch.records.length);
}

/** Appends to the partition's open batch, or opens one. Returns the bytes by which it grew. */
export function appendTo(topic: TopicQueues, partition: number, next: Incoming): number {
  const queue = queueOf(topic, partition);
  const open = batchWithRoom(queue, next);
  if (open) return extend(open, next);
  const batch = openBatch(topic.topic, partition, next);
  queue.batches.push(batch);
  return batch.sizeBytes;
}

function extend(batch: ProducerBatch, next: Incoming): number {
  const bytes = bytesIn(batch, next);
  batch.records.push(next.record);
  batch.batched.push(onTheWire(next, bytes));
  batch.sizeBytes += bytes;
  return bytes;
}

function onTheWire({ record, timestampMs }: Incoming, sizeBytes: number): BatchedRecord {
  return { timestampMs, key: record.key, value: record.value, sizeBytes, record: record.record };
}

function openBatch(topic: string, partition: number, next: Incoming): ProducerBatch {
  const bytes = recordBytes(next.contentBytes, 0, 0);
  const bytesAtMost = batchOverheadBytes + recordBytesUpperBound(next.contentBytes);
  return {
    topic,
    partition,
    createdUs: next.nowUs,
    records: [next.record],
    batched: [onTheWire(next, bytes)],
    limitBytes: Math.max(next.batchSize, bytesAtMost),
    sizeBytes: batchOverheadBytes + bytes,
    closed: false,
    attempts: 0,
    retryAtUs: 0,
    leaderEpoch: -1,
    baseSequence: -1,
    producerEpoch: -1,
    correlationId: -1,
  };
}

/**
 * Appends a record that goes anywhere, by KIP-794's rule. Returns its partition.
 *
 * @param random gives whole numbers in [0, 2^31)
 */
export function appendSticky(
  topic: TopicQueues,
  next: Incoming,
  partitions: TopicPartitions,
  random: () => number,
): number {
  const { sticky } = topic;
  if (sticky.partition < 0) goAnywhere(sticky, partitions, random);
  // A switch that an open batch held back is made up for once that batch is gone, or too full.
  const present = queueOf(topic, sticky.partition);
  batchWithRoom(present, next);
  if (isSwitchDue(sticky.producedBytes, next.batchSize, allBatchesFull(present)))
    goAnywhere(sticky, partitions, random);
  const { partition } = sticky;
  sticky.producedBytes += appendTo(topic, partition, next);
  const isFullNow = allBatchesFull(queueOf(topic, partition));
  if (isSwitchDue(sticky.producedBytes, next.batchSize, isFullNow))
    goAnywhere(sticky, partitions, random);
  return partition;
}

function goAnywhere(
  sticky: StickyPartitioner,
  { available, count }: TopicPartitions,
  random: () => number,
): void {
  sticky.partition = nextPartition(sticky.load, available, count, random());
  sticky.producedBytes = 0;
}

/** Appends a record that goes anywhere, by KIP-480's rule. Returns its partition. */
export function appendStickyPerBatch(
  topic: TopicQueues,
  next: Incoming,
  partitions: TopicPartitions,
  random: () => number,
): number {
  const { sticky } = topic;
  if (sticky.partition < 0) goElsewhere(sticky, partitions, random);
  const open = batchWithRoom(queueOf(topic, sticky.partition), next);
  if (open) extend(open, next);
  else {
    goElsewhere(sticky, partitions, random);
    appendTo(topic, sticky.partition, next);
  }
  return sticky.partition;
}

function goElsewhere(
  sticky: StickyPartitioner,
  { available, count }: TopicPartitions,
  random: () => number,
): void {
  sticky.partition = otherPartition(sticky.partition, available, count, random);
}

/** `Utils.toPositive(nextInt())`. */
export function positiveInt(random: JavaRandom): number {
  return nextBits(random, 32) & 0x7fffffff;
}
