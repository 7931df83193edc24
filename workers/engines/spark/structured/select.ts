/**
 * A query without state: every row passes, however late it is, and no batch runs without data.
 *
 * Follows MicroBatchExecution of Spark 3.5.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { StreamingQuery } from './microBatches.ts';

/** @param delayMs of the watermark, which changes nothing here; null without one */
export function select(delayMs: number | null): StreamingQuery<null> {
  return {
    delaysMs: [delayMs],
    initial: null,
    wantsEmptyBatch: 'never',
    run: (state, rows) => ({
      state,
      output: rows.map(({ key, timeMs }) => ({ key, timeMs })),
      numRowsTotal: [],
      numRowsDroppedByWatermark: [],
    }),
  };
}
