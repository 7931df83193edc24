/**
 * `PartitionPersistProcessor` (Storm 2.8.8): what a state is told of a batch. Its tuples are collected and handed to
 * the state together in the commit phase; a partition without tuples does not begin a commit.
 *
 * A component of its own: no lane runs Trident.
 */

export type PersistCall<T> =
  | readonly [call: 'beginCommit' | 'commit', txid: number | null]
  | readonly [call: 'updateState', tuples: readonly T[]];

/** @param txid null for a batch that is no transaction, as a DRPC request */
export function persistCalls<T>(txid: number | null, tuples: readonly T[]): PersistCall<T>[] {
  if (tuples.length === 0) return [];
  return [
    ['beginCommit', txid],
    ['updateState', tuples],
    ['commit', txid],
  ];
}
