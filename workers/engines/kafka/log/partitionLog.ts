/**
 * One replica's log of a partition: records at consecutive offsets, which leader epoch wrote which, and
 * what is remembered of producers. A record's offset is its index, because nothing here leaves holes:
 * markers of transactions and compaction are not part of the running engine.
 */
import {
  append,
  type AppendLog,
  createAppendLog,
  itemAt,
  truncate,
} from '../../../kernel/appendLog.ts';
import { assert } from '../../../kernel/assert.ts';
import type { BatchNote, ProducedBatch } from '../../../wire/kafka.ts';
import {
  appendRecord,
  createRecordLog,
  logBefore,
  noRecords,
  type RecordLog,
  type RecordRange,
  recordsIn,
} from '../../../wire/recordLog.ts';
import { type EpochStart, noteEpoch, truncateEpochs } from './leaderEpochs.ts';
import { type ProducerEntry, rememberBatch } from './producerState.ts';

export interface PartitionLog {
  records: RecordLog;
  readonly epochs: EpochStart[];
  /** The batches with sequence numbers, from which followers learn about producers. */
  readonly batches: AppendLog<BatchNote>;
  readonly producers: Map<number, ProducerEntry>;
}

export function createPartitionLog(): PartitionLog {
  return {
    records: createRecordLog(),
    epochs: [],
    batches: createAppendLog(),
    producers: new Map(),
  };
}

/** LEO, the offset that the next record gets. */
export function endOffset(log: PartitionLog): number {
  return log.records.length;
}

/** The epoch of the last record, −1 for an empty log. */
export function lastEpoch(log: PartitionLog): number {
  return log.epochs[log.epochs.length - 1]?.epoch ?? -1;
}

/** Appends as leader. Returns the first record's offset. */
export function appendBatch(log: PartitionLog, batch: ProducedBatch, leaderEpoch: number): number {
  const baseOffset = endOffset(log);
  noteEpoch(log.epochs, leaderEpoch, baseOffset);
  for (const record of batch.records) appendRecord(log.records, leaderEpoch, record);
  if (batch.producerId >= 0) {
    const { producerId, producerEpoch, baseSequence, records } = batch;
    noteBatch(log, {
      producerId,
      producerEpoch,
      baseSequence,
      records: records.length,
      baseOffset,
    });
  }
  return baseOffset;
}

/** Appends what a follower fetched, records and offsets as the leader has them. */
export function appendFetched(
  log: PartitionLog,
  records: RecordRange,
  batches: readonly BatchNote[],
): void {
  for (const record of recordsIn(records)) {
    assert(record.offset === endOffset(log), 'a follower appends at the offsets of its leader');
    noteEpoch(log.epochs, record.leaderEpoch, record.offset);
    appendRecord(log.records, record.leaderEpoch, record);
  }
  for (const batch of batches) noteBatch(log, batch);
}

function noteBatch(log: PartitionLog, batch: BatchNote): void {
  append(log.batches, batch);
  log.producers.set(batch.producerId, rememberBatch(log.producers.get(batch.producerId), batch));
}

/** Drops everything from `offset` on and returns how many records. What is remembered of producers is worked out anew. */
export function truncateLog(log: PartitionLog, offset: number): number {
  const end = endOffset(log);
  // A leader that was replaced before it wrote anything noted an epoch that nobody else knows of.
  truncateEpochs(log.epochs, Math.min(offset, end));
  if (offset >= end) return 0;
  log.records = logBefore(log.records, offset);
  let kept = log.batches.length;
  while (kept > 0 && itemAt(log.batches, kept - 1).baseOffset >= offset) kept -= 1;
  truncate(log.batches, kept);
  log.producers.clear();
  for (let i = 0; i < kept; i++) {
    const batch = itemAt(log.batches, i);
    log.producers.set(batch.producerId, rememberBatch(log.producers.get(batch.producerId), batch));
  }
  return end - offset;
}

const nothing: readonly never[] = [];

/** Records from `from` up to, and without, `to`, of at most `maxBytes` but at least one. */
export function readRecords(
  log: PartitionLog,
  from: number,
  to: number,
  maxBytes: number,
): RecordRange {
  if (from >= to) return noRecords;
  const { sizeBytes } = log.records.columns;
  let bytes = 0;
  let end = from;
  while (end < to) {
    bytes += sizeBytes[end] as number;
    if (end > from && bytes > maxBytes) break;
    end += 1;
  }
  return { log: log.records, from, end };
}

/** The numbered batches that begin in a stretch of the log. */
export function batchesBetween(log: PartitionLog, from: number, to: number): readonly BatchNote[] {
  if (log.batches.length === 0) return nothing;
  const found: BatchNote[] = [];
  for (let i = log.batches.length - 1; i >= 0; i--) {
    const batch = itemAt(log.batches, i);
    if (batch.baseOffset < from) break;
    if (batch.baseOffset < to) found.push(batch);
  }
  return found.reverse();
}
