/**
 * Which part of a compacted log the cleaner may work on, and how much it is worth (`LogCleanerManager` and `LogToClean`
 * 3.9). The active segment is never cleaned, so the last value of a key may stand beside older ones for a long time.
 *
 * A component of its own: the cleaner does not run in the engine. Left out: transactions, which hold the cleaner back
 * as they hold readers back, and `max.compaction.lag.ms`.
 */
import { logEndOffset, type Segments } from './retention.ts';

export interface CleanableRange {
  readonly firstDirtyOffset: number;
  readonly firstUncleanableOffset: number;
  /** Share of the bytes that were not cleaned yet; the log is cleaned when it is over `min.cleanable.dirty.ratio`. */
  readonly dirtyRatio: number;
}

/**
 * @param cleanedTo where the last pass ended, null if there was none
 * @param lagMs `min.compaction.lag.ms`
 */
export function cleanableRange(
  segments: Segments,
  cleanedTo: number | null,
  highWatermark: number,
  nowMs: number,
  lagMs: number,
): CleanableRange {
  const start = segments[0]?.baseOffset ?? 0;
  const isKnown = cleanedTo !== null && cleanedTo >= start && cleanedTo <= logEndOffset(segments);
  const firstDirtyOffset = isKnown ? cleanedTo : start;
  const active = segments[segments.length - 1]?.baseOffset ?? 0;
  const young =
    lagMs > 0
      ? segments.find(
          ({ baseOffset, largestTimestampMs }) =>
            baseOffset >= firstDirtyOffset && largestTimestampMs > nowMs - lagMs,
        )
      : undefined;
  const firstUncleanableOffset = Math.max(
    firstDirtyOffset,
    Math.min(active, highWatermark, young?.baseOffset ?? active),
  );
  const bytesBetween = (from: number, to: number) =>
    segments
      .filter(({ baseOffset }) => baseOffset >= from && baseOffset < to)
      .reduce((sum, { bytes }) => sum + bytes, 0);
  const dirty = bytesBetween(firstDirtyOffset, firstUncleanableOffset);
  const total = bytesBetween(start, firstUncleanableOffset);
  return { firstDirtyOffset, firstUncleanableOffset, dirtyRatio: total === 0 ? 0 : dirty / total };
}
