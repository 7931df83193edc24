/**
 * An RDD of (key, value) pairs after `reduceByKey`: each key once.
 *
 * Which partition a key lies in, and the order of rows, are left out: Spark promises no order
 * after a shuffle, so results are compared as sets of rows. Here rows keep the order in which
 * their keys were first met, so that the same run always prints the same.
 */
export type Pairs<V> = ReadonlyMap<string, V>;

/** An associative and commutative function of two values, as `reduceByKey` asks for. */
export type ReduceFunction<V> = (left: V, right: V) => V;

/** `reduceByKey` over the union of several RDDs, oldest first. */
export function reduceAll<V>(rdds: readonly Pairs<V>[], reduce: ReduceFunction<V>): Map<string, V> {
  const reduced = new Map<string, V>();
  for (const rdd of rdds) {
    for (const [key, value] of rdd) {
      const sofar = reduced.get(key);
      reduced.set(key, sofar === undefined ? value : reduce(sofar, value));
    }
  }
  return reduced;
}

/** `filter` on pairs: only the rows for which the predicate holds. */
export function filterPairs<V>(
  pairs: Pairs<V>,
  keeps: (key: string, value: V) => boolean,
): Map<string, V> {
  const kept = new Map<string, V>();
  for (const [key, value] of pairs) if (keeps(key, value)) kept.set(key, value);
  return kept;
}
