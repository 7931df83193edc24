import { expect } from 'vitest';
import type { LaneRun } from './laneRun.ts';

/** For each output: how many tuples the ledger says its window counted when it was computed. */
function countedByLedger({ book }: LaneRun): number[] {
  const { occurrences: o, outputs } = book.bookings();
  return outputs.map(({ window, computedUs }) => {
    let counted = 0;
    o.records.forEach((_record, row) => {
      const isThere = (o.atUs[row] ?? 0) <= computedUs && computedUs < (o.undoneUs[row] ?? 0);
      const isIn = (o.countedFirst[row] ?? 0) <= window && window <= (o.countedLast[row] ?? -1);
      if (isThere && isIn) counted++;
    });
    return counted;
  });
}

/** The ledger counts exactly what the rows show, where every record is a one. */
export function expectLedgerAgrees(lane: LaneRun): void {
  const totals = lane.book
    .bookings()
    .outputs.map(({ rows }) => rows.reduce((sum, [, value]) => sum + value, 0));
  expect(countedByLedger(lane)).toEqual(totals);
}
