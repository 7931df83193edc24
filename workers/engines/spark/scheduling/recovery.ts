/**
 * What a driver does again when it comes back from a checkpoint.
 *
 * It reruns the batches that were pending in the checkpoint and every tick since the checkpoint's
 * own time, that one included: so at least the last batch's outputs appear a second time, and
 * outputs are at-least-once. All are generated at once, in order, before the timer goes on.
 *
 * Follows JobGenerator.restart of Spark Streaming 3.5. Times in milliseconds.
 */
import { restartTick } from './batchTimes.ts';

/** What the newest readable checkpoint says about time. */
export interface CheckpointTimes {
  readonly zeroTimeMs: number;
  /** The batch the checkpoint was written for. */
  readonly checkpointTimeMs: number;
  /** Batches generated but not completed when it was written. */
  readonly pendingTimesMs: readonly number[];
}

/** The batches to run again, oldest first, and the tick with which the timer goes on. */
export function recover(
  checkpoint: CheckpointTimes,
  batchIntervalMs: number,
  nowMs: number,
): { rescheduleMs: number[]; nextTickMs: number } {
  const nextTickMs = restartTick(nowMs, checkpoint.zeroTimeMs, batchIntervalMs);
  const times = new Set<number>();
  for (const time of checkpoint.pendingTimesMs) if (time < nextTickMs) times.add(time);
  for (let time = checkpoint.checkpointTimeMs; time < nextTickMs; time += batchIntervalMs) {
    times.add(time);
  }
  return { rescheduleMs: [...times].sort((a, b) => a - b), nextTickMs };
}
