/** The rows of a window from the cached batches, by the class of the windowed stream. */
import { aggregate } from '../../functions/aggregates.ts';
import { reduceAll } from './windows/pairs.ts';
import {
  isIncremental,
  reduceWholeWindow,
  slidePythonWindow,
} from './windows/pythonReducedWindow.ts';
import {
  incrementalIntervals,
  slideReducedWindow,
  type JobOutcome,
} from './windows/reducedWindow.ts';
import type { Batch, KeyTotals, SparkState } from './state.ts';
import { functionsOf, windowConfigOf } from './windowConfig.ts';
import { slice, windowAt, type Interval } from './windows/windowTimes.ts';

const NO_TOTALS: KeyTotals = new Map();

/** What the output at `timeMs` is made of: a previous result with leaving batches, or none, and batches. */
interface Ingredients {
  readonly previous: KeyTotals | null;
  readonly old: readonly Batch[];
  readonly fresh: readonly Batch[];
}

/** Every batch that must have been read for the output at `timeMs`, oldest first. */
export function batchesNeeded(state: SparkState, timeMs: number): Batch[] {
  const { old, fresh } = ingredientsAt(state, timeMs);
  return [...old, ...fresh];
}

/** Whether the result a slide earlier is still being computed by another job. */
export function awaitsPrevious(state: SparkState, timeMs: number): boolean {
  const { method, slideMs } = windowConfigOf(state.config);
  return method !== 'WindowedDStream' && state.driver.running.has(timeMs - slideMs);
}

/** How many pairs are merged for the output at `timeMs`, once its batches have been read. */
export function partialsMergedAt(state: SparkState, timeMs: number): number {
  const { previous, old, fresh } = ingredientsAt(state, timeMs);
  let pairs = previous?.size ?? 0;
  for (const batch of old) pairs += batch.totals?.size ?? 0;
  for (const batch of fresh) pairs += batch.totals?.size ?? 0;
  return pairs;
}

/** The result of the window that fires at `timeMs`, or why its job fails. */
export function computeWindow(state: SparkState, timeMs: number): JobOutcome<number, number> {
  const { config, windowFailure } = state;
  if (windowFailure !== null) return { failure: windowFailure };
  const { previous, old, fresh } = ingredientsAt(state, timeMs);
  const functions = functionsOf(config);
  switch (windowConfigOf(config).method) {
    case 'WindowedDStream':
      return { rows: reduceAll(totalsOf(fresh), aggregate(config.program.aggregate).add) };
    case 'ReducedWindowedDStream':
      return slideReducedWindow(previous ?? NO_TOTALS, totalsOf(old), totalsOf(fresh), functions);
    case 'PythonReducedWindowedDStream':
      return previous === null
        ? { rows: reduceWholeWindow(totalsOf(fresh), functions) }
        : { rows: slidePythonWindow(previous, totalsOf(old), totalsOf(fresh), functions) };
  }
}

function ingredientsAt(state: SparkState, timeMs: number): Ingredients {
  const { config, windows } = state;
  const { windowMs, slideMs, method } = windowConfigOf(config);
  const previous = windows.get(timeMs - slideMs) ?? null;
  const isWhole =
    method === 'WindowedDStream' ||
    (method === 'PythonReducedWindowedDStream' &&
      (previous === null || !isIncremental(windowMs, slideMs)));
  if (isWhole) {
    const fresh = batchesIn(state, windowAt(timeMs, windowMs, config.batchIntervalMs));
    return { previous: null, old: [], fresh };
  }
  const { old, fresh } = incrementalIntervals(timeMs, windowMs, slideMs, config.batchIntervalMs);
  return { previous, old: batchesIn(state, old), fresh: batchesIn(state, fresh) };
}

function batchesIn(state: SparkState, interval: Interval): Batch[] {
  const { driver, config, batches } = state;
  const found: Batch[] = [];
  for (const batchMs of slice(interval, driver.zeroTimeMs, config.batchIntervalMs)) {
    const batch = batches.get(batchMs);
    if (batch !== undefined) found.push(batch);
  }
  return found;
}

function totalsOf(batches: readonly Batch[]): KeyTotals[] {
  return batches.map(({ totals }) => totals ?? NO_TOTALS);
}
