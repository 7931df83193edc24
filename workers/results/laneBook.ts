import { assert } from '../kernel/assert.ts';
import { clonePlain } from '../kernel/clone.ts';
import type { LaneResults, ResultRow } from './laneResults.ts';
import { createLossBook, type Loss, type LossBook } from './losses.ts';

/** One result that a lane computed. */
export interface LaneOutput {
  /** Its window's number; −1 for a row of a lane without windows. */
  readonly window: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly rows: readonly ResultRow[];
  readonly computedUs: number;
  /** Infinity while it waits for a commit, and for ever once it was withdrawn. */
  visibleUs: number;
  /** The record of a row; −1 for a window. */
  readonly record: number;
  readonly ordinal: number;
  readonly tuples: number;
}

/** A tuple in the lane's state from `atUs` until `undoneUs`: one row of the columns below. */
export interface Occurrences {
  readonly records: number[];
  readonly ordinals: number[];
  readonly tuples: number[];
  readonly expectedFirst: number[];
  readonly expectedLast: number[];
  readonly countedFirst: number[];
  readonly countedLast: number[];
  readonly atUs: number[];
  readonly undoneUs: number[];
}

/** Everything a lane booked, as plain data. */
export interface LaneBookings {
  readonly occurrences: Occurrences;
  readonly outputs: LaneOutput[];
  /** Record and time, in the order of booking. */
  readonly filtered: { readonly records: number[]; readonly timesUs: number[] };
  readonly late: { readonly records: number[]; readonly timesUs: number[] };
  readonly losses: readonly Loss[];
  touched: number;
  heldNow: number;
  heldMax: number;
}

export interface LaneBook extends LaneResults, LossBook {
  readonly bookings: LaneBookings;
  copy(): LaneBookings;
  restore(bookings: LaneBookings): void;
}

/** An empty book of a lane. `nowUs` reads the run's clock. */
export function createLaneBook(nowUs: () => number): LaneBook {
  const lossBook = createLossBook(nowUs);
  let book = emptyBookings();
  return {
    nowUs,
    get losses() {
      return lossBook.losses;
    },
    get bookings() {
      return { ...book, losses: lossBook.losses };
    },
    lost: (record, part, cause) => lossBook.lost(record, part, cause),
    filtered(record) {
      book.filtered.records.push(record);
      book.filtered.timesUs.push(nowUs());
    },
    counted(record, ordinal, tuples, expectedFirst, expectedLast, countedFirst, countedLast) {
      const { occurrences } = book;
      occurrences.records.push(record);
      occurrences.ordinals.push(ordinal);
      occurrences.tuples.push(tuples);
      occurrences.expectedFirst.push(expectedFirst);
      occurrences.expectedLast.push(expectedLast);
      occurrences.countedFirst.push(countedFirst);
      occurrences.countedLast.push(countedLast);
      occurrences.atUs.push(nowUs());
      return occurrences.undoneUs.push(Infinity) - 1;
    },
    undo(occurrence) {
      const { undoneUs } = book.occurrences;
      assert(
        occurrence >= 0 && occurrence < undoneUs.length,
        'an occurrence that was booked is undone',
      );
      if (undoneUs[occurrence] === Infinity) undoneUs[occurrence] = nowUs();
    },
    mark: () => book.occurrences.records.length,
    undoFrom(mark) {
      const { undoneUs } = book.occurrences;
      for (let i = mark; i < undoneUs.length; i += 1)
        if (undoneUs[i] === Infinity) undoneUs[i] = nowUs();
    },
    late(record) {
      book.late.records.push(record);
      book.late.timesUs.push(nowUs());
    },
    fired(window, startUs, endUs, rows, visibleUs) {
      assert(visibleUs >= nowUs(), 'a result is visible after it was computed');
      const output = {
        window,
        startUs,
        endUs,
        rows,
        computedUs: nowUs(),
        visibleUs,
        record: -1,
        ordinal: 0,
        tuples: 1,
      };
      return book.outputs.push(output) - 1;
    },
    row(record, ordinal, tuples, row, visibleUs) {
      assert(visibleUs >= nowUs(), 'a row is visible after it was computed');
      const computedUs = nowUs();
      const output = {
        window: -1,
        startUs: computedUs,
        endUs: computedUs,
        rows: [row],
        computedUs,
        visibleUs,
        record,
        ordinal,
        tuples,
      };
      return book.outputs.push(output) - 1;
    },
    withdraw(output) {
      outputAt(book, output).visibleUs = Infinity;
    },
    reveal(output) {
      outputAt(book, output).visibleUs = nowUs();
    },
    touched(count) {
      book.touched += count;
    },
    held(entries) {
      book.heldNow = entries;
      if (entries > book.heldMax) book.heldMax = entries;
    },
    copy: () => ({ ...clonePlain(book), losses: lossBook.losses.slice() }),
    restore(bookings) {
      book = clonePlain({ ...bookings, losses: [] });
      lossBook.restore({ losses: bookings.losses });
    },
  };
}

/** A book that keeps nothing: for a run that only looks at states. */
export function createSilentBook(): LaneBook {
  const nothing = () => undefined;
  const zero = () => 0;
  return {
    nowUs: zero,
    losses: [],
    bookings: emptyBookings(),
    lost: nothing,
    filtered: nothing,
    counted: zero,
    undo: nothing,
    mark: zero,
    undoFrom: nothing,
    late: nothing,
    fired: zero,
    row: zero,
    withdraw: nothing,
    reveal: nothing,
    touched: nothing,
    held: nothing,
    copy: emptyBookings,
    restore: nothing,
  };
}

function outputAt(book: LaneBookings, output: number): LaneOutput {
  const found = book.outputs[output];
  assert(found, 'an output that was booked');
  return found;
}

function emptyBookings(): LaneBookings {
  return {
    occurrences: {
      records: [],
      ordinals: [],
      tuples: [],
      expectedFirst: [],
      expectedLast: [],
      countedFirst: [],
      countedLast: [],
      atUs: [],
      undoneUs: [],
    },
    outputs: [],
    filtered: { records: [], timesUs: [] },
    late: { records: [], timesUs: [] },
    losses: [],
    touched: 0,
    heldNow: 0,
    heldMax: 0,
  };
}
