/**
 * reduceByKeyAndWindow with an inverse function, in PySpark, which does not use Scala's class.
 *
 * It subtracts and adds only when there is a previous result and the window is at least five
 * slides long ("for small window, reduce once will be better than twice"); otherwise it reduces
 * the whole window again. So with short windows no zero counts are left behind, a slide longer
 * than the window gives right answers, and still a checkpoint directory is demanded. In the
 * incremental case a key dropped too early by the filter does not fail the job: it comes back
 * with what entered since.
 *
 * Follows PythonReducedWindowedDStream (Spark 3.5, the same in 2.4) and the Python functions that
 * `DStream.reduceByKeyAndWindow` hands to it. Times in milliseconds.
 */
import { filterPairs, reduceAll } from './pairs.ts';
import type { Pairs } from './pairs.ts';
import type { IncrementalReduce } from './reducedWindow.ts';

/** Whether PySpark subtracts and adds, given that a previous result exists. */
export function isIncremental(windowMs: number, slideMs: number): boolean {
  return windowMs >= slideMs * 5;
}

/** The whole window reduced again: `func(None, currentRDDs)`. */
export function reduceWholeWindow<V, Key>(
  batches: readonly Pairs<V, Key>[],
  functions: IncrementalReduce<V>,
): Map<Key, V> {
  const reduced = reduceAll(batches, functions.reduce);
  return functions.keeps === null ? reduced : filterPairs(reduced, functions.keeps);
}

/** One incremental slide: the inverse by a left outer join, then a union reduced by key. */
export function slidePythonWindow<V, Key>(
  previous: Pairs<V, Key>,
  old: readonly Pairs<V, Key>[],
  fresh: readonly Pairs<V, Key>[],
  functions: IncrementalReduce<V>,
): Map<Key, V> {
  const leaving = reduceAll(old, functions.reduce);
  const remaining = new Map<Key, V>();
  for (const [key, before] of previous) {
    const left = leaving.get(key);
    remaining.set(key, left === undefined ? before : functions.inverse(before, left));
  }
  // The filter belongs to the adding step, so it is skipped when no batch entered at all.
  if (fresh.length === 0) return remaining;
  return reduceWholeWindow([remaining, ...fresh], functions);
}
