import type { LaneBookings } from './laneBook.ts';
import type { Loss } from './losses.ts';
import { firstTimes, groupByRecord, rowRecords } from './recordBookings.ts';
import { rowHistory, windowHistory, type HistorySink } from './recordHistory.ts';
import { statuses } from './status.ts';
import { windowFiringsOf } from './windowFirings.ts';

/**
 * The ledger of a lane over the whole run: every change of a record's status, in order of time. Counting the changes up
 * to t gives the ledger at t, whose sum is the number of records written so far: it closes at every instant.
 */
export interface Ledger {
  readonly timesUs: Float64Array;
  readonly records: Int32Array;
  readonly statuses: Uint8Array;
  /** Counts per status after each `COUNTS_EVERY` changes, one row after the other: for counting at any t. */
  readonly counts: Int32Array;
}

export const COUNTS_EVERY = 512;

/**
 * @param arrivalUs when each record is written
 * @param lossesBefore what was lost before the branch
 * @param untilUs how far the run got: records that come later do not exist yet
 */
export function ledgerOf(
  bookings: LaneBookings,
  arrivalUs: Float64Array,
  lossesBefore: readonly Loss[],
  untilUs: number,
): Ledger {
  const count = arrivalUs.length;
  const lossTimes = (losses: readonly Loss[]) =>
    firstTimes(
      { records: losses.map((loss) => loss.record), timesUs: losses.map((loss) => loss.timeUs) },
      count,
    );
  const facts = {
    arrivalUs,
    filteredUs: firstTimes(bookings.filtered, count),
    lateUs: firstTimes(bookings.late, count),
    lostUs: lossTimes(bookings.losses),
    lostBeforeUs: lossTimes(lossesBefore),
  };
  const times: number[] = [];
  const records: number[] = [];
  const codes: number[] = [];
  const sink: HistorySink = (timeUs, record, status) => {
    if (timeUs > untilUs) return;
    times.push(timeUs);
    records.push(record);
    codes.push(status);
  };
  // A result is a row of one record, or a window's: of a lane without windows too, where it is Spark's, which counts
  // each batch like one.
  const givesRows = bookings.outputs.some(({ record }) => record >= 0);
  if (!givesRows) {
    const occurrences = groupByRecord(bookings.occurrences.records, count);
    const firings = windowFiringsOf(bookings.outputs);
    for (let record = 0; record < count; record += 1) {
      windowHistory(record, facts, bookings.occurrences, occurrences, firings, sink);
    }
  } else {
    const rows = groupByRecord(rowRecords(bookings), count);
    for (let record = 0; record < count; record += 1) {
      rowHistory(record, facts, bookings.outputs, rows, sink);
    }
  }
  return inOrderOfTime(times, records, codes, count);
}

function inOrderOfTime(times: number[], records: number[], codes: number[], count: number): Ledger {
  const length = times.length;
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i += 1) order[i] = i;
  // Ties keep the order of records, and of a record's own changes.
  order.sort((a, b) => times[a]! - times[b]! || a - b);
  const ledger = {
    timesUs: new Float64Array(length),
    records: new Int32Array(length),
    statuses: new Uint8Array(length),
    counts: new Int32Array((Math.floor(length / COUNTS_EVERY) + 1) * statuses.length),
  };
  const NOT_WRITTEN = -1;
  const now = new Int8Array(count).fill(NOT_WRITTEN);
  const counts = new Int32Array(statuses.length);
  for (let i = 0; i < length; i += 1) {
    if (i % COUNTS_EVERY === 0) ledger.counts.set(counts, (i / COUNTS_EVERY) * statuses.length);
    const from = order[i]!;
    const record = records[from]!;
    const before = now[record]!;
    if (before !== NOT_WRITTEN) counts[before]! -= 1;
    counts[codes[from]!]! += 1;
    now[record] = codes[from]!;
    ledger.timesUs[i] = times[from]!;
    ledger.records[i] = record;
    ledger.statuses[i] = codes[from]!;
  }
  if (length % COUNTS_EVERY === 0)
    ledger.counts.set(counts, (length / COUNTS_EVERY) * statuses.length);
  return ledger;
}
