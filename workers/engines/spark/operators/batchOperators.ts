/**
 * Operators that see one batch at a time. An empty batch is still a batch: `count` answers 0 and
 * `reduce` answers nothing.
 *
 * Follows DStream.count, reduce, countByValue and glom of Spark Streaming 3.5 (Scala).
 *
 * A component of its own: no program of a lane has such an operator.
 */
import { reduceAll } from '../windows/pairs.ts';
import type { Pairs, ReduceFunction } from '../windows/pairs.ts';

/** `count()`: always one number, because a zero is put into the union. */
export function countBatch(batch: readonly unknown[]): number {
  return batch.length;
}

/** `reduce(f)`: one element, or null for an empty batch. */
export function reduceBatch<T>(batch: readonly T[], reduce: ReduceFunction<T>): T | null {
  let reduced: T | null = null;
  for (const element of batch) reduced = reduced === null ? element : reduce(reduced, element);
  return reduced;
}

/** `countByValue()`: each distinct element with its number. */
export function countByValue(batch: readonly string[]): Map<string, number> {
  const ones = batch.map((value): Pairs<number> => new Map([[value, 1]]));
  return reduceAll(ones, (a, b) => a + b);
}

/** How `parallelize` cuts a list: slice i is [i·length/n, (i+1)·length/n). `glom` shows the cut. */
export function glom<T>(elements: readonly T[], partitions: number): T[][] {
  const slices: T[][] = [];
  for (let i = 0; i < partitions; i++) {
    const from = Math.floor((i * elements.length) / partitions);
    const until = Math.floor(((i + 1) * elements.length) / partitions);
    slices.push(elements.slice(from, until));
  }
  return slices;
}
