/**
 * Sources of one alignment group wait for each other: a reader whose watermark is more than `maxDriftMs` ahead of the
 * slowest stops polling until the group has caught up. Overshoot of about one update interval is normal.
 *
 * Follows Flink 1.20 `SourceCoordinator.announceCombinedWatermark` and `SourceOperator`.
 *
 * A component of its own: the source of a lane is in no alignment group.
 */
import { LONG_MAX } from '../long.ts';

/** The limit that the coordinator announces; idle and finished readers report LONG_MAX. */
export function maxAllowedWatermarkMs(reportedMs: readonly number[], maxDriftMs: number): number {
  let minimumMs = LONG_MAX;
  for (const reported of reportedMs) minimumMs = Math.min(minimumMs, reported);
  return minimumMs === LONG_MAX ? LONG_MAX : minimumMs + maxDriftMs;
}

/** Whether a reader has to wait; exactly at the limit it goes on. */
export function waitsForAlignment(ownWatermarkMs: number, maxAllowedMs: number): boolean {
  return ownWatermarkMs > maxAllowedMs;
}
