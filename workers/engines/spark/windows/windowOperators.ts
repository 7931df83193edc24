/**
 * The window operators that are made of others.
 *
 * countByWindow counts with an inverse and one constant key: it needs a checkpoint directory, says
 * nothing before the first element ever arrives, and 0 for empty windows after that.
 *
 * Follows DStream.countByWindow and PairDStreamFunctions.groupByKeyAndWindow of Spark Streaming
 * 3.5 (Scala). In PySpark countByWindow takes the path of `pythonReducedWindow.ts`.
 */
import { reduceAll } from './pairs.ts';
import type { Pairs } from './pairs.ts';
import { slideReducedWindow } from './reducedWindow.ts';
import { assert } from '../../../kernel/assert.ts';

const ONE_KEY = 'all';

const COUNTING = {
  reduce: (a: number, b: number): number => a + b,
  inverse: (a: number, b: number): number => a - b,
  keeps: null,
};

/**
 * The count of one window, or null if no element has ever been seen.
 * @param previous the last answer; null before the first.
 * @param old number of elements in each leaving batch, `fresh` in each entering one.
 */
export function countByWindow(
  previous: number | null,
  old: readonly number[],
  fresh: readonly number[],
): number | null {
  const before: Pairs<number> = previous === null ? new Map() : new Map([[ONE_KEY, previous]]);
  const outcome = slideReducedWindow(before, old.map(asPairs), fresh.map(asPairs), COUNTING);
  assert('rows' in outcome, 'a count without a filter cannot lose its key');
  return outcome.rows.get(ONE_KEY) ?? null;
}

function asPairs(count: number): Pairs<number> {
  return count === 0 ? new Map() : new Map([[ONE_KEY, count]]);
}

/** groupByKeyAndWindow: every value of every key in the window, oldest batch first. */
export function groupByKeyAndWindow<V>(
  batches: readonly Pairs<readonly V[]>[],
): Map<string, readonly V[]> {
  return reduceAll(batches, (left, right) => [...left, ...right]);
}
