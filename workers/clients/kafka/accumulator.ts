/**
 * The producer's memory: for each partition a queue of batches, of which only the last is still open
 * (`RecordAccumulator` and `ProducerBatch`, 3.9). Records share a request because they wait here
 * together, so what is in a batch decides speed, and for null keys also the partition.
 *
 * Left out: compression, headers, the splitting of batches that a broker finds too large.
 */
import { type JavaRandom, nextBits } from '../../jvm/random.ts';
import type { RecordId } from '../../trace/format.ts';
import { batchOverheadBytes, recordBytes, recordBytesUpperBound } from './recordSize.ts';
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
  readonly timestampsMs: number[];
  readonly sizesBytes: number[];
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

/** The partition's open batch if the record fits into it. One that it does not fit into is closed. */
function batchWithRoom(
  queue: PartitionQueue,
  record: ProducerRecord,
  timestampMs: number,
): ProducerBatch | null {
  const last = queue.batches[queue.batches.length - 1];
  // A batch that comes back for another attempt was closed when it was first sent.
  if (last === undefined || last.closed) return null;
  if (last.sizeBytes + nextRecordBytes(last, record, timestampMs) <= last.limitBytes) return last;
  last.closed = true;
  return null;
}

function nextRecordBytes(
  batch: ProducerBatch,
  record: ProducerRecord,
  timestampMs: number,
): number {
  const delta = timestampMs - (batch.timestampsMs[0] ?? timestampMs);
  return recordBytes(delta, batch.records.length, record.key, record.value);
}

/** Appends to the partition's open batch, or opens one. Returns the bytes by which it grew. */
export function appendTo(
  topic: TopicQueues,
  partition: number,
  record: ProducerRecord,
  timestampMs: number,
  batchSize: number,
  nowUs: number,
): number {
  const queue = queueOf(topic, partition);
  const open = batchWithRoom(queue, record, timestampMs);
  if (open) {
    const bytes = nextRecordBytes(open, record, timestampMs);
    open.records.push(record);
    open.timestampsMs.push(timestampMs);
    open.sizesBytes.push(bytes);
    open.sizeBytes += bytes;
    return bytes;
  }
  const sizeBytes = batchOverheadBytes + recordBytes(0, 0, record.key, record.value);
  queue.batches.push({
    topic: topic.topic,
    partition,
    createdUs: nowUs,
    records: [record],
    timestampsMs: [timestampMs],
    sizesBytes: [sizeBytes - batchOverheadBytes],
    limitBytes: Math.max(
      batchSize,
      batchOverheadBytes + recordBytesUpperBound(record.key, record.value),
    ),
    sizeBytes,
    closed: false,
    attempts: 0,
    retryAtUs: 0,
    leaderEpoch: -1,
    baseSequence: -1,
    producerEpoch: -1,
    correlationId: -1,
  });
  return sizeBytes;
}

/**
 * Appends a record that goes anywhere, by KIP-794's rule. Returns its partition.
 *
 * @param random a whole number in [0, 2^31)
 */
export function appendSticky(
  topic: TopicQueues,
  record: ProducerRecord,
  timestampMs: number,
  batchSize: number,
  partitions: TopicPartitions,
  nowUs: number,
  random: () => number,
): number {
  const { sticky } = topic;
  const choose = () => {
    sticky.partition = nextPartition(sticky.load, partitions.available, partitions.count, random());
    sticky.producedBytes = 0;
  };
  if (sticky.partition < 0) choose();
  // A switch that an open batch held back is made up for once that batch is gone, or too full.
  const present = queueOf(topic, sticky.partition);
  batchWithRoom(present, record, timestampMs);
  if (isSwitchDue(sticky.producedBytes, batchSize, allBatchesFull(present))) choose();
  const { partition } = sticky;
  sticky.producedBytes += appendTo(topic, partition, record, timestampMs, batchSize, nowUs);
  if (isSwitchDue(sticky.producedBytes, batchSize, allBatchesFull(queueOf(topic, partition)))) {
    choose();
  }
  return partition;
}

/** Appends a record that goes anywhere, by KIP-480's rule. Returns its partition. */
export function appendStickyPerBatch(
  topic: TopicQueues,
  record: ProducerRecord,
  timestampMs: number,
  batchSize: number,
  partitions: TopicPartitions,
  nowUs: number,
  random: () => number,
): number {
  const { sticky } = topic;
  const choose = () => {
    sticky.partition = otherPartition(
      sticky.partition,
      partitions.available,
      partitions.count,
      random,
    );
  };
  if (sticky.partition < 0) choose();
  if (!batchWithRoom(queueOf(topic, sticky.partition), record, timestampMs)) choose();
  appendTo(topic, sticky.partition, record, timestampMs, batchSize, nowUs);
  return sticky.partition;
}

/** `Utils.toPositive(nextInt())`. */
export function positiveInt(random: JavaRandom): number {
  return nextBits(random, 32) & 0x7fffffff;
}
