import type { LaneOutput } from './laneBook.ts';
import type { Occurrences } from './occurrences.ts';
import type { RowsByRecord } from './recordBookings.ts';
import {
  FILTERED,
  LATE,
  LOST_BEFORE,
  LOST_HERE,
  MORE_THAN_ONCE,
  ON_THE_WAY,
  RIGHT,
  SOME_ONLY,
  WAITING,
} from './status.ts';
import type { WindowFirings } from './windowFirings.ts';
import { createWindowTally, type WindowTally } from './windowTally.ts';

/** Takes one change of a record's status. Changes of one record come in order of time. */
export type HistorySink = (timeUs: number, record: number, status: number) => void;

/** When each record was written, filtered, late, lost: Infinity for never. */
export interface RecordFacts {
  readonly arrivalUs: Float64Array;
  readonly filteredUs: Float64Array;
  readonly lateUs: Float64Array;
  readonly lostUs: Float64Array;
  readonly lostBeforeUs: Float64Array;
}

/** The status of a record of which nothing is in the lane's state or results. */
function statusOutside(record: number, facts: RecordFacts, timeUs: number): number {
  if (facts.filteredUs[record]! <= timeUs) return FILTERED;
  if (facts.lateUs[record]! <= timeUs) return LATE;
  if (facts.lostUs[record]! <= timeUs) return LOST_HERE;
  if (facts.lostBeforeUs[record]! <= timeUs) return LOST_BEFORE;
  return ON_THE_WAY;
}

/** Tells `sink` what becomes of `record` in a lane with windows. */
export function windowHistory(
  record: number,
  facts: RecordFacts,
  occurrences: Occurrences,
  byRecord: RowsByRecord,
  firings: WindowFirings,
  sink: HistorySink,
): void {
  const from = byRecord.first[record]!;
  const to = byRecord.first[record + 1]!;
  if (from === to) return outsideHistory(record, facts, sink);
  const rows = byRecord.rows.subarray(from, to);
  if (orderlyHistory(record, facts, occurrences, rows, firings, sink)) return;
  tallyHistory(record, facts, createWindowTally(occurrences, rows, firings), sink);
}

/** When the record was first told to be outside for good: filtered, late or lost. */
function outsideUs(record: number, facts: RecordFacts): number {
  const { filteredUs, lateUs, lostUs, lostBeforeUs } = facts;
  return Math.min(filteredUs[record]!, lateUs[record]!, lostUs[record]!, lostBeforeUs[record]!);
}

function outsideHistory(record: number, facts: RecordFacts, sink: HistorySink): void {
  sink(facts.arrivalUs[record]!, record, ON_THE_WAY);
  const changeUs = outsideUs(record, facts);
  if (changeUs < Infinity) sink(changeUs, record, statusOutside(record, facts, changeUs));
}

/**
 * The common case, without looking at each window: every tuple is there once, all were counted where they were expected,
 * in the same windows, and these became visible once each and in order. Returns false when that is not so.
 */
function orderlyHistory(
  record: number,
  facts: RecordFacts,
  occurrences: Occurrences,
  rows: Int32Array,
  firings: WindowFirings,
  sink: HistorySink,
): boolean {
  const { atUs, countedFirst, countedLast, tuples } = occurrences;
  const row = rows[0]!;
  const first = countedFirst[row]!;
  const last = countedLast[row]!;
  if (first > last || tuples[row] !== rows.length) return false;
  let fromUs = Infinity;
  let completeUs = -Infinity;
  for (let ordinal = 0; ordinal < rows.length; ordinal += 1) {
    const own = rows[ordinal]!;
    if (!isPlain(occurrences, own, ordinal, first, last)) return false;
    fromUs = Math.min(fromUs, atUs[own]!);
    completeUs = Math.max(completeUs, atUs[own]!);
  }
  if (outsideUs(record, facts) < fromUs) return false;
  const windows = firings.visibleUs.length;
  const firstRow = first - firings.firstWindow;
  const lastRow = last - firings.firstWindow;
  let rightUs = Infinity;
  if (firstRow < windows) {
    const run = firstRow < 0 ? -1 : firings.orderlyRun[firstRow]!;
    if (run < 0 || firings.orderlyRun[Math.min(lastRow, windows - 1)] !== run) return false;
    if (firings.computedUs[firstRow]![0]! < completeUs) return false;
    if (lastRow < windows) rightUs = firings.visibleUs[lastRow]![0]!;
  }
  sink(facts.arrivalUs[record]!, record, ON_THE_WAY);
  sink(fromUs, record, WAITING);
  if (rightUs < Infinity) sink(rightUs, record, RIGHT);
  return true;
}

/** The tuple was counted in these windows, where it was expected, and never undone. */
function isPlain(
  occurrences: Occurrences,
  row: number,
  ordinal: number,
  first: number,
  last: number,
): boolean {
  return (
    occurrences.ordinals[row] === ordinal &&
    occurrences.undoneUs[row] === Infinity &&
    occurrences.countedFirst[row] === first &&
    occurrences.countedLast[row] === last &&
    occurrences.expectedFirst[row] === first &&
    occurrences.expectedLast[row] === last
  );
}

function tallyHistory(
  record: number,
  facts: RecordFacts,
  tally: WindowTally,
  sink: HistorySink,
): void {
  let status = ON_THE_WAY;
  sink(facts.arrivalUs[record]!, record, status);
  const ownTimes = [
    facts.filteredUs[record]!,
    facts.lateUs[record]!,
    facts.lostUs[record]!,
    facts.lostBeforeUs[record]!,
  ];
  for (const timeUs of tally.changeTimes(ownTimes)) {
    tally.advanceTo(timeUs);
    const next = statusOf(record, facts, tally, timeUs);
    if (next !== status) sink(timeUs, record, next);
    status = next;
  }
}

function statusOf(record: number, facts: RecordFacts, tally: WindowTally, timeUs: number): number {
  const { seen, alive, right, partly, missing, tooOften, pending } = tally;
  if (tooOften > 0) return MORE_THAN_ONCE;
  if (!seen) return statusOutside(record, facts, timeUs);
  const isLost = facts.lostUs[record]! <= timeUs;
  if (partly > 0) return SOME_ONLY;
  if (missing > 0) {
    if (right > 0 || pending > 0) return SOME_ONLY;
    return isLost ? LOST_HERE : LATE;
  }
  if (pending === 0) return RIGHT;
  if (alive) return WAITING;
  if (isLost) return right > 0 ? SOME_ONLY : LOST_HERE;
  return ON_THE_WAY; // The state forgot it, and it will be read again.
}

/** Tells `sink` what becomes of `record` in a lane whose results are rows. */
export function rowHistory(
  record: number,
  facts: RecordFacts,
  outputs: readonly LaneOutput[],
  byRecord: RowsByRecord,
  sink: HistorySink,
): void {
  const from = byRecord.first[record]!;
  const to = byRecord.first[record + 1]!;
  if (from === to) return outsideHistory(record, facts, sink);
  sink(facts.arrivalUs[record]!, record, ON_THE_WAY);
  const rows = Array.from(byRecord.rows.subarray(from, to), (row) => outputs[row]!);
  rows.sort((a, b) => a.visibleUs - b.visibleUs);
  const times = new Int32Array(rows[0]!.tuples);
  let status = ON_THE_WAY;
  for (const { ordinal, visibleUs } of rows) {
    times[ordinal]! += 1;
    const next = times.some((n) => n > 1)
      ? MORE_THAN_ONCE
      : times.every((n) => n === 1)
        ? RIGHT
        : WAITING;
    if (next !== status) sink(visibleUs, record, next);
    status = next;
  }
}
