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
  readonly columns: Omit<Occurrences, 'undoneUs'>;
  /** Row → when it was undone: hardly any is. */
  readonly undone: Map<number, number>;
}

export function createOccurrences(rows = FIRST_ROWS): GrowingOccurrences {
  const columns = {
    records: integers(rows),
    ordinals: integers(rows),
    tuples: integers(rows),
    expectedFirst: integers(rows),
    expectedLast: integers(rows),
    countedFirst: integers(rows),
    countedLast: integers(rows),
    atUs: numbers(rows),
  };
  return { length: 0, columns, undone: new Map() };
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
  table.length = row + 1;
  return row;
}

/** The tuple has left the state, unless it had before. */
export function undoOccurrence({ undone }: GrowingOccurrences, row: number, nowUs: number): void {
  if (!undone.has(row)) undone.set(row, nowUs);
}

/** The rows in use; views of the table, which later bookings may leave behind. */
export function occurrencesIn({ columns, length, undone }: GrowingOccurrences): Occurrences {
  const undoneUs = numbers(length).fill(Infinity);
  for (const [row, timeUs] of undone) undoneUs[row] = timeUs;
  return {
    records: columns.records.subarray(0, length),
    ordinals: columns.ordinals.subarray(0, length),
    tuples: columns.tuples.subarray(0, length),
    expectedFirst: columns.expectedFirst.subarray(0, length),
    expectedLast: columns.expectedLast.subarray(0, length),
    countedFirst: columns.countedFirst.subarray(0, length),
    countedLast: columns.countedLast.subarray(0, length),
    atUs: columns.atUs.subarray(0, length),
    undoneUs,
  };
}
