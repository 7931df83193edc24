import { FIRST_ROWS, growColumns, integers, numbers } from '../kernel/columns.ts';

/**
 * Tuples in a lane's state, each from `atUs` until `undoneUs` (Infinity: it still is): one row of equally long columns.
 * Windows are numbers in a row, so a tuple's windows are two of them.
 */
export interface Occurrences {
  readonly records: Int32Array;
  readonly ordinals: Int32Array;
  readonly tuples: Int32Array;
  readonly expectedFirst: Int32Array;
  readonly expectedLast: Int32Array;
  readonly countedFirst: Int32Array;
  readonly countedLast: Int32Array;
  readonly atUs: Float64Array;
  readonly undoneUs: Float64Array;
}

/** Occurrences as they are booked: only the first `length` rows of the columns are in use. */
export interface GrowingOccurrences {
  length: number;
  readonly columns: Occurrences;
}

export function createOccurrences(rows = FIRST_ROWS): GrowingOccurrences {
  return { length: 0, columns: emptyColumns(rows) };
}

/** Books a row that starts at `atUs`, and returns its index. */
export function addOccurrence(
  table: GrowingOccurrences,
  record: number,
  ordinal: number,
  tuples: number,
  expectedFirst: number,
  expectedLast: number,
  countedFirst: number,
  countedLast: number,
  atUs: number,
): number {
  const row = table.length;
  if (row === table.columns.records.length) growColumns(table.columns);
  const { columns } = table;
  columns.records[row] = record;
  columns.ordinals[row] = ordinal;
  columns.tuples[row] = tuples;
  columns.expectedFirst[row] = expectedFirst;
  columns.expectedLast[row] = expectedLast;
  columns.countedFirst[row] = countedFirst;
  columns.countedLast[row] = countedLast;
  columns.atUs[row] = atUs;
  columns.undoneUs[row] = Infinity;
  table.length = row + 1;
  return row;
}

/** The rows in use; views of the table, which later bookings may leave behind. */
export function occurrencesIn({ columns, length }: GrowingOccurrences): Occurrences {
  return mapColumns(
    columns,
    (column) => column.subarray(0, length),
    (column) => column.subarray(0, length),
  );
}

function emptyColumns(rows: number): Occurrences {
  return {
    records: integers(rows),
    ordinals: integers(rows),
    tuples: integers(rows),
    expectedFirst: integers(rows),
    expectedLast: integers(rows),
    countedFirst: integers(rows),
    countedLast: integers(rows),
    atUs: numbers(rows),
    undoneUs: numbers(rows),
  };
}

function mapColumns(
  columns: Occurrences,
  whole: (column: Int32Array) => Int32Array,
  time: (column: Float64Array) => Float64Array,
): Occurrences {
  return {
    records: whole(columns.records),
    ordinals: whole(columns.ordinals),
    tuples: whole(columns.tuples),
    expectedFirst: whole(columns.expectedFirst),
    expectedLast: whole(columns.expectedLast),
    countedFirst: whole(columns.countedFirst),
    countedLast: whole(columns.countedLast),
    atUs: time(columns.atUs),
    undoneUs: time(columns.undoneUs),
  };
}
