/**
 * `dropDuplicates` with a watermark on a column of the key: a row passes when its key is new, and the
 * key is remembered until the watermark has passed its event time. A row that old is dropped, known
 * or not.
 *
 * Follows StreamingDeduplicateExec of Spark 3.5, for rows that are nothing but their event time.
 * Times in milliseconds.
 */
import { afterBatch, FIRST_BATCH, watermarksOf, type Progress } from './progress.ts';

export interface DeduplicationState {
  readonly progress: Progress;
  readonly seenMs: ReadonlySet<number>;
}

export interface DeduplicatedBatch {
  readonly state: DeduplicationState;
  readonly output: readonly number[];
  readonly dropped: number;
}

export function createDeduplicationState(): DeduplicationState {
  return { progress: FIRST_BATCH, seenMs: new Set() };
}

export function runDeduplicationBatch(
  state: DeduplicationState,
  timesMs: readonly number[],
  delayMs: number,
  allowMultiple: boolean,
): DeduplicatedBatch {
  const { lateMs, evictionMs } = watermarksOf(state.progress, allowMultiple);
  const seenMs = new Set(state.seenMs);
  const output: number[] = [];
  let dropped = 0;
  for (const timeMs of timesMs) {
    if (timeMs <= lateMs) dropped++;
    else if (!seenMs.has(timeMs)) {
      seenMs.add(timeMs);
      output.push(timeMs);
    }
  }
  for (const timeMs of seenMs) if (timeMs <= evictionMs) seenMs.delete(timeMs);
  const progress = afterBatch(state.progress, timesMs, delayMs);
  return { state: { progress, seenMs }, output, dropped };
}
