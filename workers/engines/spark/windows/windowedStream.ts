/**
 * The three classes of windowed streams: when each subtracts what left its window instead of reducing everything again,
 * and what its result comes from then.
 *
 * Follows WindowedDStream and ReducedWindowedDStream, and PySpark's own class, of Spark 3.5. Times in milliseconds.
 */
import type { Api } from '../refusal.ts';
import { reduceAll, type Pairs } from './pairs.ts';
import { isIncremental, reduceWholeWindow, slidePythonWindow } from './pythonReducedWindow.ts';
import {
  incrementalIntervals,
  slideReducedWindow,
  type IncrementalReduce,
  type JobOutcome,
} from './reducedWindow.ts';
import { windowAt, type Interval } from './windowTimes.ts';

/** How a result comes from the batches: the class of the windowed stream. */
export type WindowMethod =
  'WindowedDStream' | 'ReducedWindowedDStream' | 'PythonReducedWindowedDStream';

export function methodOf(api: Api, inverse: boolean): WindowMethod {
  if (!inverse) return 'WindowedDStream';
  return api === 'python' ? 'PythonReducedWindowedDStream' : 'ReducedWindowedDStream';
}

export interface WindowedStream {
  readonly method: WindowMethod;
  readonly windowMs: number;
  readonly slideMs: number;
}

/** Whether each result is computed from the one of a slide ago, if there is one. */
export function isFromPrevious({ method, windowMs, slideMs }: WindowedStream): boolean {
  if (method === 'PythonReducedWindowedDStream') return isIncremental(windowMs, slideMs);
  return method === 'ReducedWindowedDStream';
}

/**
 * The batches that make the result of `timeMs`.
 *
 * @param hasPrevious whether there is a result of one slide ago
 * @returns what left and what entered since then; `old` is null where the window is reduced as a whole
 */
export function windowIntervals(
  stream: WindowedStream,
  timeMs: number,
  parentSlideMs: number,
  hasPrevious: boolean,
): { readonly old: Interval | null; readonly fresh: Interval } {
  const { method, windowMs, slideMs } = stream;
  // Scala begins with an empty result, where PySpark reduces the first window as a whole.
  const isWhole =
    !isFromPrevious(stream) || (method === 'PythonReducedWindowedDStream' && !hasPrevious);
  if (isWhole) return { old: null, fresh: windowAt(timeMs, windowMs, parentSlideMs) };
  return incrementalIntervals(timeMs, windowMs, slideMs, parentSlideMs);
}

/**
 * The result of a window.
 *
 * @param previous the result of one slide ago; null before the first, and where the window is reduced as a whole
 */
export function reduceWindow<V, Key>(
  method: WindowMethod,
  previous: Pairs<V, Key> | null,
  old: readonly Pairs<V, Key>[],
  fresh: readonly Pairs<V, Key>[],
  functions: IncrementalReduce<V>,
): JobOutcome<V, Key> {
  switch (method) {
    case 'WindowedDStream':
      return { rows: reduceAll(fresh, functions.reduce) };
    case 'ReducedWindowedDStream':
      return slideReducedWindow(previous ?? new Map<Key, V>(), old, fresh, functions);
    case 'PythonReducedWindowedDStream':
      return previous === null
        ? { rows: reduceWholeWindow(fresh, functions) }
        : { rows: slidePythonWindow(previous, old, fresh, functions) };
  }
}
