/**
 * What a lane books about its records. A batch's records are known when it is first read; which
 * windows expect them follows from the batch time alone, for DStreams know no other time.
 */
import { applyChain, type TupleTable } from '../../functions/chain.ts';
import type { ResultRow } from '../../results/laneResults.ts';
import type { RecordId } from '../../trace/format.ts';
import { functionsOf, windowConfigOf } from './windowConfig.ts';
import { firingsHolding, slice } from './windows/windowTimes.ts';
import { incrementalIntervals } from './windows/reducedWindow.ts';
import {
  runUs,
  type Batch,
  type KeyTotals,
  type SparkEnvironment,
  type SparkState,
} from './state.ts';

/** The batch was read: reduces it by key, and books its records if it is the first time. */
export function batchRead(state: SparkState, batch: Batch, env: SparkEnvironment): void {
  const table = tuplesOf(state, env);
  batch.totals = reduceByKey(state, batch, table);
  const windows = windowsExpecting(state, batch.batchMs);
  const { directStream, batchPipe } = state.traced;
  for (const records of batch.recordIds) {
    for (const record of records) {
      const first = table.first[record] ?? 0;
      const last = table.first[record + 1] ?? first;
      // Read again after an executor died, a record is in its batch and in the ledger already.
      if (batch.isBooked || first === last) env.trace.leave(directStream, record);
      else env.trace.send(batchPipe, record, env.nowUs);
      if (!batch.isBooked) bookRecord(state, record, last - first, windows, env);
    }
    env.results?.touched(records.length);
  }
  batch.isBooked = true;
}

/** The pairs of a batch, each key once, in the order in which their keys come. */
function reduceByKey(state: SparkState, { recordIds }: Batch, table: TupleTable): KeyTotals {
  const { reduce } = functionsOf(state.config);
  const keys: number[] = [];
  const values: number[] = [];
  const placeOfKey = new Int32Array(table.keys.length).fill(-1);
  for (const records of recordIds) {
    for (const record of records) {
      const last = table.first[record + 1] as number;
      for (let row = table.first[record] as number; row < last; row++) {
        const key = table.keyIds[row] as number;
        const value = table.values[row] as number;
        const place = placeOfKey[key] as number;
        if (place < 0) {
          placeOfKey[key] = keys.push(key) - 1;
          values.push(value);
        } else values[place] = reduce(values[place] as number, value);
      }
    }
  }
  const totals = new Map<number, number>();
  for (let place = 0; place < keys.length; place++)
    totals.set(keys[place] as number, values[place] as number);
  return totals;
}

function bookRecord(
  state: SparkState,
  record: RecordId,
  tuples: number,
  windows: WindowRange,
  env: SparkEnvironment,
): void {
  const { first, last } = windows;
  if (state.booked[record] === 1) {
    env.trace.finding(state.traced.batches, record, 'duplicate');
  }
  state.booked[record] = 1;
  if (tuples === 0) env.results?.filtered(record);
  for (let ordinal = 0; ordinal < tuples; ordinal++) {
    env.results?.counted(record, ordinal, tuples, first, last, first, last);
  }
}

/** Window numbers, both ends included; last < first when there is none. */
interface WindowRange {
  readonly first: number;
  readonly last: number;
}

const NONE: WindowRange = { first: 1, last: 0 };

/** The windows that the engine's rule puts a batch into. */
export function windowsExpecting(state: SparkState, batchMs: number): WindowRange {
  const { config, driver } = state;
  const { windowMs, slideMs } = windowConfigOf(config);
  const { zeroTimeMs } = driver;
  const firings = firingsHolding(batchMs, windowMs, slideMs, config.batchIntervalMs, zeroTimeMs);
  if (firings === null) return NONE;
  return { first: windowNumber(state, firings.beginMs), last: windowNumber(state, firings.endMs) };
}

function windowNumber(state: SparkState, timeMs: number): number {
  const { slideMs } = windowConfigOf(state.config);
  return state.firstWindow + (timeMs - state.driver.zeroTimeMs) / slideMs - 1;
}

/** The rows of a window are there, and visible: `pprint` shows them at once. */
export function bookResult(
  state: SparkState,
  timeMs: number,
  totals: KeyTotals,
  env: SparkEnvironment,
): void {
  const { windowMs } = windowConfigOf(state.config);
  const table = tuplesOf(state, env);
  const number = windowNumber(state, timeMs);
  state.nextWindow = Math.max(state.nextWindow, number + 1);
  bookStrays(state, timeMs, table, env);
  // After a shuffle rows have no order: here they stand as their keys first appeared in the input.
  const rows: ResultRow[] = [];
  for (let key = 0; key < table.keys.length; key++) {
    const total = totals.get(key);
    if (total !== undefined) rows.push([table.keys[key] as string, total]);
  }
  const output =
    env.results?.fired(
      number,
      runUs(timeMs - windowMs, env),
      runUs(timeMs, env),
      rows,
      env.nowUs,
    ) ?? -1;
  env.trace.result(state.traced.results, output, number);
}

/**
 * Scala's inverse window with a slide longer than the window: what lies in the gap is counted for keys
 * that have no previous result, and never taken away again, so every later window counts it too.
 */
function bookStrays(
  state: SparkState,
  timeMs: number,
  table: TupleTable,
  env: SparkEnvironment,
): void {
  const { config, driver, strays } = state;
  const { windowMs, slideMs, method } = windowConfigOf(config);
  if (method !== 'ReducedWindowedDStream' || slideMs <= windowMs) return;
  const { fresh } = incrementalIntervals(timeMs, windowMs, slideMs, config.batchIntervalMs);
  const gap = { beginMs: fresh.beginMs, endMs: timeMs - windowMs };
  const previous = state.windows.get(timeMs - slideMs);
  for (const batchMs of slice(gap, driver.zeroTimeMs, config.batchIntervalMs)) {
    for (const record of state.batches.get(batchMs)?.recordIds.flat() ?? []) {
      const first = table.first[record] ?? 0;
      const last = table.first[record + 1] ?? first;
      for (let row = first; row < last; row++) {
        if (previous?.has(table.keyIds[row] ?? 0)) continue;
        strays.push({ record, ordinal: row - first, tuples: last - first });
      }
    }
  }
  const window = windowNumber(state, timeMs);
  for (const { record, ordinal, tuples } of strays) {
    env.results?.counted(record, ordinal, tuples, NONE.first, NONE.last, window, window);
  }
}

function tuplesOf(state: SparkState, env: SparkEnvironment): TupleTable {
  return applyChain(state.config.program.functions, env.records);
}
