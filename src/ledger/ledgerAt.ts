import type { Ledger } from '../../workers/results/ledger.ts';
import { statuses } from '../../workers/results/status.ts';
import { countUntil } from '../run/search.ts';

/** How many records have each status at `timeUs`; their sum is the number of records written by then. */
export function statusCounts(ledger: Ledger, timeUs: number): number[] {
  const changes = countUntil(ledger.timesUs, timeUs);
  const previous = previousChanges(ledger);
  const counts = statuses.map(() => 0);
  for (let i = 0; i < changes; i += 1) {
    const before = previous[i]!;
    if (before >= 0) counts[ledger.statuses[before]!]! -= 1;
    counts[ledger.statuses[i]!]! += 1;
  }
  return counts;
}

/** The status of `record` at `timeUs`; null when it is not written yet. */
export function statusOf(ledger: Ledger, record: number, timeUs: number): number | null {
  for (let i = countUntil(ledger.timesUs, timeUs) - 1; i >= 0; i -= 1) {
    if (ledger.records[i] === record) return ledger.statuses[i]!;
  }
  return null;
}

const kept = new WeakMap<Ledger, Int32Array>();

/** For each change of a ledger the change of the same record before it, or −1. Worked out once a ledger. */
function previousChanges(ledger: Ledger): Int32Array {
  const known = kept.get(ledger);
  if (known !== undefined) return known;
  const previous = new Int32Array(ledger.records.length);
  const last = new Map<number, number>();
  ledger.records.forEach((record, i) => {
    previous[i] = last.get(record) ?? -1;
    last.set(record, i);
  });
  kept.set(ledger, previous);
  return previous;
}
