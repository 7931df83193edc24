// Window operators on a bench. Each step is one batch; the answer is the output that is due at its
// time, or null.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { isTimeValid } from '../scheduling/batchTimes.ts';
import { reduceAll, type Pairs } from '../windows/pairs.ts';
import {
  isIncremental,
  reduceWholeWindow,
  slidePythonWindow,
} from '../windows/pythonReducedWindow.ts';
import { incrementalIntervals, slideReducedWindow } from '../windows/reducedWindow.ts';
import { countByWindow, groupByKeyAndWindow } from '../windows/windowOperators.ts';
import { refuseWindow } from '../windows/windowRefusal.ts';
import { slice, windowAt, type Interval } from '../windows/windowTimes.ts';
import { benchOf, pairs, refuse, rowsOf, valuesByKey } from './component.ts';

const intervals = {
  batchIntervalMs: whole(1, 86_400_000),
  windowMs: whole(1, 86_400_000),
  slideMs: whole(1, 86_400_000),
};

const windowConfig = v.strictObject({
  ...intervals,
  api: v.picklist(['python', 'scala']),
  inverse: v.boolean(),
  /** Whether a filter drops zeros, where there is an inverse. */
  filterZeros: v.boolean(),
});

type WindowConfig = v.InferOutput<typeof windowConfig>;

interface WindowedBatches<Config, Batch> {
  readonly config: Config;
  readonly batches: Batch[];
  readonly results: Map<number, Pairs<number>>;
}

const add = (x: number, y: number): number => x + y;
const subtract = (x: number, y: number): number => x - y;

/** `reduceByKeyAndWindow` with a sum, in its three forms. */
const reduceByKeyAndWindow = benchOf({
  name: 'reduce-by-key-and-window',
  meaning:
    'Sums per key over a sliding window, whole or with an inverse. A step is a batch of pairs.',
  config: windowConfig,
  step: pairs,
  start: (config): WindowedBatches<WindowConfig, Pairs<number>> => {
    const { windowMs, slideMs, batchIntervalMs: parentSlideMs, api, inverse } = config;
    refuse(refuseWindow({ api, windowMs, slideMs, parentSlideMs, inverse })?.message ?? null);
    return { config, batches: [], results: new Map() };
  },
  play(state, rows) {
    const ones = rows.map(([key, value]): Pairs<number> => new Map([[key, value]]));
    state.batches.push(reduceAll(ones, add));
    const timeMs = state.batches.length * state.config.batchIntervalMs;
    return isTimeValid(timeMs, 0, state.config.slideMs) ? resultAt(state, timeMs) : null;
  },
});

/** The rows, and how many partial results were merged for them. */
function resultAt(state: WindowedBatches<WindowConfig, Pairs<number>>, timeMs: number): unknown {
  const { windowMs, slideMs, batchIntervalMs, api, inverse, filterZeros } = state.config;
  const functions = {
    reduce: add,
    inverse: subtract,
    keeps: filterZeros && inverse ? (value: number): boolean => value !== 0 : null,
  };
  const previous = state.results.get(timeMs - slideMs);
  const subtracts = inverse && (api === 'scala' || (previous && isIncremental(windowMs, slideMs)));
  if (!subtracts) {
    const batches = batchesIn(state, windowAt(timeMs, windowMs, batchIntervalMs));
    const rows = reduceWholeWindow(batches, functions);
    state.results.set(timeMs, rows);
    return { rows: rowsOf(rows), merged: batches.length };
  }
  const intervals = incrementalIntervals(timeMs, windowMs, slideMs, batchIntervalMs);
  const old = batchesIn(state, intervals.old);
  const fresh = batchesIn(state, intervals.fresh);
  const before = previous ?? new Map<string, number>();
  const outcome =
    api === 'python'
      ? { rows: slidePythonWindow(before, old, fresh, functions) }
      : slideReducedWindow(before, old, fresh, functions);
  if ('failure' in outcome) return outcome;
  state.results.set(timeMs, outcome.rows);
  return { rows: rowsOf(outcome.rows), merged: 1 + old.length + fresh.length };
}

function batchesIn<Config extends { batchIntervalMs: number }, Batch>(
  { batches, config }: WindowedBatches<Config, Batch>,
  interval: Interval,
): Batch[] {
  const { batchIntervalMs } = config;
  return slice(interval, 0, batchIntervalMs).flatMap((timeMs) => {
    const index = timeMs / batchIntervalMs - 1;
    return batches.slice(index, index + 1);
  });
}

const plainWindow = v.strictObject(intervals);
type PlainWindow = v.InferOutput<typeof plainWindow>;

const groupedByKey = benchOf({
  name: 'group-by-key-and-window',
  meaning: 'All values per key over a sliding window. A step is a batch of pairs.',
  config: plainWindow,
  step: pairs,
  start: (config): WindowedBatches<PlainWindow, Pairs<readonly number[]>> => ({
    config,
    batches: [],
    results: new Map(),
  }),
  play(state, rows) {
    const { config, batches } = state;
    batches.push(valuesByKey(rows));
    const timeMs = batches.length * config.batchIntervalMs;
    if (!isTimeValid(timeMs, 0, config.slideMs)) return null;
    const window = windowAt(timeMs, config.windowMs, config.batchIntervalMs);
    return rowsOf(groupByKeyAndWindow(batchesIn(state, window)));
  },
});

const counted = benchOf({
  name: 'count-by-window',
  meaning: 'The number of elements in a sliding window (Scala). A step is the size of a batch.',
  config: plainWindow,
  step: whole(0, 1_000_000_000),
  start: (config) => ({
    config,
    batches: [] as number[],
    results: new Map<number, Pairs<number>>(),
    last: { count: null as number | null },
  }),
  play(state, size) {
    const { config, batches, last } = state;
    batches.push(size);
    const timeMs = batches.length * config.batchIntervalMs;
    if (!isTimeValid(timeMs, 0, config.slideMs)) return null;
    const { windowMs, slideMs, batchIntervalMs } = config;
    const { old, fresh } = incrementalIntervals(timeMs, windowMs, slideMs, batchIntervalMs);
    last.count = countByWindow(last.count, batchesIn(state, old), batchesIn(state, fresh));
    return last.count;
  },
});

export const windowBenches = [reduceByKeyAndWindow, groupedByKey, counted];
