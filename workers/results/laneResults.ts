import type { RecordId } from '../trace/format.ts';

/**
 * Where a lane books what it did with each record, in the terms of its own windows.
 *
 * A lane's windows are numbered: window k of a lane covers [endOf(k) − size, endOf(k)) or (…] in the lane's own way,
 * with ends an arithmetic progression. A record's windows are then a range of numbers, and the ledger needs one
 * occurrence a record instead of one edge a window. A lane without windows books rows.
 *
 * One record may become several tuples (words of a sentence); `ordinal` tells them apart, 0 … tuples − 1.
 */
export interface LaneResults {
  /** The record will appear in no result of this lane, by its program: nothing came out of its functions. */
  filtered(record: RecordId): void;
  /**
   * A tuple of the record entered the lane's state.
   * @param expectedFirst,expectedLast the windows in which the engine's own rule expects it
   * @param countedFirst,countedLast the windows that now count it (fewer when part of them was past already; an empty
   *   range, last < first, when none)
   * @returns the occurrence, to be undone by `undo`
   */
  counted(
    record: RecordId,
    ordinal: number,
    tuples: number,
    expectedFirst: number,
    expectedLast: number,
    countedFirst: number,
    countedLast: number,
  ): number;
  /** The state forgot the occurrence again (a restore from a snapshot, a worker's death). */
  undo(occurrence: number): void;
  /** How many occurrences were booked so far: `undoFrom(mark)` after a restore undoes all from there on. */
  mark(): number;
  undoFrom(mark: number): void;
  /** The tuple was dropped as late in every one of its windows. */
  late(record: RecordId, ordinal: number, tuples: number): void;
  /**
   * A result of window `window` was computed now from what the state holds now, and becomes visible at `visibleUs`
   * (≥ now). A later result of the same window replaces it.
   * @param startUs,endUs the window's ends; rows: key and value in the engine's order
   * @returns index of the output
   */
  fired(
    window: number,
    startUs: number,
    endUs: number,
    rows: readonly ResultRow[],
    visibleUs: number,
  ): number;
  /** A lane without windows: this occurrence of the record came out as a row at `visibleUs`. Rows add up. */
  row(record: RecordId, ordinal: number, tuples: number, row: ResultRow, visibleUs: number): number;
  /** An output that had been announced for later will never be visible (an aborted transaction). */
  withdraw(output: number): void;
  /** Makes an output visible now that was booked with `visibleUs` = NEVER (a transaction that commits). */
  reveal(output: number): void;
  /** Records or partial results touched by the computation, for the work figures. */
  touched(count: number): void;
  /** How many entries (records, accumulators, keys) the lane's state holds now. */
  held(entries: number): void;
}

export type ResultRow = readonly [key: string, value: number];

/** `visibleUs` of an output that waits for a commit. */
export const NEVER = Infinity;
