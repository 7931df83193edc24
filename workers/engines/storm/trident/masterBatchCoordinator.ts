/**
 * `org.apache.storm.trident.topology.MasterBatchCoordinator` (Storm 2.8.8), the only real spout of a
 * Trident topology: it deals out transaction ids.
 *
 * A batch is processed (its tree of tuples is acked), then committed, and commits are strictly in order
 * of the transaction ids, so a fast batch waits for a slow one before it. When one fails, it and all
 * later ones in flight are given out again, each with a higher attempt. Current transaction and attempts
 * lie in ZooKeeper.
 *
 * A component of its own: no lane runs Trident.
 */

export interface TransactionAttempt {
  readonly txid: number;
  readonly attempt: number;
}

export type AttemptStatus = 'PROCESSING' | 'PROCESSED' | 'COMMITTING';

/** What outlives the coordinator: `/transactional/<txId>/coordinator`. */
export interface StoredTransactions {
  currentTx: number;
  attempts: Map<number, number>;
}

export interface MasterBatchCoordinator {
  /** `topology.max.spout.pending`, which counts batches here; unset it is 1. */
  readonly maxTransactionActive: number;
  /** `topology.trident.batch.emit.interval.millis`: at most one new batch in so long. */
  readonly emitIntervalMs: number;
  throttledSinceMs: number;
  batchesSince: number;
  /** A deactivated topology commits what is in flight and gives out nothing. */
  isActive: boolean;
  /** `BatchCoordinator.isReady`: false while the spout has nothing to emit. */
  isSpoutReady: boolean;
  currentTx: number;
  readonly active: Map<number, { readonly attempt: number; status: AttemptStatus }>;
  readonly attempts: Map<number, number>;
  readonly stored: StoredTransactions;
}

export interface Emission extends TransactionAttempt {
  readonly stream: '$batch' | '$commit' | '$success';
}

/**
 * Opens the coordinator.
 *
 * @param stored what an earlier one left. The attempt of the newest slot in flight is forgotten, as the
 *   real one forgets it: that transaction starts at attempt 0 again.
 */
export function openCoordinator(
  maxTransactionActive: number,
  emitIntervalMs: number,
  nowMs: number,
  stored: StoredTransactions = { currentTx: 1, attempts: new Map() },
): MasterBatchCoordinator {
  const { currentTx } = stored;
  const last = currentTx + maxTransactionActive - 1;
  return {
    maxTransactionActive,
    emitIntervalMs,
    throttledSinceMs: nowMs,
    batchesSince: 0,
    isActive: true,
    isSpoutReady: true,
    currentTx,
    active: new Map(),
    attempts: new Map([...stored.attempts].filter(([txid]) => txid >= currentTx && txid < last)),
    stored,
  };
}

/** `nextTuple`, and the end of every ack and fail: commits what is due, and fills the free slots. */
export function sync(coordinator: MasterBatchCoordinator, nowMs: number): Emission[] {
  const { active, maxTransactionActive, currentTx } = coordinator;
  const emissions: Emission[] = [];
  const current = active.get(currentTx);
  if (current?.status === 'PROCESSED') {
    current.status = 'COMMITTING';
    emissions.push({ stream: '$commit', txid: currentTx, attempt: current.attempt });
  }
  if (!coordinator.isActive || active.size >= maxTransactionActive) return emissions;
  for (let txid = currentTx; txid < currentTx + maxTransactionActive; txid++) {
    if (active.has(txid) || isThrottled(coordinator, nowMs) || !coordinator.isSpoutReady) continue;
    emissions.push({ stream: '$batch', txid, attempt: giveOut(coordinator, txid) });
  }
  return emissions;
}

/** The tree of a batch, or of its commit, is complete. An ack of an older attempt is ignored. */
export function onAck(
  coordinator: MasterBatchCoordinator,
  tx: TransactionAttempt,
  nowMs: number,
): Emission[] {
  const { active, attempts, stored } = coordinator;
  const found = active.get(tx.txid);
  if (found?.attempt !== tx.attempt) return [];
  const emissions: Emission[] = [];
  if (found.status === 'PROCESSING') {
    found.status = 'PROCESSED';
  } else if (found.status === 'COMMITTING') {
    active.delete(tx.txid);
    attempts.delete(tx.txid);
    emissions.push({ stream: '$success', txid: tx.txid, attempt: tx.attempt });
    coordinator.currentTx = tx.txid + 1;
    stored.currentTx = coordinator.currentTx;
  }
  return [...emissions, ...sync(coordinator, nowMs)];
}

/** A batch or its commit failed or timed out. */
export function onFail(
  coordinator: MasterBatchCoordinator,
  tx: TransactionAttempt,
  nowMs: number,
): Emission[] {
  const { active } = coordinator;
  const found = active.get(tx.txid);
  // The real one takes the transaction out before it compares the attempts.
  active.delete(tx.txid);
  if (found?.attempt !== tx.attempt) return [];
  for (const txid of active.keys()) if (txid > tx.txid) active.delete(txid);
  return sync(coordinator, nowMs);
}

function giveOut(coordinator: MasterBatchCoordinator, txid: number): number {
  const { attempts, active, stored } = coordinator;
  const attempt = (attempts.get(txid) ?? -1) + 1;
  attempts.set(txid, attempt);
  stored.attempts = new Map(attempts);
  active.set(txid, { attempt, status: 'PROCESSING' });
  coordinator.batchesSince += 1;
  return attempt;
}

/** `WindowedTimeThrottler` with an amount of 1. */
function isThrottled(coordinator: MasterBatchCoordinator, nowMs: number): boolean {
  if (nowMs - coordinator.throttledSinceMs > coordinator.emitIntervalMs) {
    coordinator.batchesSince = 0;
    coordinator.throttledSinceMs = nowMs;
  }
  return coordinator.batchesSince >= 1;
}
