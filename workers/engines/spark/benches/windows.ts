// Window operators on a bench. Each step is one batch; the answer is the output that is due at its
// time, or null.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { firstTick, isTimeValid } from '../scheduling/batchTimes.ts';
import { reduceAll, type Pairs } from '../windows/pairs.ts';
import type { IncrementalReduce, JobOutcome } from '../windows/reducedWindow.ts';
import { methodOf, reduceWindow, windowIntervals } from '../windows/windowedStream.ts';
import type { WindowMethod } from '../windows/windowedStream.ts';
import { groupByKeyAndWindow } from '../windows/windowOperators.ts';
import { refuseWindow } from '../windows/windowRefusal.ts';
import { slice, windowAt, type Interval } from '../windows/windowTimes.ts';
import { apis, benchOf, duration, pairs, refuse, sortedRows, valuesByKey } from './component.ts';

const intervals = { batchIntervalMs: duration, windowMs: duration, slideMs: duration };

const windowConfig = v.strictObject({ ...intervals, api: apis });
type WindowConfig = v.InferOutput<typeof windowConfig>;

/** A window that is kept up to date from batches that were reduced by key. */
interface ReducedWindow {
  readonly config: WindowConfig;
  readonly functions: IncrementalReduce<number>;
  readonly method: WindowMethod;
  readonly batches: Pairs<number>[];
  previous: Pairs<number> | null;
  /** Each result is computed from the one before, so that after a failure all fail. */
  failure: string | null;
}

const add = (x: number, y: number): number => x + y;
const subtract = (x: number, y: number): number => x - y;

function reducedWindow(
  config: WindowConfig,
  inverse: boolean,
  keeps: IncrementalReduce<number>['keeps'],
): ReducedWindow {
  const { windowMs, slideMs, batchIntervalMs: parentSlideMs, api } = config;
  refuse(refuseWindow({ api, windowMs, slideMs, parentSlideMs, inverse })?.message ?? null);
  const functions = { reduce: add, inverse: subtract, keeps };
  const method = methodOf(api, inverse);
  return { config, functions, method, batches: [], previous: null, failure: null };
}

/** The rows that are due after this batch, or why their job fails. */
function slideWith(state: ReducedWindow, batch: Pairs<number>): JobOutcome<number, string> | null {
  const { config, batches, functions, method, previous } = state;
  const { batchIntervalMs } = config;
  batches.push(batch);
  const timeMs = batches.length * batchIntervalMs;
  if (!isTimeValid(timeMs, 0, config.slideMs)) return null;
  if (state.failure !== null) return { failure: state.failure };
  const stream = { method, ...config };
  const { old, fresh } = windowIntervals(stream, timeMs, batchIntervalMs, previous !== null);
  const outcome = reduceWindow(
    method,
    old === null ? null : previous,
    old === null ? [] : batchesIn(state, old),
    batchesIn(state, fresh),
    functions,
  );
  if ('failure' in outcome) state.failure = outcome.failure;
  else state.previous = outcome.rows;
  return outcome;
}

const reduceByKeyAndWindow = benchOf({
  name: 'reduce-by-key-and-window',
  meaning:
    'Sums per key over a sliding window, whole or with an inverse and perhaps a filter. A step is a batch of pairs.',
  config: v.strictObject({
    ...windowConfig.entries,
    inverse: v.boolean(),
    /** With an inverse: the filter function keeps sums greater than this; null is no filter. */
    keepsMoreThan: v.nullable(v.number()),
  }),
  step: pairs,
  start: ({ inverse, keepsMoreThan, ...config }) =>
    reducedWindow(
      config,
      inverse,
      inverse && keepsMoreThan !== null ? (sum) => sum > keepsMoreThan : null,
    ),
  play(state, rows) {
    const outcome = slideWith(state, sumsOf(rows));
    return outcome === null || 'failure' in outcome ? outcome : sortedRows(outcome.rows);
  },
});

/** One key for all elements, and the inverse: that is how both APIs count. */
const countByWindow = benchOf({
  name: 'count-by-window',
  meaning: 'How many elements a sliding window has. A step is the number of elements in a batch.',
  config: windowConfig,
  step: whole(0, 1_000_000_000),
  start: (config) => reducedWindow(config, true, null),
  play(state, size) {
    const outcome = slideWith(state, size === 0 ? new Map() : new Map([['all', size]]));
    return outcome !== null && 'rows' in outcome ? (outcome.rows.get('all') ?? null) : outcome;
  },
});

const countByValueAndWindow = benchOf({
  name: 'count-by-value-and-window',
  meaning: 'How often a sliding window has each element. A step is a batch of texts.',
  config: windowConfig,
  step: v.array(v.string()),
  start: (config) =>
    reducedWindow(config, true, config.api === 'scala' ? (count) => count !== 0 : null),
  play(state, elements) {
    const outcome = slideWith(state, sumsOf(elements.map((element) => [element, 1])));
    if (outcome === null || 'failure' in outcome) return outcome;
    // PySpark filters what the window gives, where Scala hands the filter to the window.
    return sortedRows(outcome.rows).filter(([, count]) => count !== 0);
  },
});

function sumsOf(rows: readonly (readonly [string, number])[]): Pairs<number> {
  return reduceAll(
    rows.map(([key, value]): Pairs<number> => new Map([[key, value]])),
    add,
  );
}

function batchesIn<Batch>(
  {
    batches,
    config,
  }: { readonly batches: readonly Batch[]; readonly config: { readonly batchIntervalMs: number } },
  interval: Interval,
): Batch[] {
  const { batchIntervalMs } = config;
  return slice(interval, 0, batchIntervalMs).flatMap((timeMs) => {
    const index = timeMs / batchIntervalMs - 1;
    return batches.slice(index, index + 1);
  });
}

const groupedByKey = benchOf({
  name: 'group-by-key-and-window',
  meaning: 'All values per key over a sliding window. A step is a batch of pairs.',
  config: v.strictObject(intervals),
  step: pairs,
  start: (config) => ({ config, batches: [] as Pairs<readonly number[]>[] }),
  play(state, rows) {
    const { config, batches } = state;
    batches.push(valuesByKey(rows));
    const timeMs = batches.length * config.batchIntervalMs;
    if (!isTimeValid(timeMs, 0, config.slideMs)) return null;
    const window = windowAt(timeMs, config.windowMs, config.batchIntervalMs);
    return sortedRows(groupByKeyAndWindow(batchesIn(state, window)));
  },
});

/** A stream of the chain: when it has an RDD, and what that holds. */
interface Stream {
  readonly slideMs: number;
  at(timeMs: number): readonly number[];
}

function windowOn(parent: Stream, windowMs: number, slideMs: number, zeroTimeMs: number): Stream {
  const { slideMs: parentSlideMs } = parent;
  const request = { api: 'scala', windowMs, slideMs, parentSlideMs, inverse: false } as const;
  refuse(refuseWindow(request)?.message ?? null);
  return {
    slideMs,
    at: (timeMs) =>
      slice(windowAt(timeMs, windowMs, parentSlideMs), zeroTimeMs, parentSlideMs).flatMap((time) =>
        parent.at(time),
      ),
  };
}

const plainWindow = benchOf({
  name: 'window',
  meaning:
    'Windows put on one another, at last on the source, of a program that starts at `startMs`. A step is a batch of numbers.',
  config: v.strictObject({
    batchIntervalMs: duration,
    startMs: whole(0, 1_000_000_000_000),
    windows: v.pipe(
      v.array(v.strictObject({ windowMs: duration, slideMs: duration })),
      v.maxLength(5, 'at most 5 windows are expected'),
    ),
  }),
  step: v.array(v.number()),
  start({ batchIntervalMs, startMs, windows }) {
    const zeroTimeMs = firstTick(startMs, batchIntervalMs) - batchIntervalMs;
    const batches: number[][] = [];
    const source: Stream = {
      slideMs: batchIntervalMs,
      at: (timeMs) => batches[(timeMs - zeroTimeMs) / batchIntervalMs - 1] ?? [],
    };
    const stream = windows.reduce(
      (parent, { windowMs, slideMs }) => windowOn(parent, windowMs, slideMs, zeroTimeMs),
      source,
    );
    return { batches, stream, zeroTimeMs, batchIntervalMs };
  },
  play({ batches, stream, zeroTimeMs, batchIntervalMs }, batch) {
    batches.push(batch);
    const timeMs = zeroTimeMs + batches.length * batchIntervalMs;
    if (!isTimeValid(timeMs, zeroTimeMs, stream.slideMs)) return null;
    return { timeMs, elements: stream.at(timeMs) };
  },
});

export const windowBenches = [
  reduceByKeyAndWindow,
  groupedByKey,
  countByWindow,
  countByValueAndWindow,
  plainWindow,
];
