/**
 * How far a reader with `isolation.level=read_committed` may read (`ProducerStateManager` 3.9): up to the
 * first record of the earliest transaction that is still open, or whose end is not committed yet. Records
 * of nobody's transaction wait behind it too.
 *
 * A component of its own: transactions do not run in the engine.
 */

export interface OpenTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
  /** Offset of the marker that ended it, null while it goes on. */
  readonly markerOffset: number | null;
}

export interface TransactionLog {
  endOffset: number;
  highWatermark: number;
  /** Those that still hold the last stable offset back, by first offset. */
  transactions: readonly OpenTransaction[];
}

export function createTransactionLog(): TransactionLog {
  return { endOffset: 0, highWatermark: 0, transactions: [] };
}

/** Appends records; with a producer id they belong to that producer's transaction. Returns their first offset. */
export function appendRecords(
  log: TransactionLog,
  records: number,
  producerId: number | null,
): number {
  const firstOffset = log.endOffset;
  log.endOffset += records;
  const isOpen = log.transactions.some(
    (open) => open.producerId === producerId && open.markerOffset === null,
  );
  if (producerId !== null && !isOpen) {
    log.transactions = [...log.transactions, { producerId, firstOffset, markerOffset: null }];
  }
  return firstOffset;
}

/** Ends a producer's transaction; commit and abort write a marker alike, which takes an offset. */
export function appendMarker(log: TransactionLog, producerId: number): number {
  const markerOffset = log.endOffset;
  log.endOffset += 1;
  log.transactions = log.transactions.map((open) =>
    open.producerId === producerId && open.markerOffset === null ? { ...open, markerOffset } : open,
  );
  return markerOffset;
}

/** The high watermark moved: transactions whose marker lies below it are over. */
export function commitUpTo(log: TransactionLog, highWatermark: number): void {
  log.highWatermark = Math.max(log.highWatermark, Math.min(highWatermark, log.endOffset));
  log.transactions = log.transactions.filter(
    ({ markerOffset }) => markerOffset === null || markerOffset >= log.highWatermark,
  );
}

export function lastStableOffset({ highWatermark, transactions }: TransactionLog): number {
  const [earliest] = transactions;
  return earliest ? Math.min(highWatermark, earliest.firstOffset) : highWatermark;
}
