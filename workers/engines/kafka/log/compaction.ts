/**
 * How a compacted log keeps the last value of each key (`Cleaner` 3.9, `cleanup.policy=compact`): it reads
 * the dirty part into a map of key and last offset, as far as the map has room, and rewrites everything up
 * to there without what the map knows to be replaced. Offsets stay, so there are gaps.
 *
 * A null value is a tombstone: the first pass that sees it gives it a time to live, so that readers can
 * still learn of the deletion; a later pass drops it.
 *
 * A component of its own: the cleaner does not run in the engine. Left out: transactions, and which part
 * of which log the cleaner picks.
 */

export interface CompactedRecord {
  readonly offset: number;
  /** null only in logs from before the topic was compacted; the cleaner drops it. */
  readonly key: string | null;
  readonly value: string | null;
  /** When a tombstone may go, in milliseconds; −1 while no pass has seen it. */
  readonly deleteHorizonMs: number;
}

export interface CleanResult {
  readonly records: readonly CompactedRecord[];
  /** Where the next pass begins. */
  readonly firstDirtyOffset: number;
}

/**
 * One pass.
 *
 * @param firstDirtyOffset the part before it was clean already
 * @param upTo the part from it on is not cleanable: the active segment, and what is not committed
 * @param keysInMap how many keys fit into the map
 * @param deleteRetentionMs `delete.retention.ms`
 */
export function cleanLog(
  records: readonly CompactedRecord[],
  firstDirtyOffset: number,
  upTo: number,
  keysInMap: number,
  deleteRetentionMs: number,
  nowMs: number,
): CleanResult {
  const lastOffsets = new Map<string, number>();
  let end = firstDirtyOffset;
  for (const { offset, key } of records) {
    if (offset < firstDirtyOffset || offset >= upTo) continue;
    if (key !== null) {
      // A full map ends the pass even at a key that it holds.
      if (lastOffsets.size === keysInMap) break;
      lastOffsets.set(key, offset);
    }
    end = offset + 1;
  }
  const kept: CompactedRecord[] = [];
  for (const record of records) {
    if (record.offset >= end) kept.push(record);
    else if (isLastOfKey(record, lastOffsets)) {
      const stamped = withHorizon(record, deleteRetentionMs, nowMs);
      if (stamped !== null) kept.push(stamped);
    }
  }
  return { records: kept, firstDirtyOffset: end };
}

/** The message of the real `InvalidRecordException` for a record without a key, which nothing could ever replace. */
export function keylessRefusal(topic: string, partition: number): string {
  const error = `Compacted topic cannot accept message without key in topic partition ${topic}-${partition}`;
  return `One or more records have been rejected due to 1 record errors in total, and only showing the first three errors at most: [RecordError(batchIndex=0, message='${error}')]`;
}

function isLastOfKey(
  { key, offset }: CompactedRecord,
  lastOffsets: ReadonlyMap<string, number>,
): boolean {
  return key !== null && offset >= (lastOffsets.get(key) ?? -1);
}

/** A tombstone gets its horizon, and goes when a later pass finds it over. */
function withHorizon(
  record: CompactedRecord,
  deleteRetentionMs: number,
  nowMs: number,
): CompactedRecord | null {
  if (record.value !== null) return record;
  if (record.deleteHorizonMs < 0) {
    return { ...record, deleteHorizonMs: nowMs + deleteRetentionMs };
  }
  return nowMs >= record.deleteHorizonMs ? null : record;
}
