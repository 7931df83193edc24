// The input of a run as one table of columns, made before the run starts.
//
// A record's id is its row. Several inputs lie one after the other, each in the order in which its
// records arrive, so a record of input i has an id from `spans[i].first` on. Nothing here is state:
// a run only reads the table, and a keyframe never copies it.

import { assert } from '../kernel/assert.ts';
import type { RecordId } from '../trace/format.ts';
import { utf8Length } from './utf8.ts';

export type { RecordId };

/** The rows of one scenario input: ids from `first` up to, and without, `first + count`. */
export interface InputSpan {
  readonly input: string;
  readonly first: RecordId;
  readonly count: number;
}

export interface Records {
  readonly count: number;
  readonly spans: readonly InputSpan[];
  /** When the record reaches the first node, in microseconds from the start; never falls in a span. */
  readonly arrivalUs: Float64Array;
  /** What the record says about when it happened, in microseconds from the start; may be negative. */
  readonly eventTimeUs: Float64Array;
  /** The same in whole milliseconds, rounded down: engines know no finer time stamps. */
  readonly eventTimeMs: Float64Array;
  /** The line's length in UTF-8 bytes, without a newline. */
  readonly sizeBytes: Int32Array;
  /** The record's text: a log line, a sentence. */
  readonly lines: readonly string[];
  /** The record's own key, for those that bring one; null where none of the records does. */
  readonly keys: readonly (string | null)[] | null;
  /** The partition that an explicit record asks for, −1 for none; null where none of them does. */
  readonly partitions: Int32Array | null;
  /** The file that an explicit record is written to; null where none of them names one. */
  readonly files: readonly (string | null)[] | null;
}

/** One record as a person or a parser writes it. */
export interface RecordRow {
  readonly arrivalUs: number;
  readonly eventTimeUs: number;
  readonly line: string;
  readonly key?: string;
  readonly partition?: number;
  readonly file?: string;
}

/**
 * The table of one input.
 * @param rows in order of arrival; times are whole microseconds
 */
export function recordsFromRows(input: string, rows: readonly RecordRow[]): Records {
  const count = rows.length;
  const arrivalUs = new Float64Array(count);
  const eventTimeUs = new Float64Array(count);
  const sizeBytes = new Int32Array(count);
  let previousUs = 0;
  rows.forEach((row, record) => {
    assert(
      Number.isSafeInteger(row.eventTimeUs),
      'an event time is a whole number of microseconds',
    );
    assert(Number.isSafeInteger(row.arrivalUs), 'an arrival is a whole number of microseconds');
    assert(row.arrivalUs >= previousUs, 'records come in the order of their arrival');
    previousUs = row.arrivalUs;
    arrivalUs[record] = row.arrivalUs;
    eventTimeUs[record] = row.eventTimeUs;
    sizeBytes[record] = utf8Length(row.line);
  });
  const has = (column: 'key' | 'partition' | 'file') =>
    rows.some((row) => row[column] !== undefined);
  return {
    count,
    spans: [{ input, first: 0, count }],
    arrivalUs,
    eventTimeUs,
    eventTimeMs: eventTimeUs.map((timeUs) => Math.floor(timeUs / 1000)),
    sizeBytes,
    lines: rows.map((row) => row.line),
    keys: has('key') ? rows.map((row) => row.key ?? null) : null,
    partitions: has('partition') ? Int32Array.from(rows, (row) => row.partition ?? -1) : null,
    files: has('file') ? rows.map((row) => row.file ?? null) : null,
  };
}

/** The tables of several inputs, one after the other, as one. */
export function joinRecords(tables: readonly Records[]): Records {
  const [only] = tables;
  if (tables.length === 1 && only) return only;
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const arrivalUs = new Float64Array(count);
  const eventTimeUs = new Float64Array(count);
  const eventTimeMs = new Float64Array(count);
  const sizeBytes = new Int32Array(count);
  const spans: InputSpan[] = [];
  let first = 0;
  for (const table of tables) {
    arrivalUs.set(table.arrivalUs, first);
    eventTimeUs.set(table.eventTimeUs, first);
    eventTimeMs.set(table.eventTimeMs, first);
    sizeBytes.set(table.sizeBytes, first);
    for (const span of table.spans) spans.push({ ...span, first: first + span.first });
    first += table.count;
  }
  const texts = (column: 'keys' | 'files') =>
    tables.some((table) => table[column])
      ? tables.flatMap((table) => table[column] ?? new Array<null>(table.count).fill(null))
      : null;
  return {
    count,
    spans,
    arrivalUs,
    eventTimeUs,
    eventTimeMs,
    sizeBytes,
    lines: tables.flatMap((table) => table.lines),
    keys: texts('keys'),
    partitions: tables.some((table) => table.partitions)
      ? Int32Array.from(
          tables.flatMap((table) => [
            ...(table.partitions ?? new Int32Array(table.count).fill(-1)),
          ]),
        )
      : null,
    files: texts('files'),
  };
}
