/**
 * Aggregations of a batch in Trident (Storm 2.8.8): where the result comes out, and what comes of a batch or a
 * partition without tuples.
 *
 * `partitionAggregate` works in each partition, `aggregate` brings a batch together in the partition whose turn it
 * is, and grouped aggregates are spread by the fields of the group. Only groups that are there have a result.
 *
 * A component of its own: no lane runs Trident.
 */
import { fieldsIndex } from '../groupings/grouper.ts';
import { batchGlobalTask } from './groupings.ts';

export interface Row {
  readonly partition: number;
  readonly key: string;
  readonly value: number;
}

/** `Sum` and `Count`; each gives 0 for no tuples, whether it is a combiner, a reducer or an `Aggregator`. */
export type Aggregate = 'Sum' | 'Count';

export type Result = readonly [partition: number, values: readonly (string | number)[]];

export function partitionAggregate(
  rows: readonly Row[],
  partitions: number,
  aggregates: readonly Aggregate[],
): Result[] {
  return Array.from({ length: partitions }, (_, partition) => [
    partition,
    resultsOf(
      rows.filter((row) => row.partition === partition),
      aggregates,
    ),
  ]);
}

export function batchAggregate(
  rows: readonly Row[],
  partitions: number,
  txid: number,
  aggregates: readonly Aggregate[],
): Result[] {
  const indexes = Array.from({ length: partitions }, (_, partition) => partition);
  return [[batchGlobalTask(txid, indexes), resultsOf(rows, aggregates)]];
}

/** In the order of the partitions and the keys. */
export function groupedAggregate(
  rows: readonly Row[],
  partitions: number,
  aggregates: readonly Aggregate[],
): Result[] {
  return [...new Set(rows.map(({ key }) => key))]
    .map((key): Result => {
      const group = rows.filter((row) => row.key === key);
      return [fieldsIndex([key], partitions), [key, ...resultsOf(group, aggregates)]];
    })
    .toSorted(([a, [keyA]], [b, [keyB]]) => a - b || (String(keyA) < String(keyB) ? -1 : 1));
}

function resultsOf(rows: readonly Row[], aggregates: readonly Aggregate[]): number[] {
  return aggregates.map((aggregate) =>
    aggregate === 'Count' ? rows.length : rows.reduce((sum, { value }) => sum + value, 0),
  );
}

/** `maxBy` and `minBy` of one partition. @throws without tuples, where the tuple that they emit has no values */
export function extreme(operation: 'maxBy' | 'minBy', values: readonly number[]): number {
  if (values.length > 0) {
    return operation === 'maxBy' ? Math.max(...values) : Math.min(...values);
  }
  throw new Error(
    'Cannot invoke "java.util.List.get(int)" because the return value of "java.util.List.get(int)" is null',
  );
}
