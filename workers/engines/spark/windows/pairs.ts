/**
 * An RDD of (key, value) pairs after `reduceByKey`: each key once.
 *
 * Which partition a key lies in, and the order of rows, are left out: Spark promises no order
 * after a shuffle, so results are compared as sets of rows. Here rows keep the order in which
 * their keys were first met, so that the same run always prints the same.
 */
export type Pairs<V, Key = string> = ReadonlyMap<Key, V>;

/** An associative and commutative function of two values, as `reduceByKey` asks for. */
export type ReduceFunction<V> = (left: V, right: V) => V;

/** `reduceByKey` over the union of several RDDs, oldest first. */
export function reduceAll<V, Key>(
  rdds: readonly Pairs<V, Key>[],
  reduce: ReduceFunction<V>,
): Map<Key, V> {
  const reduced = new Map<Key, V>();
  for (const rdd of rdds) {
    for (const [key, value] of rdd) {
      const sofar = reduced.get(key);
      reduced.set(key, sofar === undefined ? value : reduce(sofar, value));
    }
  }
  return reduced;
}

/** `filter` on pairs: only the rows for which the predicate holds. */
export function filterPairs<V, Key>(
  pairs: Pairs<V, Key>,
  keeps: (value: V) => boolean,
): Map<Key, V> {
  const kept = new Map<Key, V>();
  for (const [key, value] of pairs) if (keeps(value)) kept.set(key, value);
  return kept;
}
