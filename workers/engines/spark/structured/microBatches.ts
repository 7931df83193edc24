/**
 * The micro-batch loop of a streaming query. A batch is planned before it runs: its rows and its watermark go to the
 * offset log, and when it is done the commit log tells. A batch that is planned and not committed runs again after a
 * restart, with the same id, rows and watermark.
 *
 * The watermark that a batch's rows produce is used from the next batch on. Since 3.4 a batch has two: rows are late by
 * the watermark of the batch before, state is evicted by its own (`spark.sql.streaming.statefulOperator.allowMultiple`);
 * up to 3.3 both were its own. When the watermark moved, or time itself can change the state, a batch runs without data;
 * but the first batch after a start always waits for data, because only the batch before it knows that it is wanted.
 *
 * Follows MicroBatchExecution and IncrementalExecution of Spark 3.5. Times in milliseconds.
 *
 * A component of its own: no lane runs Structured Streaming.
 */
import { createWatermarkTracker, updateWatermark, type WatermarkTracker } from './watermark.ts';

export interface Row {
  /** Which of the query's inputs it came in at. */
  readonly input: number;
  readonly key: string;
  readonly timeMs: number;
}

export type OutputRow = Readonly<Record<string, string | number | boolean | null>>;

/** By which times a batch drops rows and evicts state: what is at or before them. */
export interface Watermarks {
  readonly lateMs: number;
  readonly evictionMs: number;
}

export interface BatchTimes extends Watermarks {
  /** When the batch was planned. */
  readonly timestampMs: number;
}

/** What a query makes of a batch; the figures are one for each operator with state, that nearest to the sink first. */
export interface BatchResult<State> {
  readonly state: State;
  readonly output: readonly OutputRow[];
  readonly numRowsTotal: readonly number[];
  readonly numRowsDroppedByWatermark: readonly number[];
}

/** A streaming query: a pure function of its state and a batch. */
export interface StreamingQuery<State> {
  /** The delay of each input's watermark; null without one. */
  readonly delaysMs: readonly (number | null)[];
  readonly initial: State;
  /** After what a batch without data can change something. */
  readonly wantsEmptyBatch: 'never' | 'watermark moved' | 'always';
  run(state: State, rows: readonly Row[], times: BatchTimes): BatchResult<State>;
}

export interface QuerySettings {
  /** `spark.sql.streaming.noDataMicroBatches.enabled` */
  readonly noDataBatches: boolean;
  /** `spark.sql.streaming.statefulOperator.allowMultiple` */
  readonly allowMultiple: boolean;
  /** How many rows the source gives to a batch: `maxFilesPerTrigger`, when a row is a file. */
  readonly readLimit: number;
}

interface PlannedBatch {
  readonly rows: readonly Row[];
  readonly times: BatchTimes;
}

export interface RunningQuery<State> {
  readonly query: StreamingQuery<State>;
  readonly settings: QuerySettings;
  state: State;
  tracker: WatermarkTracker;
  /** Of the batch that comes next. */
  batchId: number;
  /** Of the batch before; 0 if there was none. */
  previousWatermarkMs: number;
  /** Rows that no batch has been planned with. */
  queued: readonly Row[];
  /** What is in the offset log and not in the commit log. */
  planned: PlannedBatch | null;
  /** Whether a batch was committed since the query was started the last time. */
  hasCommitted: boolean;
}

/** One batch that ran. */
export interface RanBatch {
  readonly batchId: number;
  /** Null for a query without a watermark. */
  readonly watermarkMs: number | null;
  readonly result: Omit<BatchResult<unknown>, 'state'>;
}

export function startQuery<State>(
  query: StreamingQuery<State>,
  settings: QuerySettings,
): RunningQuery<State> {
  return {
    query,
    settings,
    state: query.initial,
    tracker: createWatermarkTracker('min', query.delaysMs),
    batchId: 0,
    previousWatermarkMs: 0,
    queued: [],
    planned: null,
    hasCommitted: false,
  };
}

/** Goes on from the logs: the watermark of the query is in them, those of its inputs are not. */
export function restartQuery(running: RunningQuery<unknown>): void {
  const { query, tracker } = running;
  running.tracker = createWatermarkTracker('min', query.delaysMs, tracker.globalMs);
  running.hasCommitted = false;
}

/**
 * Runs the batch that is due, or none.
 * @param commits false for a batch that fails when its output is out
 */
export function runBatch<State>(
  running: RunningQuery<State>,
  nowMs: number,
  commits = true,
): RanBatch | null {
  running.planned ??= planBatch(running, nowMs);
  const { planned, query, batchId, tracker } = running;
  if (planned === null) return null;
  const { state, ...result } = query.run(running.state, planned.rows, planned.times);
  if (commits) {
    running.state = state;
    running.tracker = updateWatermark(tracker, maxEventTimesMs(query.delaysMs, planned.rows));
    running.batchId++;
    running.previousWatermarkMs = planned.times.evictionMs;
    running.planned = null;
    running.hasCommitted = true;
  }
  const hasWatermark = query.delaysMs.some((delayMs) => delayMs !== null);
  return { batchId, watermarkMs: hasWatermark ? planned.times.evictionMs : null, result };
}

function planBatch(running: RunningQuery<unknown>, nowMs: number): PlannedBatch | null {
  const { queued, settings, tracker, previousWatermarkMs } = running;
  if (queued.length === 0 && !wantsEmptyBatch(running)) return null;
  const rows = queued.slice(0, settings.readLimit);
  running.queued = queued.slice(settings.readLimit);
  const evictionMs = tracker.globalMs;
  const lateMs = settings.allowMultiple ? previousWatermarkMs : evictionMs;
  return { rows, times: { lateMs, evictionMs, timestampMs: nowMs } };
}

function wantsEmptyBatch(running: RunningQuery<unknown>): boolean {
  const { query, settings, hasCommitted, tracker, previousWatermarkMs } = running;
  if (!settings.noDataBatches || !hasCommitted) return false;
  if (query.wantsEmptyBatch === 'always') return true;
  return query.wantsEmptyBatch === 'watermark moved' && tracker.globalMs > previousWatermarkMs;
}

/** At each input with a watermark, of all rows, also of those that are dropped as late. */
function maxEventTimesMs(
  delaysMs: readonly (number | null)[],
  rows: readonly Row[],
): (number | null)[] {
  return delaysMs.map((_, input) => {
    let maxMs: number | null = null;
    for (const row of rows) {
      if (row.input === input) maxMs = Math.max(maxMs ?? row.timeMs, row.timeMs);
    }
    return maxMs;
  });
}
