import { assert } from '../kernel/assert.ts';
import { clonePlain } from '../kernel/clone.ts';
import type { LaneResults, ResultRow } from './laneResults.ts';
import { createLossBook, type Loss, type LossBook } from './losses.ts';
import {
  addOccurrence,
  createOccurrences,
  occurrencesIn,
  type GrowingOccurrences,
  type Occurrences,
} from './occurrences.ts';

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

/** A lane's book as a keyframe keeps it: plain data. */
export interface LaneBookCopy {
  readonly occurrences: GrowingOccurrences;
  readonly outputs: LaneOutput[];
  /** Record and time, in the order of booking. */
  readonly filtered: { readonly records: number[]; readonly timesUs: number[] };
  readonly late: { readonly records: number[]; readonly timesUs: number[] };
  readonly losses: readonly Loss[];
  touched: number;
  heldNow: number;
  heldMax: number;
}

/** Everything a lane booked, for whoever reads it. */
export interface LaneBookings extends Readonly<Omit<LaneBookCopy, 'occurrences'>> {
  readonly occurrences: Occurrences;
}

export interface LaneBook extends LaneResults, LossBook {
  bookings(): LaneBookings;
  copy(): LaneBookCopy;
  restore(copy: LaneBookCopy): void;
}

/** An empty book of a lane. `nowUs` reads the run's clock. */
export function createLaneBook(nowUs: () => number): LaneBook {
  const lossBook = createLossBook(nowUs);
  let book = emptyBook();
  return {
    nowUs,
    losses: lossBook.losses,
    bookings: () => ({
      ...book,
      occurrences: occurrencesIn(book.occurrences),
      losses: lossBook.losses,
    }),
    lost: (record, part, cause) => lossBook.lost(record, part, cause),
    filtered(record) {
      book.filtered.records.push(record);
      book.filtered.timesUs.push(nowUs());
    },
    counted(record, ordinal, tuples, expectedFirst, expectedLast, countedFirst, countedLast) {
      return addOccurrence(
        book.occurrences,
        record,
        ordinal,
        tuples,
        expectedFirst,
        expectedLast,
        countedFirst,
        countedLast,
        nowUs(),
      );
    },
    undo(occurrence) {
      const { length, columns } = book.occurrences;
      assert(occurrence >= 0 && occurrence < length, 'an occurrence that was booked is undone');
      if (columns.undoneUs[occurrence] === Infinity) columns.undoneUs[occurrence] = nowUs();
    },
    mark: () => book.occurrences.length,
    undoFrom(mark) {
      const { length, columns } = book.occurrences;
      for (let i = mark; i < length; i += 1)
        if (columns.undoneUs[i] === Infinity) columns.undoneUs[i] = nowUs();
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
    restore(copy) {
      book = clonePlain({ ...copy, losses: [] });
      lossBook.restore({ losses: copy.losses });
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
    bookings: () => ({ ...emptyBook(), occurrences: occurrencesIn(createOccurrences(0)) }),
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
    copy: emptyBook,
    restore: nothing,
  };
}

function outputAt(book: LaneBookCopy, output: number): LaneOutput {
  const found = book.outputs[output];
  assert(found, 'an output that was booked');
  return found;
}

function emptyBook(): LaneBookCopy {
  return {
    occurrences: createOccurrences(),
    outputs: [],
    filtered: { records: [], timesUs: [] },
    late: { records: [], timesUs: [] },
    losses: [],
    touched: 0,
    heldNow: 0,
    heldMax: 0,
  };
}
