/**
 * What passes from one micro-batch to the next: the batch id and the watermarks.
 *
 * The watermark that a batch's rows produce is used from the next batch on. Since 3.4 a batch has
 * two: rows are late by the watermark of the batch before, state is evicted by its own
 * (`spark.sql.streaming.statefulOperator.allowMultiple`); up to 3.3 both were its own. If the watermark moved and no
 * data comes, a batch without data runs, so that final results get out.
 *
 * Follows MicroBatchExecution and IncrementalExecution of Spark 3.5, for queries with one
 * `withWatermark`. Times in milliseconds.
 */
export interface Progress {
  /** Of the next batch. */
  readonly batchId: number;
  /** For the next batch. */
  readonly watermarkMs: number;
  /** Of the batch before; 0 if there was none. */
  readonly previousWatermarkMs: number;
}

export const FIRST_BATCH: Progress = { batchId: 0, watermarkMs: 0, previousWatermarkMs: 0 };

/** By which times the next batch drops rows and evicts state: what is at or before them. */
export interface BatchWatermarks {
  readonly lateMs: number;
  readonly evictionMs: number;
}

export function watermarksOf(progress: Progress, allowMultiple: boolean): BatchWatermarks {
  const { watermarkMs, previousWatermarkMs } = progress;
  return { lateMs: allowMultiple ? previousWatermarkMs : watermarkMs, evictionMs: watermarkMs };
}

/** Whether the next batch runs although there is no data. */
export function needsNoDataBatch(progress: Progress): boolean {
  return progress.batchId > 0 && progress.watermarkMs > progress.previousWatermarkMs;
}

/** After a batch with these event times, seen before any row was dropped. */
export function afterBatch(
  progress: Progress,
  eventTimesMs: readonly number[],
  delayMs: number,
): Progress {
  let watermarkMs = progress.watermarkMs;
  for (const timeMs of eventTimesMs) watermarkMs = Math.max(watermarkMs, timeMs - delayMs);
  return { batchId: progress.batchId + 1, watermarkMs, previousWatermarkMs: progress.watermarkMs };
}
