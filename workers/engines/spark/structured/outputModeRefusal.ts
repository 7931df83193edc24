/**
 * Which output modes a streaming query is refused, when it is started: an AnalysisException whose
 * text goes on with the query's plan.
 *
 * Follows UnsupportedOperationChecker, in the words that it had up to Spark 3.5 (4.0 puts the error
 * class STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION in place of most of them).
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import type { OutputMode } from './windowedCount.ts';

export interface QueryShape {
  readonly aggregates: 'no' | 'once' | 'by session' | 'twice';
  /** Whether a grouping column has a watermark. */
  readonly hasWatermark: boolean;
  readonly joinsTwoStreams: boolean;
  /** The function with a state of its own, and the mode that it was given. */
  readonly stateFunction:
    | { readonly name: 'mapGroupsWithState' }
    | { readonly name: 'flatMapGroupsWithState'; readonly mode: OutputMode }
    | null;
}

export const NO_SHAPE: QueryShape = {
  aggregates: 'no',
  hasWatermark: false,
  joinsTwoStreams: false,
  stateFunction: null,
};

export function refuseOutputMode(mode: OutputMode, query: QueryShape): string | null {
  const { aggregates, hasWatermark, joinsTwoStreams, stateFunction } = query;
  const name = { append: 'Append', update: 'Update', complete: 'Complete' }[mode];
  if (aggregates === 'twice' && mode !== 'append') return LATE_ROWS_DOWNSTREAM;
  if (mode === 'append' && aggregates !== 'no' && !hasWatermark) {
    return (
      `${name} output mode not supported when there are streaming aggregations on ` +
      'streaming DataFrames/DataSets without watermark'
    );
  }
  if (mode === 'complete' && aggregates === 'no') {
    return (
      `${name} output mode not supported when there are no streaming aggregations on ` +
      'streaming DataFrames/Datasets'
    );
  }
  if (mode === 'update' && aggregates === 'by session') {
    return `${name} output mode not supported for session window on streaming DataFrames/DataSets`;
  }
  if (joinsTwoStreams && mode !== 'append') {
    return (
      'Join between two streaming DataFrames/Datasets is not supported' +
      ` in ${name} output mode, only in Append output mode`
    );
  }
  if (stateFunction?.name === 'mapGroupsWithState' && mode !== 'update') {
    return `mapGroupsWithState is not supported with ${name} output mode on a streaming DataFrame/Dataset`;
  }
  if (stateFunction?.name === 'flatMapGroupsWithState' && mode !== stateFunction.mode) {
    return (
      `flatMapGroupsWithState in ${stateFunction.mode} mode is not supported with ${name} output mode ` +
      'on a streaming DataFrame/Dataset'
    );
  }
  return null;
}

const LATE_ROWS_DOWNSTREAM =
  "Detected pattern of possible 'correctness' issue due to global watermark. The query contains " +
  'stateful operation which can emit rows older than the current watermark plus allowed late record ' +
  'delay, which are "late rows" in downstream stateful operations and these rows can be discarded. ' +
  'Please refer the programming guide doc for more details. If you understand the possible risk of ' +
  'correctness issue and still need to run the query, you can disable this check by setting the ' +
  'config `spark.sql.streaming.statefulOperator.checkCorrectness.enabled` to false.';
