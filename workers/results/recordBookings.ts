import type { LaneBookings } from './laneBook.ts';

/** Row numbers grouped by record: record r's are `rows[first[r] … first[r + 1] − 1]`, in the order of booking. */
export interface RowsByRecord {
  readonly first: Int32Array;
  readonly rows: Int32Array;
}

export function groupByRecord(records: Int32Array, count: number): RowsByRecord {
  const first = new Int32Array(count + 1);
  for (const record of records) if (record >= 0) first[record + 1]! += 1;
  for (let r = 0; r < count; r += 1) first[r + 1]! += first[r]!;
  const next = first.slice();
  const rows = new Int32Array(first[count]!);
  records.forEach((record, row) => {
    if (record < 0) return;
    rows[next[record]!] = row;
    next[record]! += 1;
  });
  return { first, rows };
}

/** The first time each record was booked in a list, else Infinity. */
export function firstTimes(
  list: { readonly records: readonly number[]; readonly timesUs: readonly number[] },
  count: number,
): Float64Array {
  const times = new Float64Array(count).fill(Infinity);
  list.records.forEach((record, row) => {
    const timeUs = list.timesUs[row]!;
    if (timeUs < times[record]!) times[record] = timeUs;
  });
  return times;
}

/** The rows that became visible, of a lane without windows, as record numbers by output (−1 for the others). */
export function rowRecords(bookings: LaneBookings): Int32Array {
  return Int32Array.from(bookings.outputs, (output) =>
    output.visibleUs === Infinity ? -1 : output.record,
  );
}
