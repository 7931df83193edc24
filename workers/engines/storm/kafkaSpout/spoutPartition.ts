/**
 * What a KafkaSpout keeps of one partition (storm-kafka-client 2.8.8, AT_LEAST_ONCE): which offsets are
 * in the topology, which failed and wait for their retry, and which are acked and not committed.
 *
 * A failed offset makes the spout seek back and read from there again; what follows it and is acked or
 * still in the topology is read once more too, and skipped.
 *
 * Left out: a limit of retries.
 */
import { createOffsetManager, type OffsetManager } from './offsetManager.ts';
import { ACKED, EMITTED, IN_TOPOLOGY, isMarked, mark, offsetsWith, unmark } from './offsetMarks.ts';
import { retryDelayUs } from './retryBackoff.ts';

export interface SpoutPartition {
  readonly number: number;
  /** Its marks also tell which offsets are in the topology: emitted, and neither acked nor failed. */
  readonly offsets: OffsetManager;
  /** Failed offsets, until they are acked. */
  readonly failures: Map<number, Failure>;
}

export interface Failure {
  fails: number;
  /** When it may be emitted again; null while it is in the topology. */
  retryAtUs: number | null;
}

/** @param fetchOffset where the spout began to read the partition */
export function createSpoutPartition(number: number, fetchOffset: number): SpoutPartition {
  return { number, offsets: createOffsetManager(fetchOffset), failures: new Map() };
}

/** The one with this number, of those that a spout has read something of. */
export function partitionWith(
  partitions: readonly SpoutPartition[],
  number: number,
): SpoutPartition | null {
  // They are few, so a walk is quicker than a table.
  for (const partition of partitions) if (partition.number === number) return partition;
  return null;
}

/**
 * `getPollablePartitionsInfo`: whether the partition may be read any further. At the limit only a failed record
 * among the offsets that are emitted and not committed lets it.
 */
export function isPollable(
  partition: SpoutPartition,
  maxUncommittedOffsets: number,
  nowUs: number,
): boolean {
  const atLimit = offsetsWith(partition.offsets.marks, EMITTED)[maxUncommittedOffsets - 1];
  if (atLimit === undefined) return true;
  const retriable = earliestRetriableOffset(partition, nowUs);
  return retriable !== null && retriable <= atLimit;
}

/** `emitOrRetryTuple`: whether a record that was read is to be emitted now. */
export function mayEmit(partition: SpoutPartition, offset: number, nowUs: number): boolean {
  if (isMarked(partition.offsets.marks, offset, ACKED | IN_TOPOLOGY)) return false;
  if (partition.failures.size === 0) return true;
  const retryAtUs = partition.failures.get(offset)?.retryAtUs ?? nowUs;
  return retryAtUs <= nowUs;
}

/** @returns whether the offset had been emitted before */
export function onEmitted(partition: SpoutPartition, offset: number): boolean {
  mark(partition.offsets.marks, offset, EMITTED | IN_TOPOLOGY);
  if (partition.failures.size === 0) return false;
  const failure = partition.failures.get(offset);
  if (failure === undefined) return false;
  failure.retryAtUs = null;
  return true;
}

export function onAck(partition: SpoutPartition, offset: number): void {
  const { marks } = partition.offsets;
  if (!unmark(marks, offset, IN_TOPOLOGY)) return;
  if (partition.failures.size > 0) partition.failures.delete(offset);
  mark(marks, offset, ACKED);
}

/** @returns when the offset may be emitted again, or null if the spout no longer knows it */
export function onFail(partition: SpoutPartition, offset: number, nowUs: number): number | null {
  const { marks } = partition.offsets;
  if (!unmark(marks, offset, IN_TOPOLOGY)) return null;
  const fails = (partition.failures.get(offset)?.fails ?? 0) + 1;
  const retryAtUs = nowUs + retryDelayUs(fails);
  partition.failures.set(offset, { fails, retryAtUs });
  return retryAtUs;
}

/**
 * `ackRetriableOffsetsIfCompactedAway`: after seeking back a poll began at `firstOffset`. What should have come before it
 * is no longer in the topic, and is taken for done; otherwise the spout would go back for it for ever.
 */
export function ackCompactedAway(
  partition: SpoutPartition,
  firstOffset: number,
  nowUs: number,
): void {
  const from = earliestRetriableOffset(partition, nowUs);
  if (from === null) return;
  const { marks } = partition.offsets;
  for (let offset = from; offset < firstOffset; offset++) {
    if (isMarked(marks, offset, ACKED | IN_TOPOLOGY)) continue;
    partition.failures.delete(offset);
    mark(marks, offset, ACKED);
  }
}

/** Where to seek back to before the next poll, or null: `earliestRetriableOffsets`. */
export function earliestRetriableOffset(partition: SpoutPartition, nowUs: number): number | null {
  if (partition.failures.size === 0) return null;
  let earliest: number | null = null;
  for (const [offset, { retryAtUs }] of partition.failures) {
    const isReady = retryAtUs !== null && retryAtUs <= nowUs;
    if (isReady && (earliest === null || offset < earliest)) earliest = offset;
  }
  return earliest;
}
