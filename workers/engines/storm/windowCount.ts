/**
 * The windowed bolt of a lane, with the ledger's view of its windows.
 *
 * A tuple is acked when it expires, so its tree stays open for the window's length and a slide more, and
 * the spout cannot commit its offset before. What dies with the worker is read and counted again.
 *
 * The bolt's queue holds indexes of the log of all its tuples, which never change.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { addRow } from '../../kernel/appendColumns.ts';
import { present } from '../../kernel/assert.ts';
import { countPart } from './anatomy.ts';
import { acked } from './reliability.ts';
import { rowOf, tuplesOf } from './tuples.ts';
import {
  log,
  nowMs,
  runUs,
  type CountTask,
  type StormEnvironment,
  type StormState,
  type TupleNumber,
  type Windows,
  type WindowTupleLog,
} from './state.ts';
import { queuedCount } from './windowing/eventQueue.ts';
import { lastWindow, windowNumber } from './windowing/windowGrid.ts';
import { isOnTime, onTriggerTimer, onWatermarkTimer } from './windowing/windowedBolt.ts';
import { addTuple } from './windowing/windowManager.ts';
import { windowRows } from './windowing/windowRows.ts';

/** The bolt reads one stream, that of the parsing bolt. */
const inputStream = 0;

export function countInWindow(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  windows: Windows,
  tuple: TupleNumber,
): void {
  const record = state.tuples.columns.record[tuple]!;
  const eventUs = env.records.eventTimeUs[record]!;
  const tsMs = env.startEpochMs + Math.floor(eventUs / 1000);
  if (!isOnTime(windows.bolt, inputStream, tsMs)) {
    env.trace.finding(state.parts[count.task]!, record, 'late');
    log(
      state,
      `Received a late tuple of record ${String(record)} with ts ${String(tsMs)}. This will not be processed.`,
    );
    const { ordinal, tuples } = state.tuples.columns;
    env.results?.late(record, ordinal[tuple]!, tuples[tuple]!);
    acked(state, env, count, tuple);
    return;
  }
  const timeMs = windows.bolt.waterMarks === null ? nowMs(env) : tsMs;
  const index = book(state, env, windows, tuple, timeMs);
  addTuple(windows.bolt.manager, index, timeMs, windows.happenings);
  if (windows.happenings.length > 0) happened(state, env, count, windows);
}

/** The watermark generator's timer. */
export function onWatermark(state: StormState, env: StormEnvironment, count: CountTask): void {
  const windows = present(count.windows, 'the windowed bolt');
  const waterMarkMs = onWatermarkTimer(windows.bolt, nowMs(env), windows.happenings);
  if (waterMarkMs === null) return;
  const { trigger } = windows.bolt.manager;
  if (trigger.kind === 'WatermarkTimeTriggerPolicy')
    windows.nextWindow = windowNumber(windows.grid, trigger.nextWindowEndMs);
  env.trace.gauge(state.watermarkGauge, runUs(waterMarkMs, env));
  if (windows.happenings.length > 0) happened(state, env, count, windows);
}

/** The fixed-rate timer of a processing-time window. */
export function onWindowTimer(state: StormState, env: StormEnvironment, count: CountTask): void {
  const windows = present(count.windows, 'the windowed bolt');
  onTriggerTimer(windows.bolt.manager, nowMs(env), windows.happenings);
  if (windows.happenings.length > 0) happened(state, env, count, windows);
}

/**
 * Enters the tuple into the ledger for the windows that can still count it, and returns its row in the bolt's log.
 *
 * @param timeMs the time by which it belongs to windows
 */
function book(
  state: StormState,
  env: StormEnvironment,
  windows: Windows,
  tuple: TupleNumber,
  timeMs: number,
): number {
  const { record, ordinal, tuples } = state.tuples.columns;
  const first = windowNumber(windows.grid, timeMs);
  const last = lastWindow(windows.grid, timeMs);
  const countedFirst = Math.max(first, windows.nextWindow);
  const occurrence =
    env.results?.counted(
      record[tuple]!,
      ordinal[tuple]!,
      tuples[tuple]!,
      first,
      last,
      countedFirst,
      last,
    ) ?? -1;
  const log = windows.tuples;
  const { columns } = log;
  const index = addRow(log, columns.tuple);
  columns.tuple[index] = tuple;
  columns.expectedFirst[index] = first;
  columns.expectedLast[index] = last;
  columns.occurrence[index] = occurrence;
  columns.countedFirst[index] = countedFirst;
  return index;
}

function happened(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  windows: Windows,
): void {
  for (const happening of windows.happenings.splice(0)) {
    switch (happening.kind) {
      case 'expired':
        for (const index of happening.tuples) expire(state, env, count, windows, index);
        break;
      case 'hidden':
        passOver(state, env, windows, happening.tuples, happening.referenceMs);
        break;
      case 'fired':
        fire(state, env, windows, happening.tuples, happening.referenceMs);
        break;
    }
  }
  const held = queuedCount(windows.bolt.manager.queue);
  env.trace.gauge(state.stateGauge, held);
  env.results?.held(held);
}

function fire(
  state: StormState,
  env: StormEnvironment,
  { grid, tuples: log }: Windows,
  tuples: readonly number[],
  referenceMs: number,
): void {
  const window = windowNumber(grid, referenceMs);
  state.firedWindow = window;
  forgetDone(state, tuples, log, window);
  if (env.results === null) return;
  env.results.touched(tuples.length);
  const { aggregate: name } = state.config.program;
  const table = tuplesOf(state, env);
  const { record, ordinal } = state.tuples.columns;
  const inWindow = tuples.map((index) => {
    const tuple = log.columns.tuple[index]!;
    return rowOf(table, record[tuple]!, ordinal[tuple]!);
  });
  const rows = windowRows(inWindow, table, aggregate(name).add);
  const endUs = runUs(referenceMs, env);
  const output = env.results.fired(window, endUs - grid.lengthMs * 1000, endUs, rows, env.nowUs);
  env.trace.result(state.resultsPart, output, window);
}

/** What was counted in the last of its windows can no longer be lost. */
function forgetDone(
  state: StormState,
  tuples: readonly number[],
  { columns }: WindowTupleLog,
  window: number,
): void {
  if (state.untracked.size === 0) return;
  for (const index of tuples) {
    const tuple = columns.tuple[index]!;
    const record = state.tuples.columns.record[tuple]!;
    if (columns.expectedLast[index]! <= window) state.untracked.delete(record);
  }
}

/** A window has fired without these: they can be counted in later ones only. */
function passOver(
  state: StormState,
  env: StormEnvironment,
  windows: Windows,
  hidden: readonly number[],
  referenceMs: number,
): void {
  const next = windowNumber(windows.grid, referenceMs) + 1;
  const { columns } = windows.tuples;
  for (const index of hidden) {
    if (countedFirstOf(windows, index) >= next || env.results === null) continue;
    const tuple = columns.tuple[index]!;
    const expectedFirst = columns.expectedFirst[index]!;
    const expectedLast = columns.expectedLast[index]!;
    const record = state.tuples.columns.record[tuple]!;
    const ordinal = state.tuples.columns.ordinal[tuple]!;
    const tuples = state.tuples.columns.tuples[tuple]!;
    env.results.undo(windows.rebooked.get(index)?.occurrence ?? columns.occurrence[index]!);
    const again = env.results.counted(
      record,
      ordinal,
      tuples,
      expectedFirst,
      expectedLast,
      next,
      expectedLast,
    );
    windows.rebooked.set(index, { occurrence: again, countedFirst: next });
  }
}

/** A tuple leaves the window, and with it the bolt. */
function expire(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  windows: Windows,
  index: number,
): void {
  const { columns } = windows.tuples;
  const tuple = columns.tuple[index]!;
  const expectedLast = columns.expectedLast[index]!;
  const isExpected = columns.expectedFirst[index]! <= expectedLast;
  const isUnseen = isExpected && countedFirstOf(windows, index) > expectedLast;
  if (windows.rebooked.size > 0) windows.rebooked.delete(index);
  if (isUnseen && state.tuples.columns.ordinal[tuple] === 0) {
    const record = state.tuples.columns.record[tuple]!;
    env.lost(record, countPart(env.node), 'expired unseen by every window');
  }
  acked(state, env, count, tuple);
}

/** The first window that counts a tuple, by its newest entry in the ledger. */
function countedFirstOf({ tuples, rebooked }: Windows, index: number): number {
  const again = rebooked.size > 0 ? rebooked.get(index) : undefined;
  return again === undefined ? tuples.columns.countedFirst[index]! : again.countedFirst;
}
