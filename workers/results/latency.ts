import type { LaneBookings } from './laneBook.ts';
import { windowFiringsOf } from './windowFirings.ts';

/** Order statistics of the time from a record's event to the first visible result that counts it, in ms. */
export interface Latency {
  readonly records: number;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** @param eventTimeUs per record */
export function latencyOf(bookings: LaneBookings, eventTimeUs: Float64Array): Latency {
  const firstVisibleUs = new Float64Array(eventTimeUs.length).fill(Infinity);
  const see = (record: number, visibleUs: number) => {
    if (visibleUs < firstVisibleUs[record]!) firstVisibleUs[record] = visibleUs;
  };
  const firings = windowFiringsOf(bookings.outputs);
  const { records, countedFirst, countedLast, atUs, undoneUs } = bookings.occurrences;
  records.forEach((record, row) => {
    for (let k = countedFirst[row]!; k <= countedLast[row]!; k += 1) {
      const computed = firings.computedUs[k - firings.firstWindow];
      const firing =
        computed?.findIndex((timeUs) => timeUs >= atUs[row]! && timeUs < undoneUs[row]!) ?? -1;
      if (firing < 0) continue;
      see(record, firings.visibleUs[k - firings.firstWindow]![firing]!);
      break; // Earlier windows end earlier: the first that counts it is the first that is seen.
    }
  });
  for (const { record, visibleUs } of bookings.outputs)
    if (record >= 0 && visibleUs < Infinity) see(record, visibleUs);
  // A record that no result counts has waited for ever, and does not take part.
  const latencies = firstVisibleUs
    .map((visibleUs, record) => visibleUs - eventTimeUs[record]!)
    .filter((latencyUs) => latencyUs < Infinity)
    .sort();
  const rank = (share: number) =>
    latencies.length === 0 ? null : latencies[Math.ceil(share * latencies.length) - 1]! / 1000;
  return { records: latencies.length, p50: rank(0.5), p95: rank(0.95), p99: rank(0.99) };
}
