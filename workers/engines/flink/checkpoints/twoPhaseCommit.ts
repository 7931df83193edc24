/**
 * Exactly-once output: what a sink writes becomes visible only when the checkpoint that contains it is complete.
 * Snapshot n flushes the open transaction and opens another; the notification of n commits all pending ones up to n; a
 * restore commits again what the snapshot holds as pending and aborts what was open.
 *
 * Follows Flink 1.20 `TwoPhaseCommitSinkFunction`, whose order of steps `KafkaSink` with EXACTLY_ONCE shares. A commit
 * never fails here; transaction timeouts (`transaction.timeout.ms`) are left out.
 */

export interface Transaction<T> {
  readonly checkpointId: number;
  readonly values: readonly T[];
}

export interface TwoPhaseCommit<T> {
  /** Written since the last snapshot. */
  open: T[];
  /** Pre-committed, oldest first. */
  readonly pending: Transaction<T>[];
}

export function createTwoPhaseCommit<T>(): TwoPhaseCommit<T> {
  return { open: [], pending: [] };
}

export function write<T>(sink: TwoPhaseCommit<T>, value: T): void {
  sink.open.push(value);
}

/** `snapshotState`: pre-commits and returns what goes into the checkpoint. */
export function preCommit<T>(sink: TwoPhaseCommit<T>, checkpointId: number): Transaction<T>[] {
  sink.pending.push({ checkpointId, values: sink.open });
  sink.open = [];
  return [...sink.pending];
}

/** `notifyCheckpointComplete`: the values that become visible, in order. A late notification finds nothing. */
export function commitUpTo<T>(sink: TwoPhaseCommit<T>, checkpointId: number): T[] {
  const visible: T[] = [];
  while (sink.pending[0] !== undefined && sink.pending[0].checkpointId <= checkpointId)
    visible.push(...(sink.pending.shift() as Transaction<T>).values);
  return visible;
}

/** `initializeState`: a commit may be repeated, so it must be idempotent. @returns the values committed again */
export function recoverAndCommit<T>(snapshot: readonly Transaction<T>[]): T[] {
  return snapshot.flatMap((transaction) => [...transaction.values]);
}
