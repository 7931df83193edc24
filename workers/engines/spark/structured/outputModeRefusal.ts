/**
 * Which output modes a streaming query is refused, when it is started: an AnalysisException whose
 * text goes on with the query's plan.
 *
 * Follows UnsupportedOperationChecker, in the words that it had up to Spark 3.5 (4.0 puts the error
 * class STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION in their place).
 */
import type { OutputMode } from './windowedCount.ts';

export interface QueryShape {
  readonly aggregates: boolean;
  /** Whether a grouping column has a watermark. */
  readonly hasWatermark: boolean;
  readonly joinsTwoStreams: boolean;
}

export function refuseOutputMode(mode: OutputMode, query: QueryShape): string | null {
  const name = { append: 'Append', update: 'Update', complete: 'Complete' }[mode];
  if (mode === 'append' && query.aggregates && !query.hasWatermark) {
    return (
      `${name} output mode not supported when there are streaming aggregations on ` +
      'streaming DataFrames/DataSets without watermark'
    );
  }
  if (mode === 'complete' && !query.aggregates) {
    return (
      `${name} output mode not supported when there are no streaming aggregations on ` +
      'streaming DataFrames/Datasets'
    );
  }
  if (query.joinsTwoStreams && mode !== 'append') {
    return (
      'Join between two streaming DataFrames/Datasets is not supported' +
      ` in ${name} output mode, only in Append output mode`
    );
  }
  return null;
}
