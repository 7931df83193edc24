/**
 * The metadata checkpoint of a driver: times and offset ranges, no records. It is written twice a
 * batch, after its job was generated and after it completed.
 *
 * Follows Checkpoint and CheckpointWriter of Spark Streaming 3.5. Left out: the time a write takes,
 * the ten files that are kept, and the results that are checkpointed every few slides (here an inverse
 * window goes on from its last result, where the real one recomputes from the last checkpointed one).
 */
import type { OffsetRange } from './inputs/directKafka.ts';
import { pendingTimes } from './scheduling/jobScheduler.ts';
import type { SparkState } from './state.ts';

/** Without `ssc.checkpoint(directory)` nothing is kept. */
export function writeCheckpoint(state: SparkState, batchMs: number): void {
  const { driver, config, batches, checkpoint } = state;
  if (!config.checkpoint) return;
  const ranges = new Map<number, readonly OffsetRange[]>();
  for (const batch of batches.values()) ranges.set(batch.batchMs, batch.ranges);
  state.checkpoint = {
    zeroTimeMs: driver.zeroTimeMs,
    // The completion of an older batch is filed under the newest batch time seen.
    checkpointTimeMs: Math.max(batchMs, checkpoint?.checkpointTimeMs ?? 0),
    pendingTimesMs: pendingTimes(driver.scheduler),
    currentOffsets: driver.currentOffsets,
    ranges,
  };
}
