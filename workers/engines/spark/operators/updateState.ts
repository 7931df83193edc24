/**
 * updateStateByKey: a running value per key. The update function is called for every key that has
 * a state or new values, in every batch, with an empty list for keys without data; returning
 * nothing forgets the key. The output of each batch is the whole state, so the cost grows with
 * the number of keys and not with the batch.
 *
 * Follows StateDStream of Spark Streaming 3.5 (Scala). PySpark differs in one point: when the
 * parent has no RDD at a time, PythonStateDStream keeps the state without calling the function.
 *
 * A component of its own: no program of a lane has such an operator.
 */
import type { Api } from '../refusal.ts';
import type { Pairs } from '../windows/pairs.ts';

/** Null forgets the key. */
export type UpdateFunction<V, S> = (
  values: readonly V[],
  state: S | null,
  batchMs: number,
  key: string,
) => S | null;

/** What the function starts from: an initial RDD counts only with the first batch that has an RDD. */
export function stateBefore<S>(
  last: Pairs<S> | null,
  initial: Pairs<S> | null,
  batch: Pairs<readonly unknown[]> | null,
): Pairs<S> | null {
  return last ?? (batch === null ? null : initial);
}

/**
 * The state after one batch, which is also the batch's output; null if there is none yet.
 * @param previous what `stateBefore` says.
 * @param batch new values by key, or null if the parent has no RDD at this time.
 */
export function updateStateByKey<V, S>(
  previous: Pairs<S> | null,
  batch: Pairs<readonly V[]> | null,
  update: UpdateFunction<V, S>,
  batchMs: number,
  api: Api,
): Map<string, S> | null {
  if (batch === null && (previous === null || api === 'python')) {
    return previous === null ? null : new Map(previous);
  }
  const state = new Map<string, S>();
  const apply = (key: string, values: readonly V[], before: S | null): void => {
    const after = update(values, before, batchMs, key);
    if (after !== null) state.set(key, after);
  };
  for (const [key, before] of previous ?? []) apply(key, batch?.get(key) ?? [], before);
  for (const [key, values] of batch ?? []) if (!previous?.has(key)) apply(key, values, null);
  return state;
}
