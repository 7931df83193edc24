import { assert } from '../kernel/assert.ts';
import { clonePlain } from '../kernel/clone.ts';
import type { RecordId } from '../trace/format.ts';
import type { LaneResults, ResultRow } from './laneResults.ts';
import { createLossBook, type Loss, type LossBook } from './losses.ts';
import {
  addOccurrence,
  createOccurrences,
  occurrencesIn,
  undoOccurrence,
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

/**
 * An empty book of a lane.
 *
 * @param nowUs reads the run's clock
 * @param room for so many occurrences at first
 */
export function createLaneBook(nowUs: () => number, room?: number): LaneBook {
  return new GrowingBook(nowUs, room);
}

/** A class, so that every run has the same functions: the engines' calls to them stay fast from run to run. */
class GrowingBook implements LaneBook {
  readonly nowUs: () => number;
  readonly losses: readonly Loss[];
  private readonly lossBook: LossBook;
  private book: LaneBookCopy;

  constructor(nowUs: () => number, room?: number) {
    this.nowUs = nowUs;
    this.book = emptyBook(room);
    this.lossBook = createLossBook(nowUs);
    this.losses = this.lossBook.losses;
  }

  bookings(): LaneBookings {
    const { book, losses } = this;
    return { ...book, occurrences: occurrencesIn(book.occurrences), losses };
  }

  lost(record: RecordId, part: string, cause: string): void {
    this.lossBook.lost(record, part, cause);
  }

  filtered(record: RecordId): void {
    const { records, timesUs } = this.book.filtered;
    records.push(record);
    timesUs.push(this.nowUs());
  }

  counted(
    record: RecordId,
    ordinal: number,
    tuples: number,
    expectedFirst: number,
    expectedLast: number,
    countedFirst: number,
    countedLast: number,
  ): number {
    return addOccurrence(
      this.book.occurrences,
      record,
      ordinal,
      tuples,
      expectedFirst,
      expectedLast,
      countedFirst,
      countedLast,
      this.nowUs(),
    );
  }

  undo(occurrence: number): void {
    const { occurrences } = this.book;
    const isBooked = occurrence >= 0 && occurrence < occurrences.length;
    assert(isBooked, 'an occurrence that was booked is undone');
    undoOccurrence(occurrences, occurrence, this.nowUs());
  }

  mark(): number {
    return this.book.occurrences.length;
  }

  undoFrom(mark: number): void {
    const { occurrences } = this.book;
    for (let i = mark; i < occurrences.length; i += 1) undoOccurrence(occurrences, i, this.nowUs());
  }

  late(record: RecordId): void {
    const { records, timesUs } = this.book.late;
    records.push(record);
    timesUs.push(this.nowUs());
  }

  fired(
    window: number,
    startUs: number,
    endUs: number,
    rows: readonly ResultRow[],
    visibleUs: number,
  ): number {
    const computedUs = this.nowUs();
    assert(visibleUs >= computedUs, 'a result is visible after it was computed');
    const output = {
      window,
      startUs,
      endUs,
      rows,
      computedUs,
      visibleUs,
      record: -1,
      ordinal: 0,
      tuples: 1,
    };
    return this.book.outputs.push(output) - 1;
  }

  row(
    record: RecordId,
    ordinal: number,
    tuples: number,
    row: ResultRow,
    visibleUs: number,
  ): number {
    const computedUs = this.nowUs();
    assert(visibleUs >= computedUs, 'a row is visible after it was computed');
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
    return this.book.outputs.push(output) - 1;
  }

  withdraw(output: number): void {
    outputAt(this.book, output).visibleUs = Infinity;
  }

  reveal(output: number): void {
    outputAt(this.book, output).visibleUs = this.nowUs();
  }

  touched(count: number): void {
    this.book.touched += count;
  }

  held(entries: number): void {
    const { book } = this;
    book.heldNow = entries;
    if (entries > book.heldMax) book.heldMax = entries;
  }

  copy(): LaneBookCopy {
    return { ...clonePlain(this.book), losses: this.losses.slice() };
  }

  restore(copy: LaneBookCopy): void {
    this.book = clonePlain({ ...copy, losses: [] });
    this.lossBook.restore({ losses: copy.losses });
  }
}

/** A book that keeps nothing: for a run that only looks at states. */
export function createSilentBook(): LaneBook {
  const nothing = () => undefined;
  const zero = () => 0;
  return {
    nowUs: zero,
    losses: [],
    bookings: () => ({ ...emptyBook(0), occurrences: occurrencesIn(createOccurrences(0)) }),
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
    copy: () => emptyBook(),
    restore: nothing,
  };
}

function outputAt(book: LaneBookCopy, output: number): LaneOutput {
  const found = book.outputs[output];
  assert(found, 'an output that was booked');
  return found;
}

function emptyBook(room?: number): LaneBookCopy {
  return {
    occurrences: createOccurrences(room),
    outputs: [],
    filtered: { records: [], timesUs: [] },
    late: { records: [], timesUs: [] },
    losses: [],
    touched: 0,
    heldNow: 0,
    heldMax: 0,
  };
}
