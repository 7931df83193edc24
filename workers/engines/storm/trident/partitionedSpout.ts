/**
 * `PartitionedTridentSpoutExecutor` and `OpaquePartitionedTridentSpoutExecutor` (Storm 2.8.8), one task of
 * them: which records of each partition a batch has when it is emitted, and when it is emitted again.
 *
 * A transactional spout stores the range of a batch as it emits it, and reads exactly this range again. An
 * opaque spout stores it when the batch commits; a replay starts where the batch before ended, and ends where
 * it will. What lies in ZooKeeper outlives the task, the ranges of an opaque spout in flight do not.
 *
 * A component of its own: no lane runs Trident.
 */
import type { TransactionAttempt } from './masterBatchCoordinator.ts';

/** Offsets of the first record and of the one after the last. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What lies in ZooKeeper. */
export interface StoredBatches {
  /** `coordinator/meta`: the partitions that a transaction reads. */
  readonly partitions: Map<number, readonly string[]>;
  /** `user/<partition>`: the range of a transaction in it. */
  readonly ranges: Map<string, Map<number, Range>>;
}

export interface PartitionedSpout {
  readonly kind: 'transactional' | 'opaque';
  readonly task: number;
  readonly tasks: number;
  readonly stored: StoredBatches;
  /** All partitions as of the last batch, and those of this task. */
  partitions: readonly string[] | null;
  own: readonly string[];
  /** The partitions are others than at the last commit. */
  havePartitionsChanged: boolean;
  /** Opaque only: the ranges of batches that have not committed. */
  readonly inFlight: Map<number, Map<string, Range>>;
  /** `TridentSpoutExecutor.activeBatches`: the attempt that was emitted last. */
  readonly attempts: Map<number, number>;
}

export function openPartitionedSpout(
  kind: PartitionedSpout['kind'],
  task: number,
  tasks: number,
  stored: StoredBatches = { partitions: new Map(), ranges: new Map() },
): PartitionedSpout {
  return {
    kind,
    task,
    tasks,
    stored,
    partitions: null,
    own: [],
    havePartitionsChanged: false,
    inFlight: new Map(),
    attempts: new Map(),
  };
}

/**
 * Emits a batch, for the first time or again.
 *
 * @param partitions the source's, sorted, as they are now
 * @param take the range that a batch gets if it may choose: from an offset on
 */
export function emitBatch(
  spout: PartitionedSpout,
  { txid, attempt }: TransactionAttempt,
  partitions: readonly string[],
  take: (partition: string, from: number) => Range,
): Map<string, Range> {
  const { kind, stored } = spout;
  const first = kind === 'transactional' ? stored.partitions.get(txid) : undefined;
  takeOver(spout, first ?? partitions);
  stored.partitions.set(txid, first ?? partitions);
  const ranges =
    kind === 'transactional'
      ? transactionalRanges(spout, txid, take)
      : opaqueRanges(spout, txid, take);
  spout.attempts.set(txid, attempt);
  return ranges;
}

/** The batch's commit phase; only opaque spouts take part in it. @throws FailedException for another attempt */
export function commitBatch(spout: PartitionedSpout, { txid, attempt }: TransactionAttempt): void {
  const { stored, inFlight, attempts } = spout;
  if (attempts.get(txid) !== attempt) {
    throw new Error('Received commit for different transaction attempt');
  }
  if (spout.havePartitionsChanged && spout.task === 0) {
    // A commit of an earlier attempt may have stored a range for a partition that is gone.
    for (const [partition, ranges] of stored.ranges) {
      if (!spout.partitions?.includes(partition)) ranges.delete(txid);
    }
    spout.havePartitionsChanged = false;
  }
  const batch = inFlight.get(txid) ?? new Map<string, Range>();
  inFlight.delete(txid);
  for (const [partition, range] of batch) {
    if (!spout.own.includes(partition)) throw new Error(nullPointer);
    rangesOf(stored, partition).set(txid, range);
  }
  attempts.delete(txid);
}

/** The NullPointerException of a commit whose partition is gone; it ends the worker. */
const nullPointer =
  'Cannot read field "rotatingState" because the return value of "java.util.Map.get(Object)" is null';

/** The batch has succeeded: what is stored of earlier ones is not needed any more. */
export function onSuccess(spout: PartitionedSpout, { txid }: TransactionAttempt): void {
  const { stored, own, attempts } = spout;
  const old = [attempts, stored.partitions, ...own.map((partition) => rangesOf(stored, partition))];
  for (const map of old) for (const key of map.keys()) if (key < txid) map.delete(key);
}

/** Partitions are dealt in turn to the tasks. */
function takeOver(spout: PartitionedSpout, partitions: readonly string[]): void {
  if (spout.partitions && isSame(spout.partitions, partitions)) return;
  spout.partitions = partitions;
  spout.own = partitions.filter((_, i) => i % spout.tasks === spout.task);
  for (const partition of spout.own) rangesOf(spout.stored, partition);
  spout.havePartitionsChanged = true;
}

function transactionalRanges(
  { stored, own }: PartitionedSpout,
  txid: number,
  take: (partition: string, from: number) => Range,
): Map<string, Range> {
  const isReplay = own.some((partition) => rangesOf(stored, partition).has(txid));
  const batch = new Map<string, Range>();
  for (const partition of own) {
    const ranges = rangesOf(stored, partition);
    if (!isReplay) ranges.set(txid, take(partition, endBefore(ranges, txid)));
    const range = ranges.get(txid);
    if (range) batch.set(partition, range);
  }
  return batch;
}

function opaqueRanges(
  { stored, own, inFlight }: PartitionedSpout,
  txid: number,
  take: (partition: string, from: number) => Range,
): Map<string, Range> {
  const before = inFlight.get(Math.max(...[...inFlight.keys()].filter((key) => key < txid)));
  const batch = new Map<string, Range>();
  for (const partition of own) {
    const ranges = rangesOf(stored, partition);
    ranges.delete(txid);
    const from = before?.get(partition)?.to ?? endBefore(ranges, Number.POSITIVE_INFINITY);
    batch.set(partition, take(partition, from));
  }
  inFlight.set(txid, batch);
  return batch;
}

/** Where the newest stored batch before `txid` ended. */
function endBefore(ranges: ReadonlyMap<number, Range>, txid: number): number {
  const last = Math.max(...[...ranges.keys()].filter((key) => key < txid));
  return ranges.get(last)?.to ?? 0;
}

function rangesOf({ ranges }: StoredBatches, partition: string): Map<number, Range> {
  const found = ranges.get(partition);
  if (found) return found;
  const made = new Map<number, Range>();
  ranges.set(partition, made);
  return made;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, i) => name === b[i]);
}
