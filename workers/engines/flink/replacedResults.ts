/**
 * The watermark is not part of a checkpoint. After a restore a record may be taken that was late before, and a window
 * that had fired and been cleared fires once more, with nothing but that record in it. The new result replaces the old
 * one of its key, so what the old one had counted can no longer be seen; here the ledger is told so.
 */
import { applyChain } from '../../functions/chain.ts';
import { eventTimestampMs, type FlinkEnvironment, type FlinkState } from './job.ts';
import { windowNumber, type SlidingWindows } from './windowing.ts';
import { assignWindows } from './windows/assigner.ts';
import type { Firing } from './windows/windowOperator.ts';

/** Called before a firing replaces what was published for its window and key. */
export function forgetReplaced(
  state: FlinkState,
  windows: SlidingWindows,
  window: number,
  firing: Firing,
  env: FlinkEnvironment,
): void {
  const { results } = env;
  if (results === null || state.restoredOccurrences === 0) return;
  if (!state.resultTable.newest.has(window)) return;
  const rows = rowsCounted(state, windows, window, firing.key, env);
  // As many as the firing holds: it is a late firing of a window that was kept.
  if (rows.length <= firing.size) return;
  for (const { row, record, ordinal, tuples, first, last } of rows) {
    const occurrence = state.occurrenceOf[row] as number;
    if (occurrence >= state.restoredOccurrences) continue;
    results.undo(occurrence);
    // Its later windows still hold the tuple.
    state.countedFrom[row] = window + 1;
    state.occurrenceOf[row] = results.counted(
      record,
      ordinal,
      tuples,
      first,
      last,
      window + 1,
      last,
    );
  }
}

interface CountedRow {
  readonly row: number;
  readonly record: number;
  readonly ordinal: number;
  readonly tuples: number;
  /** The windows in which the rule expects it. */
  readonly first: number;
  readonly last: number;
}

/** The tuples of a key that the ledger holds as counted in a window. */
function rowsCounted(
  state: FlinkState,
  windows: SlidingWindows,
  window: number,
  key: string,
  env: FlinkEnvironment,
): CountedRow[] {
  const { keys, keyIds, first: firstRow } = applyChain(state.config.program.functions, env.records);
  const keyId = keys.indexOf(key);
  const found: CountedRow[] = [];
  for (let record = 0; record < env.records.count; record++) {
    const from = firstRow[record] as number;
    const tuples = (firstRow[record + 1] as number) - from;
    for (let row = from; row < from + tuples; row++) {
      if (keyIds[row] !== keyId || state.occurrenceOf[row] === -1) continue;
      const run = assignWindows(windows, eventTimestampMs(record, env), 0);
      const last = windowNumber(windows, run.newestStartMs, env.startEpochMs);
      const first = last - run.count + 1;
      if (window < first || window > last || (state.countedFrom[row] as number) > window) continue;
      found.push({ row, record, ordinal: row - from, tuples, first, last });
    }
  }
  return found;
}
