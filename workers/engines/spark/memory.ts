/** What the driver forgets when a batch completes, and what is lost with a driver that wrote no checkpoint. */
import { nextWaiting } from './scheduling/jobScheduler.ts';
import { ownRemember, isForgotten } from './scheduling/remember.ts';
import { windowsExpecting } from './ledger.ts';
import { bookedUntil } from './skipped.ts';
import type { Batch, SparkEnvironment, SparkState } from './state.ts';
import { windowConfigOf } from './windowConfig.ts';

/** Forgets what no window can need any more, once the batch at `completedMs` has completed. */
export function forgetBatches(state: SparkState, completedMs: number, env: SparkEnvironment): void {
  const { slideMs, batchRememberMs, checkpointMs } = windowConfigOf(state.config);
  // A job that still runs or waits holds on to its RDDs, remembered or not.
  const { scheduler, running } = state.driver;
  let oldestMs = Math.min(completedMs, nextWaiting(scheduler)?.batchMs ?? completedMs);
  for (const runningMs of running.keys()) oldestMs = Math.min(oldestMs, runningMs);
  for (const batch of state.batches.values()) {
    if (isForgotten(batch.batchMs, oldestMs, batchRememberMs)) forget(state, batch, env);
  }
  const rememberMs = ownRemember(slideMs, checkpointMs);
  for (const timeMs of state.windows.keys()) {
    if (isForgotten(timeMs, oldestMs, rememberMs)) state.windows.delete(timeMs);
  }
}

function forget(state: SparkState, batch: Batch, env: SparkEnvironment): void {
  const { traced } = state;
  for (const records of batch.recordIds) {
    for (const record of records) env.trace.leave(traced.batches, record);
  }
  // No output needed it: it lay in a gap between windows, its job failed, or its driver died.
  if (!batch.isDone) env.trace.end(traced.batchSeries, batch.span, batch.records);
  state.batches.delete(batch.batchMs);
}

/**
 * Without a checkpoint a new driver knows nothing: windows that had not fired will never fire. If it
 * reads from the end of the log, the records in them are lost; from its beginning, they come again.
 */
export function loseEverything(state: SparkState, env: SparkEnvironment): void {
  const isLost = state.config['auto.offset.reset'] === 'latest';
  const part = `${env.node}/batches`;
  let lastWindow = state.nextWindow - 1;
  // A driver that dies while it starts knows nothing yet, and leaves what the last one left.
  if (isLost && state.driver.currentOffsets.length > 0) state.bookedOffsets = bookedUntil(state);
  for (const batch of state.batches.values()) {
    const { last } = windowsExpecting(state, batch.batchMs);
    lastWindow = Math.max(lastWindow, last);
    if (isLost && batch.isBooked && last >= state.nextWindow) {
      for (const record of batch.recordIds.flat()) {
        env.lost(record, part, 'the driver died without a checkpoint');
      }
    }
    forget(state, batch, env);
  }
  env.results?.undoFrom(0);
  state.windows.clear();
  state.windowFailure = null;
  state.strays = [];
  // The windows of the new driver are others, even where they lie at the same times.
  state.firstWindow = lastWindow + 1;
  state.nextWindow = state.firstWindow;
}
