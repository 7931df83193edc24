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

/** A record until the fate of its batch is known; `tag` is the application's own and comes back. */
export interface ProducerRecord extends BatchedRecord {
  readonly topic: string;
  /** Asked for by the application, else null. */
  readonly partition: number | null;
  /** NO_TIMESTAMP until it is sent, where the application asked for no other time. */
  timestampMs: number;
  /** Key, value and headers: what it weighs wherever it stands in its batch. */
  readonly contentBytes: number;
  /** What it weighs where it stands: in the batch that it was last tried in. */
  sizeBytes: number;
  readonly tag: number;
}

/** `RecordBatch.NO_TIMESTAMP`. */
export const NO_TIMESTAMP = -1;

/**
 * `new ProducerRecord(topic, partition, timestamp, key, value)`.
 *
 * @param record the input's record that it carries, −1 for none
 * @param valueBytes the value's length in UTF-8, where the application has counted it already
 */
export function producerRecord(
  topic: string,
  partition: number | null,
  timestampMs: number,
  key: string | null,
  value: string | null,
  record: RecordId,
  tag: number,
  valueBytes?: number,
): ProducerRecord {
  const bytes = contentBytes(key, value, valueBytes);
  return {
    timestampMs,
    key,
    value,
    sizeBytes: 0,
    record,
    topic,
    partition,
    contentBytes: bytes,
    tag,
  };
}

export interface ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdUs: number;
  /** Of its first record: the others' are written as differences to it. */
  readonly baseTimestampMs: number;
  readonly records: ProducerRecord[];
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
  /** `batch.size`. */
  readonly batchSize: number;
  readonly sticky: StickyPartitioner;
  /** One for each partition that was used, in the order in which they were first used. */
  readonly queues: PartitionQueue[];
}

export interface TopicPartitions {
  readonly count: number;
  /** Those with a leader. */
  readonly available: readonly number[];
}

export type StickyRule = 'KIP-794' | 'KIP-480';

export function createTopicQueues(topic: string, batchSize: number): TopicQueues {
  return { topic, batchSize, sticky: createStickyPartitioner(), queues: [] };
}

/** The topic's queues; undefined before its first record. */
export function queuesOf(topics: readonly TopicQueues[], topic: string): TopicQueues | undefined {
  for (const queues of topics) if (queues.topic === topic) return queues;
  return undefined;
}

export function queueOf({ queues }: TopicQueues, partition: number): PartitionQueue {
  for (const queue of queues) if (queue.partition === partition) return queue;
  const queue = { partition, batches: [], inFlight: [], nextSequence: 0, producerEpoch: -1 };
  queues.push(queue);
  return queue;
}

/** `ProducerBatch.isFull`. */
export function isFull(batch: ProducerBatch): boolean {
  return batch.closed || batch.sizeBytes >= batch.limitBytes;
}

/** Only the last batch may be open, so it stands for all. */
function allBatchesFull(queue: PartitionQueue): boolean {
  const last = queue.batches.at(-1);
  return last === undefined || isFull(last);
}

/** Weighs the record for the partition's open batch: that batch if it fits, else null, and the batch is closed. */
function batchWithRoom(queue: PartitionQueue, next: ProducerRecord): ProducerBatch | null {
  const last = queue.batches.at(-1);
  // A batch that comes back for another attempt was closed when it was first sent.
  if (last === undefined || last.closed) return null;
  next.sizeBytes = bytesIn(last, next);
  if (last.sizeBytes + next.sizeBytes <= last.limitBytes) return last;
  last.closed = true;
  return null;
}

function bytesIn({ baseTimestampMs, records }: ProducerBatch, next: ProducerRecord): number {
  return recordBytes(next.contentBytes, next.timestampMs - baseTimestampMs, records.length);
}

/** `tryAppend`: into the partition's open batch if there is room. Returns the bytes by which it grew, or 0. */
function tryAppend(queue: PartitionQueue, next: ProducerRecord): number {
  const open = batchWithRoom(queue, next);
  if (open === null) return 0;
  open.records.push(next);
  open.sizeBytes += next.sizeBytes;
  return next.sizeBytes;
}

/** Appends to the partition's open batch, or opens one. Returns the bytes by which it grew. */
export function appendTo(
  topic: TopicQueues,
  partition: number,
  next: ProducerRecord,
  nowUs: number,
): number {
  const queue = queueOf(topic, partition);
  const bytes = tryAppend(queue, next);
  if (bytes > 0) return bytes;
  const batch = openBatch(topic, partition, next, nowUs);
  queue.batches.push(batch);
  return batch.sizeBytes;
}

function openBatch(
  { topic, batchSize }: TopicQueues,
  partition: number,
  next: ProducerRecord,
  nowUs: number,
): ProducerBatch {
  next.sizeBytes = recordBytes(next.contentBytes, 0, 0);
  const bytesAtMost = batchOverheadBytes + recordBytesUpperBound(next.contentBytes);
  return {
    topic,
    partition,
    createdUs: nowUs,
    baseTimestampMs: next.timestampMs,
    records: [next],
    limitBytes: Math.max(batchSize, bytesAtMost),
    sizeBytes: batchOverheadBytes + next.sizeBytes,
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
  next: ProducerRecord,
  partitions: TopicPartitions,
  nowUs: number,
  random: () => number,
): number {
  const { sticky, batchSize } = topic;
  if (sticky.partition < 0) goAnywhere(sticky, partitions, random);
  // A switch that an open batch held back is made up for once that batch is gone, or too full.
  const present = queueOf(topic, sticky.partition);
  batchWithRoom(present, next);
  if (isSwitchDue(sticky.producedBytes, batchSize, allBatchesFull(present)))
    goAnywhere(sticky, partitions, random);
  const { partition } = sticky;
  sticky.producedBytes += appendTo(topic, partition, next, nowUs);
  const isFullNow = allBatchesFull(queueOf(topic, partition));
  if (isSwitchDue(sticky.producedBytes, batchSize, isFullNow))
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

/** By KIP-480's rule a record that goes anywhere joins the batch of the one before it, while there is room. */
export function joinStickyBatch(topic: TopicQueues, next: ProducerRecord): boolean {
  const { partition } = topic.sticky;
  return partition >= 0 && tryAppend(queueOf(topic, partition), next) > 0;
}

/** Appends a record that goes anywhere, by KIP-480's rule. Returns its partition. */
export function appendStickyPerBatch(
  topic: TopicQueues,
  next: ProducerRecord,
  partitions: TopicPartitions,
  nowUs: number,
  random: () => number,
): number {
  const { sticky } = topic;
  if (sticky.partition < 0) goElsewhere(sticky, partitions, random);
  if (!joinStickyBatch(topic, next)) {
    goElsewhere(sticky, partitions, random);
    appendTo(topic, sticky.partition, next, nowUs);
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
