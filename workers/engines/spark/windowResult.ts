/** The rows of a window from the cached batches, by the class of the windowed stream. */
import type { JobOutcome } from './windows/reducedWindow.ts';
import { reduceWindow, windowIntervals } from './windows/windowedStream.ts';
import type { Batch, KeyTotals, SparkState } from './state.ts';
import { functionsOf, windowConfigOf } from './windowConfig.ts';
import { slice, type Interval } from './windows/windowTimes.ts';

const NO_TOTALS: KeyTotals = new Map();

/** What the output at `timeMs` is made of: a previous result with leaving batches, or none, and batches. */
interface Ingredients {
  readonly previous: KeyTotals | null;
  readonly old: Batch[];
  readonly fresh: Batch[];
}

/** Every batch that must have been read for the output at `timeMs`, oldest first. */
export function batchesNeeded(state: SparkState, timeMs: number): Batch[] {
  const { old, fresh } = ingredientsAt(state, timeMs);
  return old.concat(fresh);
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
  if (windowFailure !== null && windowFailure.timeMs < timeMs)
    return { failure: windowFailure.message };
  const { previous, old, fresh } = ingredientsAt(state, timeMs);
  const { method } = windowConfigOf(config);
  return reduceWindow(method, previous, totalsOf(old), totalsOf(fresh), functionsOf(config));
}

function ingredientsAt(state: SparkState, timeMs: number): Ingredients {
  const { config, windows } = state;
  const window = windowConfigOf(config);
  const previous = windows.get(timeMs - window.slideMs) ?? null;
  const { batchIntervalMs } = config;
  const { old, fresh } = windowIntervals(window, timeMs, batchIntervalMs, previous !== null);
  return {
    previous: old === null ? null : previous,
    old: old === null ? [] : batchesIn(state, old),
    fresh: batchesIn(state, fresh),
  };
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
