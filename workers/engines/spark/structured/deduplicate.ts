/**
 * `dropDuplicates` and `dropDuplicatesWithinWatermark`: of the rows of a key the first one passes. With a watermark a
 * row at or before it is dropped, known or not.
 *
 * How long a key is remembered is another matter. When the event time is part of the key: until the watermark has passed
 * it. Within the watermark: until the watermark has reached the first row's time plus the delay. Else for ever.
 *
 * A time that is part of no key and of no output is read no further than the watermark: then no row can be late.
 *
 * Follows StreamingDeduplicateExec and StreamingDeduplicateWithinWatermarkExec of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { BatchResult, OutputRow, Row, StreamingQuery, Watermarks } from './microBatches.ts';

export interface DeduplicationSettings {
  /** What makes the key. */
  readonly byKey: boolean;
  readonly byTime: boolean;
  /** Whether the query goes on to select the event time. */
  readonly tellsTime: boolean;
  /** Of the watermark; null without one. */
  readonly delayMs: number | null;
  readonly withinWatermark: boolean;
}

/** When each key may be forgotten. */
type ExpiryMs = ReadonlyMap<string, number>;

export function deduplicate(settings: DeduplicationSettings): StreamingQuery<ExpiryMs> {
  return {
    delaysMs: [settings.delayMs],
    initial: new Map(),
    wantsEmptyBatch: 'watermark moved',
    run: (expiryMs, rows, watermarks) => runBatch(settings, expiryMs, rows, watermarks),
  };
}

/** The real message for a query that cannot be, or null. */
export function refuseDeduplication({
  withinWatermark,
  delayMs,
}: DeduplicationSettings): string | null {
  if (!withinWatermark || delayMs !== null) return null;
  return (
    'dropDuplicatesWithinWatermark is not supported on streaming DataFrames/DataSets ' +
    'without watermark'
  );
}

function runBatch(
  settings: DeduplicationSettings,
  before: ExpiryMs,
  rows: readonly Row[],
  { lateMs, evictionMs }: Watermarks,
): BatchResult<ExpiryMs> {
  const { byKey, byTime, tellsTime, delayMs, withinWatermark } = settings;
  const hasLateRows = delayMs !== null && (byTime || tellsTime || withinWatermark);
  const expiryMs = new Map(before);
  const output: OutputRow[] = [];
  let dropped = 0;
  for (const { key, timeMs } of rows) {
    const id = `${byTime ? timeMs : ''} ${byKey ? key : ''}`;
    if (hasLateRows && timeMs <= lateMs) dropped++;
    else if (!expiryMs.has(id)) {
      expiryMs.set(id, expiryOf(settings, timeMs));
      output.push(tellsTime ? { key, timeMs } : { key });
    }
  }
  for (const [id, timeMs] of expiryMs) if (timeMs <= evictionMs) expiryMs.delete(id);
  return {
    state: expiryMs,
    output,
    numRowsTotal: [expiryMs.size],
    numRowsDroppedByWatermark: [dropped],
  };
}

function expiryOf(
  { withinWatermark, byTime, delayMs }: DeduplicationSettings,
  timeMs: number,
): number {
  if (delayMs === null) return Infinity;
  if (withinWatermark) return timeMs + delayMs;
  return byTime ? timeMs : Infinity;
}
