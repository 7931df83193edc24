/**
 * What the lane tells the ledger: which windows a tuple belongs to by Flink's rule and which of them took it, what was
 * late, and what the state forgot when the job fell back to a checkpoint.
 */
import { addRow } from '../../kernel/appendColumns.ts';
import { present } from '../../kernel/assert.ts';
import type { TupleTable } from '../../functions/chain.ts';
import { aggregate } from '../../functions/aggregates.ts';
import {
  eventTimestampMs,
  type FlinkEnvironment,
  type FlinkState,
  type WindowTask,
} from './job.ts';
import { emitRow } from './sink.ts';
import { windowNumber } from './windowing.ts';
import type { SlidingConfig } from './windowing.ts';
import { assignWindows, type WindowRun } from './windows/assigner.ts';
import { processElement, type Firing } from './windows/windowOperator.ts';

/**
 * A tuple goes into the window operator.
 *
 * @param run receives its windows
 * @param firings receives what windows emit at once
 */
export function countTuple(
  state: FlinkState,
  subtask: number,
  task: WindowTask,
  config: SlidingConfig,
  table: TupleTable,
  row: number,
  run: WindowRun,
  firings: Firing[],
  env: FlinkEnvironment,
): void {
  const { records, keys, keyIds, values, first } = table;
  const record = records[row] as number;
  const timestampMs = eventTimestampMs(record, env);
  const key = keys[keyIds[row] as number] as string;
  const value = values[row] as number;
  const { assigner } = config;
  assignWindows(assigner, timestampMs, task.operator.timers.processingTimeMs, 0, run);
  const entered = processElement(config, task.operator, run, key, value, timestampMs, firings);
  const ordinal = row - (first[record] as number);
  const tuples = (first[record + 1] as number) - (first[record] as number);
  const part = state.numbers.windows[subtask] as number;
  if (typeof entered !== 'number') {
    env.results?.late(record, ordinal, tuples);
    const isAside = entered === 'side output';
    env.trace.finding(part, record, isAside ? 'late, in the side output' : 'late');
    return;
  }
  env.results?.touched(entered);
  if (entered < run.count) env.trace.finding(part, record, 'late for some of its windows');
  const last = windowNumber(assigner, run.newestStartMs, env.startEpochMs);
  const expectedFirst = last - run.count + 1;
  const countedFirst = last - entered + 1;
  const occurrence =
    env.results?.counted(record, ordinal, tuples, expectedFirst, last, countedFirst, last) ?? 0;
  remember(state, subtask, row, record, occurrence, countedFirst, env);
}

/** A tuple of a program without windows goes into its key's running total. */
export function reduceTuple(
  state: FlinkState,
  subtask: number,
  task: WindowTask,
  table: TupleTable,
  row: number,
  env: FlinkEnvironment,
): void {
  const { records, keys, keyIds, values, first } = table;
  const record = records[row] as number;
  const key = keys[keyIds[row] as number] as string;
  const value = values[row] as number;
  const before = task.totals.get(key);
  const total =
    before === undefined ? value : aggregate(state.config.program.aggregate).add(before, value);
  task.totals.set(key, total);
  env.results?.touched(1);
  const ordinal = row - (first[record] as number);
  const tuples = (first[record + 1] as number) - (first[record] as number);
  const occurrence = env.results?.counted(record, ordinal, tuples, 0, -1, 0, -1) ?? 0;
  remember(state, subtask, row, record, occurrence, 0, env);
  emitRow(state, subtask, record, ordinal, tuples, [key, total], env);
}

function remember(
  state: FlinkState,
  subtask: number,
  row: number,
  record: number,
  occurrence: number,
  countedFirst: number,
  env: FlinkEnvironment,
): void {
  if (state.occurrenceOf[row] !== -1)
    env.trace.finding(state.numbers.windows[subtask] as number, record, 'duplicate');
  state.occurrenceOf[row] = occurrence;
  state.countedFrom[row] = countedFirst;
  const counted = present(state.counted[subtask], 'the counted tuples');
  const { columns } = counted;
  const at = addRow(counted, columns.row);
  columns.occurrence[at] = occurrence;
  columns.row[at] = row;
}

/** The subtask falls back to where it had counted so many tuples: the later ones are forgotten. */
export function forgetCounted(
  state: FlinkState,
  subtask: number,
  kept: number,
  env: FlinkEnvironment,
): void {
  const { columns, length } = present(state.counted[subtask], 'the counted tuples');
  for (let i = kept; i < length; i++) {
    const occurrence = columns.occurrence[i] as number;
    const row = columns.row[i] as number;
    env.results?.undo(occurrence);
    if (state.occurrenceOf[row] === occurrence) state.occurrenceOf[row] = -1;
  }
}

/** There is no checkpoint to fall back to: everything is forgotten. */
export function forgetEverything(state: FlinkState, env: FlinkEnvironment): void {
  for (let subtask = 0; subtask < state.parallelism; subtask++)
    forgetCounted(state, subtask, 0, env);
  // Tuples that were booked anew when their window's result was replaced stand in no subtask's list.
  state.occurrenceOf.forEach((occurrence, row) => {
    if (occurrence === -1) return;
    env.results?.undo(occurrence);
    state.occurrenceOf[row] = -1;
  });
}
