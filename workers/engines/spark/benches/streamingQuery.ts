// A streaming query on a bench. A step adds rows, and then every batch runs that the trigger lets run: with the default
// trigger until nothing is left to do, with an interval as the clock of the steps says, with Once and AvailableNow as a
// run of its own. The answer to a step is the batches that ran, each with what the query's progress report says of it.

import * as v from 'valibot';
import type { Bench } from '../../../kernel/bench.ts';
import { whole } from '../../../scenario/common.ts';
import {
  restartQuery,
  runBatch,
  startQuery,
  type OutputRow,
  type RanBatch,
  type Row,
  type RunningQuery,
  type StreamingQuery,
} from '../structured/microBatches.ts';
import { nextTrigger } from '../structured/processingTimeTrigger.ts';
import { benchOf, refuse } from './component.ts';

const DAY_MS = 86_400_000;

export const time = whole(-1_000_000_000_000, 1_000_000_000_000_000);
export const length = whole(-DAY_MS, DAY_MS);

const rows = v.array(v.tuple([v.string(), time]));
const sides = v.strictObject({ left: v.optional(rows, []), right: v.optional(rows, []) });
const stepSchema = v.union([
  v.literal('restart'),
  rows,
  sides,
  v.strictObject({ fails: v.union([rows, sides]) }),
  v.strictObject({ advanceMs: whole(0, DAY_MS), rows, takesMs: v.optional(whole(0, DAY_MS), 0) }),
]);

const trigger = v.union([
  v.picklist(['once', 'availableNow']),
  v.strictObject({ processingTimeMs: whole(1, DAY_MS) }),
]);

/** What every query can be told. */
export const settings = {
  outputMode: v.optional(v.picklist(['append', 'update', 'complete']), 'append'),
  trigger: v.optional(trigger),
  'spark.sql.streaming.noDataMicroBatches.enabled': v.optional(v.boolean(), true),
  'spark.sql.streaming.statefulOperator.allowMultiple': v.optional(v.boolean(), true),
  'spark.sql.session.timeZone': v.optional(v.string()),
};

interface Settings {
  readonly maxFilesPerTrigger?: number | undefined;
  readonly trigger?: v.InferOutput<typeof trigger> | undefined;
  readonly 'spark.sql.streaming.noDataMicroBatches.enabled': boolean;
  readonly 'spark.sql.streaming.statefulOperator.allowMultiple': boolean;
}

interface Session {
  readonly running: RunningQuery<unknown>;
  readonly trigger: Settings['trigger'];
  /** Whether a batch failed and the query was not restarted yet. */
  isDown: boolean;
  nowMs: number;
  nextTriggerMs: number;
}

export function queryBench<Config extends v.GenericSchema<unknown, Settings>>(component: {
  readonly name: string;
  readonly meaning: string;
  readonly config: Config;
  /** @throws RefusedByBench with the real message */
  readonly query: (config: v.InferOutput<Config>) => StreamingQuery<unknown>;
}): Bench {
  return benchOf({
    name: component.name,
    meaning: component.meaning,
    config: component.config,
    step: stepSchema,
    start: (config) => {
      const session: Session = {
        running: startQuery(component.query(config), {
          noDataBatches: config['spark.sql.streaming.noDataMicroBatches.enabled'],
          allowMultiple: config['spark.sql.streaming.statefulOperator.allowMultiple'],
          // Once takes everything that there is.
          readLimit: config.trigger === 'once' ? Infinity : (config.maxFilesPerTrigger ?? Infinity),
        }),
        trigger: config.trigger,
        isDown: false,
        nowMs: 0,
        nextTriggerMs: 0,
      };
      runDueBatches(session, 0); // The first trigger is the start itself, and finds nothing.
      return session;
    },
    play,
  });
}

function play(session: Session, step: v.InferOutput<typeof stepSchema>): unknown {
  const { running, trigger: kind } = session;
  if (step === 'restart') {
    restart(session);
    return runDueBatches(session, 0);
  }
  if ('advanceMs' in step) {
    add(running, step.rows);
    session.nowMs += step.advanceMs;
    return runDueBatches(session, step.takesMs);
  }
  if (typeof kind === 'object') refuse('a step of a query with an interval is { advanceMs, rows }');
  const fails = 'fails' in step;
  add(running, fails ? step.fails : step);
  if (typeof kind === 'string') restart(session);
  return fails ? failDueBatch(session) : runDueBatches(session, 0);
}

function restart(session: Session): void {
  restartQuery(session.running);
  session.isDown = false;
  session.nextTriggerMs = session.nowMs;
}

function add(
  running: RunningQuery<unknown>,
  data: v.InferOutput<typeof rows | typeof sides>,
): void {
  const { left, right } = Array.isArray(data) ? { left: data, right: [] } : data;
  const inputs = [left, right].flatMap((side, input) =>
    side.map(([key, timeMs]): Row => ({ input, key, timeMs })),
  );
  running.queued = [...running.queued, ...inputs];
}

function failDueBatch(session: Session): unknown[] {
  const ran = session.isDown ? null : runBatch(session.running, session.nowMs, false);
  if (ran) session.isDown = true;
  return ran ? [failure(ran)] : [];
}

/** @param takesMs how long the first batch lasts on the clock */
function runDueBatches(session: Session, takesMs: number): unknown[] {
  const { running, trigger: kind, isDown } = session;
  const batches: unknown[] = [];
  if (isDown) return batches;
  if (typeof kind === 'object') {
    while (session.nowMs >= session.nextTriggerMs) {
      const startedMs = session.nowMs;
      const ran = runBatch(running, startedMs);
      if (ran) {
        if (batches.length === 0) session.nowMs += takesMs;
        batches.push(report(ran, startedMs));
      }
      session.nextTriggerMs = nextTrigger(startedMs, session.nowMs, kind.processingTimeMs);
    }
    return batches;
  }
  for (let ran = runBatch(running, 0); ran; ran = runBatch(running, 0)) {
    batches.push(report(ran));
    if (kind === 'once') break;
  }
  return batches;
}

function report({ batchId, watermarkMs, result }: RanBatch, atMs?: number): unknown {
  const { output, numRowsTotal, numRowsDroppedByWatermark } = result;
  return {
    batchId,
    ...(atMs === undefined ? {} : { atMs }),
    ...(watermarkMs === null ? {} : { watermarkMs }),
    output: inOrder(output),
    ...(numRowsTotal.length === 0 ? {} : { numRowsTotal, numRowsDroppedByWatermark }),
  };
}

/** A batch that failed has rows that were put out, and no report. */
function failure({ batchId, result }: RanBatch): unknown {
  return { batchId, output: inOrder(result.output), failed: true };
}

/** The rows of a batch have no order; here they have that of their values, column by column, null first. */
function inOrder(output: readonly OutputRow[]): readonly OutputRow[] {
  return output.toSorted((a, b) => {
    for (const column of Object.keys(a)) {
      const [x, y] = [a[column] ?? null, b[column] ?? null];
      if (x === y) continue;
      if (x === null || y === null) return x === null ? -1 : 1;
      return x < y ? -1 : 1;
    }
    return 0;
  });
}
