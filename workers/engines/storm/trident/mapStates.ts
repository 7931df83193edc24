/**
 * The three map states of Trident (Storm 2.8.8) and what each makes of a batch that comes twice.
 *
 * `NonTransactionalMap` adds it again. `TransactionalMap` keeps the txid beside the value and skips a
 * batch that it has seen; that is right if the spout replays the same tuples. `OpaqueMap` keeps the value
 * before the batch too and starts from it again, so the content may change. Exactly once is said of the
 * state: functions run as often as the batch comes.
 *
 * Simplification: values are numbers, and an update adds to them.
 */
import { updated, valueFor, type OpaqueValue } from './opaqueValue.ts';

export type TridentState =
  | { readonly kind: 'NonTransactionalMap'; readonly values: Map<string, number> }
  | { readonly kind: 'TransactionalMap'; readonly values: Map<string, TransactionalValue> }
  | { readonly kind: 'OpaqueMap'; readonly values: Map<string, OpaqueValue> };

export interface TransactionalValue {
  readonly txid: number;
  readonly value: number;
}

/** One addition to a key. */
export type Update = readonly [key: string, amount: number];

export function createTridentState(kind: TridentState['kind']): TridentState {
  return { kind, values: new Map<string, never>() };
}

/**
 * Applies a batch in its commit phase: `beginCommit(txid)`, the updates one by one, `commit(txid)`.
 *
 * @returns the value of the key after each update
 */
export function applyBatch(
  state: TridentState,
  txid: number,
  updates: readonly Update[],
): number[] {
  // What was written in this commit is read from the cache, as the batch's own value.
  const written = new Set<string>();
  return updates.map(([key, amount]) => {
    switch (state.kind) {
      case 'NonTransactionalMap':
        return addTo(state.values, key, amount);
      case 'TransactionalMap':
        return updateTransactional(state.values, txid, key, amount, written);
      case 'OpaqueMap':
        return updateOpaque(state.values, txid, key, amount, written);
    }
  });
}

function addTo(values: Map<string, number>, key: string, amount: number): number {
  const value = (values.get(key) ?? 0) + amount;
  values.set(key, value);
  return value;
}

function updateTransactional(
  values: Map<string, TransactionalValue>,
  txid: number,
  key: string,
  amount: number,
  written: Set<string>,
): number {
  const stored = values.get(key);
  if (stored?.txid === txid && !written.has(key)) return stored.value;
  const value = (stored?.value ?? 0) + amount;
  values.set(key, { txid, value });
  written.add(key);
  return value;
}

function updateOpaque(
  values: Map<string, OpaqueValue>,
  txid: number,
  key: string,
  amount: number,
  written: Set<string>,
): number {
  const stored = values.get(key);
  const before =
    stored === undefined ? null : written.has(key) ? stored.current : valueFor(stored, txid);
  const value = (before ?? 0) + amount;
  values.set(
    key,
    stored === undefined ? { txid, current: value, previous: null } : updated(stored, txid, value),
  );
  written.add(key);
  return value;
}

/** What a reader sees. */
export function currentValues(state: TridentState): Map<string, number> {
  switch (state.kind) {
    case 'NonTransactionalMap':
      return new Map(state.values);
    case 'TransactionalMap':
      return new Map([...state.values].map(([key, { value }]) => [key, value]));
    case 'OpaqueMap':
      return new Map([...state.values].map(([key, { current }]) => [key, current]));
  }
}
