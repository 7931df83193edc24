/**
 * `RichSpoutBatchExecutor` (Storm 2.8.8): an ordinary spout in a Trident topology. A batch is what the spout
 * emits in up to `topology.spout.max.batch.size` calls of `nextTuple`. Nothing of it is stored, so a batch that
 * is emitted again is made of other tuples: that is what makes the spout non-transactional.
 *
 * Simplification: message ids of batches that nobody acks or fails are kept for ever, and not for three
 * message timeouts.
 *
 * A component of its own: no lane runs Trident.
 */

/** The spout; a tuple is its own message id. */
export interface RichSpout<T> {
  nextTuple(): T | null;
  ack(tuple: T): void;
  fail(tuple: T): void;
}

export interface RichSpoutBatches<T> {
  readonly spout: RichSpout<T>;
  readonly maxBatchSize: number;
  /** `numEmitted`: of all batches, for nothing sets it back. */
  emittedEver: number;
  readonly batches: Map<number, readonly T[]>;
}

export function createRichSpoutBatches<T>(
  spout: RichSpout<T>,
  maxBatchSize: number,
): RichSpoutBatches<T> {
  return { spout, maxBatchSize, emittedEver: 0, batches: new Map() };
}

/** Emits a batch, and fails the tuples that it had before. @returns its tuples, and how often the spout was asked */
export function emitRichSpoutBatch<T>(
  batches: RichSpoutBatches<T>,
  txid: number,
): { asked: number; emitted: T[] } {
  const { spout, maxBatchSize } = batches;
  for (const tuple of batches.batches.get(txid) ?? []) spout.fail(tuple);
  const emitted: T[] = [];
  let asked = 0;
  while (asked < maxBatchSize) {
    const tuple = spout.nextTuple();
    if (tuple !== null) emitted.push(tuple);
    if (tuple !== null) batches.emittedEver += 1;
    asked += 1;
    // Meant to end a batch when the spout is idle; once as many tuples were emitted ever, it never does.
    if (batches.emittedEver < asked - 1) break;
  }
  batches.batches.set(txid, emitted);
  return { asked, emitted };
}

export function onRichSpoutSuccess<T>({ batches, spout }: RichSpoutBatches<T>, txid: number): void {
  for (const tuple of batches.get(txid) ?? []) spout.ack(tuple);
  batches.delete(txid);
}
