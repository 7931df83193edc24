/**
 * Records as they lie in a partition's log, a column for each field: a record's offset is its row, because nothing here
 * leaves holes. Answers and consumers point at stretches of the log instead of copying records, which is sound
 * because what lies in a log never changes, and cutting its tail off (a Kafka follower does) makes a new log.
 */
import { addRow, type AppendColumns, createAppendColumns } from '../kernel/appendColumns.ts';
import { integers, numbers } from '../kernel/columns.ts';
import type { RecordId } from '../trace/format.ts';
import type { BatchedRecord } from './kafka.ts';

export interface RecordColumns {
  leaderEpoch: Int32Array;
  timestampMs: Float64Array;
  key: (string | null)[];
  value: (string | null)[];
  sizeBytes: Int32Array;
  record: Int32Array;
}

export type RecordLog = AppendColumns<RecordColumns>;

/** The records at offsets from `from` up to, and without, `end`. */
export interface RecordRange {
  readonly log: RecordLog;
  readonly from: number;
  readonly end: number;
}

/** A record of a log with all that is known of it. */
export interface LogRecord extends BatchedRecord {
  readonly offset: number;
  readonly leaderEpoch: number;
}

/** A log without records takes no room: many a replica never gets one. */
export function createRecordLog(): RecordLog {
  return createAppendColumns({
    leaderEpoch: integers(0),
    timestampMs: numbers(0),
    key: [],
    value: [],
    sizeBytes: integers(0),
    record: integers(0),
  });
}

export const noRecords: RecordRange = { log: createRecordLog(), from: 0, end: 0 };

export function appendRecord(
  log: RecordLog,
  leaderEpoch: number,
  { timestampMs, key, value, sizeBytes, record }: BatchedRecord,
): void {
  const { columns } = log;
  const offset = addRow(log, columns.record);
  columns.leaderEpoch[offset] = leaderEpoch;
  columns.timestampMs[offset] = timestampMs;
  columns.key[offset] = key;
  columns.value[offset] = value;
  columns.sizeBytes[offset] = sizeBytes;
  columns.record[offset] = record;
}

/** A log of the records before `end`. */
export function logBefore({ kind, columns }: RecordLog, end: number): RecordLog {
  const { leaderEpoch, timestampMs, key, value, sizeBytes, record } = columns;
  return {
    kind,
    columns: {
      leaderEpoch: leaderEpoch.slice(0, end),
      timestampMs: timestampMs.slice(0, end),
      key: key.slice(0, end),
      value: value.slice(0, end),
      sizeBytes: sizeBytes.slice(0, end),
      record: record.slice(0, end),
    },
    length: end,
  };
}

export function leaderEpochAt({ columns }: RecordLog, offset: number): number {
  return columns.leaderEpoch[offset] as number;
}

export function bytesIn({ log, from, end }: RecordRange): number {
  const { sizeBytes } = log.columns;
  let bytes = 0;
  for (let offset = from; offset < end; offset++) bytes += sizeBytes[offset] as number;
  return bytes;
}

/** The input's records that they carry; −1 for one that was made on the way. */
export function recordIdsIn({ log, from, end }: RecordRange): RecordId[] {
  return [...log.columns.record.subarray(from, end)];
}

export function recordsIn({ log, from, end }: RecordRange): LogRecord[] {
  const { columns } = log;
  const records: LogRecord[] = [];
  for (let offset = from; offset < end; offset++) {
    records.push({
      offset,
      leaderEpoch: leaderEpochAt(log, offset),
      timestampMs: columns.timestampMs[offset] as number,
      key: columns.key[offset] as string | null,
      value: columns.value[offset] as string | null,
      sizeBytes: columns.sizeBytes[offset] as number,
      record: columns.record[offset] as number,
    });
  }
  return records;
}
