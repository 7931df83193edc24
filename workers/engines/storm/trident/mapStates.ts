/**
 * The three map states of Trident (Storm 2.8.8) and what each makes of a batch that comes twice.
 *
 * `NonTransactionalMap` adds it again. `TransactionalMap` keeps the txid beside the value and skips a
 * batch that it has seen; that is right if the spout replays the same tuples. `OpaqueMap` keeps the value
 * before the batch too and starts from it again, so the content may change. Exactly once is said of the
 * state: functions run as often as the batch comes.
 *
 * Simplification: values are numbers, and an update adds to them.
 *
 * A component of its own: no lane runs Trident.
 */
import { updated, valueFor, type OpaqueValue } from './opaqueValue.ts';

export type TridentState =
  | { readonly kind: 'NonTransactionalMap'; readonly values: Map<string, number> }
  | { readonly kind: 'TransactionalMap'; readonly values: Map<string, TransactionalValue> }
  | { readonly kind: 'OpaqueMap'; readonly values: Map<string, OpaqueValue> }
  | MemoryMapState;

/** An opaque map in memory, from which keys can be removed. */
export interface MemoryMapState {
  readonly kind: 'MemoryMapState';
  readonly values: Map<string, OpaqueValue>;
  /** Removed in the last transaction, and taken out at the beginning of the next. */
  removed: string[];
  lastTxid: number | null;
}

export interface TransactionalValue {
  readonly txid: number;
  readonly val: number;
}

/** One addition to a key. */
export type Update = readonly [key: string, amount: number];

/** The commit phase of a batch: from `beginCommit(txid)` to `commit(txid)`. */
export interface Commit {
  readonly state: TridentState;
  readonly txid: number;
  /** What was written in this commit is read from the cache, as the batch's own value. */
  readonly written: Set<string>;
}

export function createTridentState(kind: TridentState['kind']): TridentState {
  const values = new Map<string, never>();
  return kind === 'MemoryMapState'
    ? { kind, values, removed: [], lastTxid: null }
    : { kind, values };
}

export function beginCommit(state: TridentState, txid: number): Commit {
  if (state.kind === 'MemoryMapState') {
    if (state.lastTxid !== txid) for (const key of state.removed) state.values.delete(key);
    state.removed = [];
    state.lastTxid = txid;
  }
  return { state, txid, written: new Set() };
}

/**
 * `multiUpdate`: all keys are read before the first is written, so of two updates of one key in one call
 * the last wins. Trident groups before it updates a state, and each key comes once.
 *
 * @returns the value of each key after its update
 */
export function multiUpdate(commit: Commit, updates: readonly Update[]): number[] {
  switch (commit.state.kind) {
    case 'NonTransactionalMap': {
      const { values } = commit.state;
      const after = updates.map(([key, amount]) => (values.get(key) ?? 0) + amount);
      updates.forEach(([key], i) => values.set(key, after[i] as number));
      return after;
    }
    case 'TransactionalMap': {
      const { values } = commit.state;
      const after = updates.map(([key, amount]) => added(commit, key, values.get(key), amount));
      write(commit, values, updates, after);
      return after.map(({ val }) => val);
    }
    case 'OpaqueMap':
    case 'MemoryMapState': {
      const { values } = commit.state;
      const after = updates.map(([key, amount]) => {
        const stored = values.get(key);
        const curr = (base(commit, key, stored) ?? 0) + amount;
        return { ...replaced(stored, commit.txid, curr), curr };
      });
      write(commit, values, updates, after);
      return after.map(({ curr }) => curr);
    }
  }
}

/** `MemoryMapState.multiRemove`: a removed key has no value, and lies there while a replay may need it. */
export function removeKeys(
  state: MemoryMapState,
  { txid, written }: Commit,
  keys: readonly string[],
) {
  for (const key of keys) {
    state.values.set(key, replaced(state.values.get(key), txid, null));
    state.removed.push(key);
    written.add(key);
  }
}

/** `multiGet` of one key within a commit; null for none. */
export function read(commit: Commit, key: string): number | null {
  const { state } = commit;
  return state.kind === 'OpaqueMap' || state.kind === 'MemoryMapState'
    ? base(commit, key, state.values.get(key))
    : currentValue(state, key);
}

/** `multiGet` of one key outside a commit, which is what a query sees; null for none. */
export function currentValue(state: TridentState, key: string): number | null {
  switch (state.kind) {
    case 'NonTransactionalMap':
      return state.values.get(key) ?? null;
    case 'TransactionalMap':
      return state.values.get(key)?.val ?? null;
    case 'OpaqueMap':
    case 'MemoryMapState':
      return state.values.get(key)?.curr ?? null;
  }
}

/** Only the same txid is skipped: an older batch is added, and its txid stored. */
function added(
  { txid, written }: Commit,
  key: string,
  stored: TransactionalValue | undefined,
  amount: number,
): TransactionalValue {
  if (stored?.txid === txid && !written.has(key)) return stored;
  return { txid, val: (stored?.val ?? 0) + amount };
}

function replaced(stored: OpaqueValue | undefined, txid: number, curr: number | null): OpaqueValue {
  return stored ? updated(stored, txid, curr) : { currTxid: txid, prev: null, curr };
}

function base(commit: Commit, key: string, stored: OpaqueValue | undefined): number | null {
  if (!stored) return null;
  return commit.written.has(key) ? stored.curr : valueFor(stored, commit.txid);
}

/** What a commit leaves as it found it was not written by it. */
function write<T>(
  { written }: Commit,
  values: Map<string, T>,
  updates: readonly Update[],
  after: readonly T[],
): void {
  const before = updates.map(([key]) => values.get(key));
  updates.forEach(([key], i) => {
    if (after[i] === before[i]) return;
    values.set(key, after[i] as T);
    written.add(key);
  });
}
