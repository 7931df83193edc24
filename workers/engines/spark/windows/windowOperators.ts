/**
 * groupByKeyAndWindow, which is made of others: groupByKey in each batch, and a window that puts the groups together.
 *
 * Follows PairDStreamFunctions.groupByKeyAndWindow of Spark Streaming 3.5 (Scala).
 *
 * A component of its own: no program of a lane has such an operator.
 */
import { reduceAll } from './pairs.ts';
import type { Pairs } from './pairs.ts';

/** Every value of every key in the window, oldest batch first. */
export function groupByKeyAndWindow<V>(
  batches: readonly Pairs<readonly V[]>[],
): Map<string, readonly V[]> {
  return reduceAll(batches, (left, right) => [...left, ...right]);
}
