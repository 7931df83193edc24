/**
 * `org.apache.storm.trident.topology.TridentBoltExecutor` (Storm 2.8.8): how a task knows that a batch is
 * complete. Every task before it reports how many tuples it has sent here; the batch is finished when all
 * have reported, as many tuples came, and, where the task writes a state, its commit is there.
 *
 * The first report is not acked until then, so the tree of the batch stays open. A task tracks one attempt of
 * a batch: a higher one drops the lower, of which nothing is acked or failed any more.
 *
 * A component of its own: no lane runs Trident.
 */
import type { TransactionAttempt } from './masterBatchCoordinator.ts';

export interface BatchTracking<T> {
  /** How many tasks report. */
  readonly sources: number;
  readonly commits: boolean;
  /** The tasks to which this one reports. */
  readonly targets: readonly number[];
  readonly messageTimeoutMs: number;
  rotatedMs: number;
  /** How often the buckets of the `RotatingMap` were turned in which batches are tracked. */
  turns: number;
  /** By transaction id. */
  readonly batches: Map<number, TrackedBatch<T>>;
}

interface TrackedBatch<T> {
  readonly attempt: number;
  /** Turns before it was put. */
  readonly turn: number;
  reports: number;
  expectedTuples: number;
  receivedTuples: number;
  readonly sent: Map<number, number>;
  hasFailed: boolean;
  hasCommit: boolean;
  delayedAck: T | null;
}

/** What a task does, in order; `T` is a tuple as it came. */
export type BatchHappening<T> =
  | { readonly kind: 'ack' | 'fail'; readonly tuple: T }
  | { readonly kind: 'finish'; readonly tx: TransactionAttempt }
  | { readonly kind: 'report'; readonly task: number; readonly tuples: number };

/** Something that came for a batch. */
export interface Arrival<T> {
  readonly tx: TransactionAttempt;
  readonly tuple: T;
  /** Whether the bolt could finish the batch now; a state that cannot write throws FailedException. */
  readonly canFinish: boolean;
}

/** What a tuple of the batch does to the bolt: where it sends tuples, or null for a FailedException. */
export type Execution = { readonly sentTo: readonly number[] } | null;

export function createBatchTracking<T>(
  sources: number,
  commits: boolean,
  targets: readonly number[],
  messageTimeoutMs: number,
): BatchTracking<T> {
  return {
    sources,
    commits,
    targets,
    messageTimeoutMs,
    rotatedMs: 0,
    turns: 0,
    batches: new Map(),
  };
}

/** Of the map, as in the executor of a spout. */
const BUCKETS = 2;

/** A tick, every 5 seconds: batches are forgotten at the second turn after they were put. */
export function onTick<T>(tracking: BatchTracking<T>, nowMs: number): void {
  if (nowMs - tracking.rotatedMs <= tracking.messageTimeoutMs) return;
  tracking.turns += 1;
  for (const [txid, { turn }] of tracking.batches)
    if (tracking.turns - turn === BUCKETS) tracking.batches.delete(txid);
  tracking.rotatedMs = nowMs;
}

/**
 * A tuple of the batch. One that fails is acked all the same: the batch fails by the report in hand, or else
 * by the next one.
 */
export function onTuple<T>(
  tracking: BatchTracking<T>,
  arrival: Arrival<T>,
  execution: Execution,
  out: BatchHappening<T>[],
): void {
  const batch = batchOf(tracking, arrival.tx);
  if (!batch) return;
  batch.receivedTuples += 1;
  let succeeds = true;
  if (execution === null) {
    fail(batch, out);
  } else {
    for (const task of execution.sentTo) batch.sent.set(task, (batch.sent.get(task) ?? 0) + 1);
    if (tracking.sources === 0) succeeds = finish(tracking, batch, arrival, out);
  }
  out.push({ kind: succeeds ? 'ack' : 'fail', tuple: arrival.tuple });
}

/** A task before this one has sent so many tuples here. */
export function onReport<T>(
  tracking: BatchTracking<T>,
  arrival: Arrival<T>,
  tuples: number,
  out: BatchHappening<T>[],
): void {
  const batch = batchOf(tracking, arrival.tx);
  if (!batch) return;
  batch.reports += 1;
  batch.expectedTuples += tuples;
  check(tracking, batch, arrival, !tracking.commits, out);
}

export function onCommit<T>(
  tracking: BatchTracking<T>,
  arrival: Arrival<T>,
  out: BatchHappening<T>[],
): void {
  const batch = batchOf(tracking, arrival.tx);
  if (!batch) return;
  batch.hasCommit = true;
  check(tracking, batch, arrival, true, out);
}

/** The tracked batch, or null if a higher attempt of it was seen. */
function batchOf<T>(
  { turns, batches, commits }: BatchTracking<T>,
  { txid, attempt }: TransactionAttempt,
): TrackedBatch<T> | null {
  const found = batches.get(txid);
  if (found && found.attempt >= attempt) return found.attempt === attempt ? found : null;
  const made: TrackedBatch<T> = {
    attempt,
    turn: turns,
    reports: 0,
    expectedTuples: 0,
    receivedTuples: 0,
    sent: new Map(),
    hasFailed: false,
    hasCommit: !commits,
    delayedAck: null,
  };
  batches.set(txid, made);
  return made;
}

/** `checkFinish`; the first tuple that `mayWait` is acked only when the batch is finished. */
function check<T>(
  tracking: BatchTracking<T>,
  batch: TrackedBatch<T>,
  arrival: Arrival<T>,
  mayWait: boolean,
  out: BatchHappening<T>[],
): void {
  const { tuple } = arrival;
  if (batch.hasFailed) {
    fail(batch, out);
    out.push({ kind: 'fail', tuple });
    return;
  }
  const isDelayed = mayWait && batch.delayedAck === null;
  if (isDelayed) batch.delayedAck = tuple;
  if (batch.hasCommit && batch.reports === tracking.sources) {
    if (batch.receivedTuples !== batch.expectedTuples) {
      fail(batch, out);
      out.push({ kind: 'fail', tuple });
      return;
    }
    finish(tracking, batch, arrival, out);
  }
  if (!isDelayed) out.push({ kind: 'ack', tuple });
}

/** @returns whether the bolt finished the batch */
function finish<T>(
  { batches, targets }: BatchTracking<T>,
  batch: TrackedBatch<T>,
  { tx, canFinish }: Arrival<T>,
  out: BatchHappening<T>[],
): boolean {
  if (canFinish) {
    out.push({ kind: 'finish', tx });
    for (const task of targets) {
      out.push({ kind: 'report', task, tuples: batch.sent.get(task) ?? 0 });
    }
    if (batch.delayedAck !== null) out.push({ kind: 'ack', tuple: batch.delayedAck });
    batch.delayedAck = null;
  } else {
    fail(batch, out);
  }
  batches.delete(tx.txid);
  return canFinish;
}

function fail<T>(batch: TrackedBatch<T>, out: BatchHappening<T>[]): void {
  batch.hasFailed = true;
  if (batch.delayedAck !== null) out.push({ kind: 'fail', tuple: batch.delayedAck });
  batch.delayedAck = null;
}
