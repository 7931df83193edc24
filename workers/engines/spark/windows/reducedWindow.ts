/**
 * reduceByKeyAndWindow with an inverse function, in Scala: the result of a slide ago, minus the
 * batches that left the window, plus those that entered.
 *
 * Its habits, all real: a key whose count fell to zero stays for ever unless a filter drops it; a
 * filter that drops a key still inside the window makes a later job fail; and when the slide is
 * longer than the window, what lies in the gap is counted for new keys and never taken away.
 *
 * Follows ReducedWindowedDStream.compute of Spark Streaming 3.5. Times in milliseconds.
 */
import { reduceAll } from './pairs.ts';
import type { Pairs, ReduceFunction } from './pairs.ts';
import type { Interval } from './windowTimes.ts';

/** The batches that the result of `timeMs` subtracts and adds, as closed intervals. */
export function incrementalIntervals(
  timeMs: number,
  windowMs: number,
  slideMs: number,
  parentSlideMs: number,
): { old: Interval; fresh: Interval } {
  const beginMs = timeMs - windowMs + parentSlideMs;
  return {
    old: { beginMs: beginMs - slideMs, endMs: beginMs - parentSlideMs },
    fresh: { beginMs: timeMs - slideMs + parentSlideMs, endMs: timeMs },
  };
}

/** The two functions of the program, and its optional filter (here of values only). */
export interface IncrementalReduce<V> {
  readonly reduce: ReduceFunction<V>;
  readonly inverse: ReduceFunction<V>;
  readonly keeps: ((value: V) => boolean) | null;
}

/** What a job that computes rows ends with. */
export type JobOutcome<V, Key> = { readonly rows: Map<Key, V> } | { readonly failure: string };

/**
 * One slide of the window.
 * @param previous the result of one slide ago; empty before the first.
 * @param old the reduced batches leaving, `fresh` those entering, each oldest first.
 */
export function slideReducedWindow<V, Key>(
  previous: Pairs<V, Key>,
  old: readonly Pairs<V, Key>[],
  fresh: readonly Pairs<V, Key>[],
  functions: IncrementalReduce<V>,
): JobOutcome<V, Key> {
  const leaving = reduceAll(old, functions.reduce);
  const entering = reduceAll(fresh, functions.reduce);
  const rows = new Map<Key, V>();
  for (const [key, before] of previous) {
    const left = leaving.get(key);
    const entered = entering.get(key);
    const remaining = left === undefined ? before : functions.inverse(before, left);
    rows.set(key, entered === undefined ? remaining : functions.reduce(remaining, entered));
  }
  for (const [key, entered] of entering) {
    // A key without a previous value takes the new one alone: what it had in the old batches is
    // not subtracted from anything.
    if (!previous.has(key)) rows.set(key, entered);
  }
  for (const key of leaving.keys()) {
    if (!rows.has(key)) return { failure: UNHASHED_KEY };
  }
  if (functions.keeps !== null) {
    for (const [key, value] of rows) if (!functions.keeps(value)) rows.delete(key);
  }
  return { rows };
}

const UNHASHED_KEY =
  'Neither previous window has value for key, nor new values found. ' +
  'Are you sure your key class hashes consistently?';
