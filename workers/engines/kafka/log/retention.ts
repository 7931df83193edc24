/**
 * How a log forgets (`UnifiedLog.deleteOldSegments` 3.9, `cleanup.policy=delete`): whole segments, oldest
 * first, by the newest timestamp in them, and only what is committed. The newest segment is not spared:
 * when it qualifies, an empty one takes its place.
 *
 * A component of its own: retention does not run in the engine.
 */
import { present } from '../../../kernel/assert.ts';

export interface Segment {
  readonly baseOffset: number;
  bytes: number;
  records: number;
  /** The largest timestamp of its records, in milliseconds; −1 while it is empty. */
  largestTimestampMs: number;
  /** When its first record was written; −1 while it is empty. */
  firstTimestampMs: number;
}

export interface RetentionSettings {
  readonly 'segment.bytes': number;
  readonly 'segment.ms': number;
  /** −1 for no limit. */
  readonly 'retention.bytes': number;
  /** −1 for no limit. */
  readonly 'retention.ms': number;
  readonly 'cleanup.policy': 'delete' | 'compact' | 'compact,delete';
}

/** Segments by offset; the last one is active. */
export type Segments = Segment[];

export function emptySegment(baseOffset: number): Segment {
  return { baseOffset, bytes: 0, records: 0, largestTimestampMs: -1, firstTimestampMs: -1 };
}

function lastOf(segments: Segments): Segment {
  return present(segments[segments.length - 1], 'the active segment');
}

export function logEndOffset(segments: Segments): number {
  const { baseOffset, records } = lastOf(segments);
  return baseOffset + records;
}

/** `LogSegment.shouldRoll`: whether a batch has to go into a new segment. */
function shouldRoll(
  active: Segment,
  bytes: number,
  timestampMs: number,
  settings: RetentionSettings,
): boolean {
  if (active.bytes > settings['segment.bytes'] - bytes) return true;
  return active.bytes > 0 && timestampMs - active.firstTimestampMs > settings['segment.ms'];
}

/** Appends a batch, in a new segment if the active one is full or too old. */
export function appendToSegments(
  segments: Segments,
  records: number,
  bytes: number,
  timestampMs: number,
  settings: RetentionSettings,
): void {
  const full = lastOf(segments);
  if (shouldRoll(full, bytes, timestampMs, settings)) {
    segments.push(emptySegment(logEndOffset(segments)));
  }
  const active = lastOf(segments);
  if (active.records === 0) active.firstTimestampMs = timestampMs;
  active.records += records;
  active.bytes += bytes;
  active.largestTimestampMs = Math.max(active.largestTimestampMs, timestampMs);
}

/**
 * Deletes what has had its time, and under any policy what lies entirely before the log's start, because its records
 * were deleted on demand. Returns how many segments went.
 *
 * @param startOffset what was deleted on demand ends here
 */
export function deleteOldSegments(
  segments: Segments,
  highWatermark: number,
  nowMs: number,
  settings: RetentionSettings,
  startOffset = 0,
): number {
  const onDemand = deleteWhile(segments, highWatermark, (_, next) => {
    return next !== undefined && next.baseOffset <= startOffset;
  });
  if (!settings['cleanup.policy'].includes('delete')) return onDemand;
  let excess = segments.reduce((sum, { bytes }) => sum + bytes, 0) - settings['retention.bytes'];
  const bySize = deleteWhile(segments, highWatermark, ({ bytes }) => {
    if (settings['retention.bytes'] < 0 || excess - bytes < 0) return false;
    excess -= bytes;
    return true;
  });
  const limitMs = settings['retention.ms'];
  const byTime = deleteWhile(
    segments,
    highWatermark,
    ({ largestTimestampMs }) => limitMs >= 0 && nowMs - largestTimestampMs > limitMs,
  );
  return onDemand + bySize + byTime;
}

/** From the oldest on, as long as it qualifies and lies entirely below the high watermark. */
function deleteWhile(
  segments: Segments,
  highWatermark: number,
  qualifies: (segment: Segment, next: Segment | undefined) => boolean,
): number {
  const end = logEndOffset(segments);
  let count = 0;
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    const upper = next?.baseOffset ?? end;
    const isLastAndEmpty = index === segments.length - 1 && segment.records === 0;
    if (isLastAndEmpty || upper > highWatermark || !qualifies(segment, next)) break;
    count += 1;
  }
  if (count === segments.length) segments.push(emptySegment(end));
  segments.splice(0, count);
  return count;
}
