/** What the driver forgets when a batch completes, and what is lost with a driver that wrote no checkpoint. */
import { ownRemember, isForgotten } from './remember.ts';
import { windowsExpecting } from './ledger.ts';
import type { Batch, SparkEnvironment, SparkState } from './state.ts';
import { windowConfigOf } from './windowConfig.ts';

/** Forgets what no window can need any more, once the batch at `completedMs` has completed. */
export function forgetBatches(state: SparkState, completedMs: number, env: SparkEnvironment): void {
  const { slideMs, batchRememberMs, checkpointMs } = windowConfigOf(state.config);
  // A job that still runs or waits holds on to its RDDs, remembered or not.
  let oldestMs = completedMs;
  for (const pendingMs of state.driver.scheduler.jobSets.keys()) {
    oldestMs = Math.min(oldestMs, pendingMs);
  }
  for (const batch of state.batches.values()) {
    if (isForgotten(batch.batchMs, oldestMs, batchRememberMs)) forget(state, batch, env);
  }
  const rememberMs = ownRemember(slideMs, checkpointMs);
  for (const timeMs of state.windows.keys()) {
    if (isForgotten(timeMs, oldestMs, rememberMs)) state.windows.delete(timeMs);
  }
}

function forget(state: SparkState, batch: Batch, env: SparkEnvironment): void {
  const part = env.trace.part(`${env.node}/batches`);
  for (const records of batch.recordIds)
    for (const record of records) env.trace.leave(part, record);
  state.batches.delete(batch.batchMs);
}

/**
 * Without a checkpoint a new driver knows nothing: windows that had not fired will never fire, so the
 * records in them are lost there.
 */
export function loseEverything(state: SparkState, env: SparkEnvironment): void {
  const part = `${env.node}/batches`;
  for (const batch of state.batches.values()) {
    const isExpected = windowsExpecting(state, batch.batchMs).last >= state.nextWindow;
    for (const record of batch.recordIds.flat()) {
      if (batch.isBooked && isExpected) env.lost(record, part, 'driver died, no checkpoint');
    }
    forget(state, batch, env);
  }
  env.results?.undoFrom(0);
  state.windows.clear();
  state.strays = [];
  state.firstWindow = state.nextWindow;
}
