/**
 * mapWithState: a running value per key whose function runs once for each record, and only for
 * keys that have records. A key that has been idle for longer than the timeout is let go, but only
 * in a batch that scans the whole state, and that happens when the state is checkpointed: every
 * ten slides by default. So a timeout of 3 s at a batch interval of 1 s takes effect at 10 s.
 *
 * Follows MapWithStateDStream and MapWithStateRDDRecord of Spark Streaming 3.5 (Scala and Java
 * only: PySpark has no mapWithState). Left out: the chain of delta maps behind the state.
 *
 * A component of its own: no program of a lane has such an operator.
 */
export interface KeyedState<S> {
  readonly value: S;
  /** Batch time at which the key was last touched. */
  readonly touchedMs: number;
}

export type StateMap<S> = ReadonlyMap<string, KeyedState<S>>;

/** What the program's function does with one key: emit an element, and update or remove. */
export interface Mapped<S, E> {
  readonly emit: E | null;
  readonly state: { readonly set: S } | 'keep' | 'remove';
}

/** `value` is null when the key is timing out; then `state` in the answer is ignored. */
export type MappingFunction<V, S, E> = (
  key: string,
  value: V | null,
  state: S | null,
  batchMs: number,
) => Mapped<S, E>;

export interface MapWithStateBatch<V> {
  readonly batchMs: number;
  /** The records in partition order. */
  readonly records: readonly (readonly [key: string, value: V])[];
  readonly timeoutMs: number | null;
  /** Whether the state is checkpointed at this batch, and so scanned for idle keys. */
  readonly fullScan: boolean;
}

export function mapWithState<V, S, E>(
  previous: StateMap<S>,
  batch: MapWithStateBatch<V>,
  mapping: MappingFunction<V, S, E>,
): { state: Map<string, KeyedState<S>>; mapped: E[] } {
  const { batchMs, timeoutMs } = batch;
  const state = new Map(previous);
  const mapped: E[] = [];
  for (const [key, value] of batch.records) {
    const before = state.get(key);
    const answer = mapping(key, value, before?.value ?? null, batchMs);
    if (answer.state === 'remove') state.delete(key);
    else if (answer.state !== 'keep')
      state.set(key, { value: answer.state.set, touchedMs: batchMs });
    else if (before !== undefined && timeoutMs !== null) {
      state.set(key, { value: before.value, touchedMs: batchMs });
    }
    if (answer.emit !== null) mapped.push(answer.emit);
  }
  if (timeoutMs !== null && batch.fullScan) {
    for (const [key, idle] of state) {
      if (idle.touchedMs >= batchMs - timeoutMs) continue;
      const answer = mapping(key, null, idle.value, batchMs);
      if (answer.emit !== null) mapped.push(answer.emit);
      state.delete(key);
    }
  }
  return { state, mapped };
}

/** `stateSnapshots()`: every key with its value, once per batch. */
export function stateSnapshot<S>(state: StateMap<S>): Map<string, S> {
  const snapshot = new Map<string, S>();
  for (const [key, kept] of state) snapshot.set(key, kept.value);
  return snapshot;
}
