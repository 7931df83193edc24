/**
 * Where records without a key go: in runs, not round robin. A batch is sent when it is full or has
 * waited long enough, so spreading single records over partitions would make every batch small.
 *
 * `KIP-794` (3.3 and later, `BuiltInPartitioner` of 3.9): stay with a random partition until about
 * `batch.size` bytes went there. `KIP-480` (2.4 to 3.2, `StickyPartitionCache` of 2.7): stay until a new
 * batch has to be opened, then go to a random *other* partition.
 *
 * Left out: `partitioner.availability.timeout.ms`, which is off by default.
 */
import { assert } from '../../kernel/assert.ts';

export interface StickyPartitioner {
  /** −1 before the first record. */
  partition: number;
  /** Bytes appended since this partition was chosen. */
  producedBytes: number;
  /** Queue lengths folded into weights, null while all are equal or not all known. */
  load: PartitionLoad | null;
}

export interface PartitionLoad {
  readonly partitions: readonly number[];
  /** Running sum of the weights. */
  readonly cumulative: readonly number[];
}

export function createStickyPartitioner(): StickyPartitioner {
  return { partition: -1, producedBytes: 0, load: null };
}

/**
 * `updatePartitionLoadStats`: the shorter a partition's queue of batches, the heavier it weighs.
 *
 * @param queueLengths one for each of `partitions`
 */
export function partitionLoad(
  queueLengths: readonly number[],
  partitions: readonly number[],
): PartitionLoad | null {
  if (queueLengths.length < 2) return null;
  const longest = Math.max(...queueLengths);
  if (queueLengths.every((length) => length === longest)) return null;
  let sum = 0;
  const cumulative = queueLengths.map((length) => (sum += longest + 1 - length));
  return { partitions, cumulative };
}

/**
 * `nextPartition`: by weight if there are weights, else any that has a leader, else any.
 *
 * @param available partitions with a leader
 * @param random a whole number in [0, 2^31)
 */
export function nextPartition(
  load: PartitionLoad | null,
  available: readonly number[],
  partitionCount: number,
  random: number,
): number {
  if (load !== null) {
    const total = load.cumulative[load.cumulative.length - 1] ?? 0;
    const weighted = random % total;
    const index = load.cumulative.findIndex((sum) => sum > weighted);
    const partition = load.partitions[index];
    assert(partition !== undefined, 'a random number below the total has a partition');
    return partition;
  }
  if (available.length === 0) return random % partitionCount;
  return available[random % available.length] ?? 0;
}

/**
 * `updatePartitionInfo`: whether enough went to this partition. A batch that is still open holds the
 * switch back, up to twice `batch.size`, because leaving now would send it half full.
 */
export function isSwitchDue(
  producedBytes: number,
  batchSize: number,
  lastBatchIsFull: boolean,
): boolean {
  return (producedBytes >= batchSize && lastBatchIsFull) || producedBytes >= 2 * batchSize;
}

/**
 * KIP-480's `StickyPartitionCache.nextPartition`: the one other partition, or a random other one.
 *
 * @param random called until it names another partition than the present one
 */
export function otherPartition(
  present: number,
  available: readonly number[],
  partitionCount: number,
  random: () => number,
): number {
  const [only] = available;
  if (only === undefined) return random() % partitionCount;
  if (available.length === 1) return only;
  for (;;) {
    const partition = available[random() % available.length];
    if (partition !== undefined && partition !== present) return partition;
  }
}
