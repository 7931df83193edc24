/**
 * What a consumer with `isolation.level=read_committed` makes of a fetch (`CompletedFetch`, 3.9). The broker sends
 * everything below the last stable offset, and a list of the transactions among it that were aborted; their records the
 * consumer leaves out, and markers it never shows.
 *
 * A component of its own: transactions do not run in the engine.
 */

export interface FetchedRecord {
  readonly offset: number;
  /** −1 outside of transactions. */
  readonly producerId: number;
  /** Set for the marker that ends a transaction. */
  readonly marker?: 'commit' | 'abort';
}

export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/** @param aborted in the order of their first offsets */
export function committedOnly<T extends FetchedRecord>(
  records: readonly T[],
  aborted: readonly AbortedTransaction[],
): T[] {
  const abortedProducers = new Set<number>();
  let next = 0;
  return records.filter(({ offset, producerId, marker }) => {
    for (; (aborted[next]?.firstOffset ?? Infinity) <= offset; next++) {
      abortedProducers.add(aborted[next]?.producerId ?? -1);
    }
    if (marker === 'abort') abortedProducers.delete(producerId);
    return marker === undefined && !abortedProducers.has(producerId);
  });
}
