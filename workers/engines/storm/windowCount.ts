/**
 * The windowed bolt of a lane, with the ledger's view of its windows.
 *
 * A tuple is acked when it expires, so its tree stays open for the window's length and a slide more, and
 * the spout cannot commit its offset before. What dies with the worker is read and counted again.
 */
import { aggregate } from '../../functions/aggregates.ts';
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
} from './state.ts';
import { queuedCount } from './windowing/eventQueue.ts';
import { lastWindow, windowNumber, type WindowGrid } from './windowing/windowGrid.ts';
import { isOnTime, onTriggerTimer, onWatermarkTimer } from './windowing/windowedBolt.ts';
import { addTuple, type WindowHappening } from './windowing/windowManager.ts';
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
  const tsMs = env.startEpochMs + env.records.eventTimeMs[record]!;
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
  book(state, env, windows, tuple, timeMs);
  addTuple(windows.bolt.manager, tuple, timeMs, windows.happenings);
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
 * Enters the tuple into the ledger for the windows that can still count it.
 *
 * @param timeMs the time by which it belongs to windows
 */
function book(
  state: StormState,
  env: StormEnvironment,
  windows: Windows,
  tuple: TupleNumber,
  timeMs: number,
): void {
  const { columns } = state.tuples;
  const first = windowNumber(windows.grid, timeMs);
  const last = lastWindow(windows.grid, timeMs);
  const countedFirst = Math.max(first, windows.nextWindow);
  const occurrence =
    env.results?.counted(
      columns.record[tuple]!,
      columns.ordinal[tuple]!,
      columns.tuples[tuple]!,
      first,
      last,
      countedFirst,
      last,
    ) ?? -1;
  columns.expectedFirst[tuple] = first;
  columns.expectedLast[tuple] = last;
  columns.occurrence[tuple] = occurrence;
  columns.countedFirst[tuple] = countedFirst;
}

function happened(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  windows: Windows,
): void {
  const happenings = windows.happenings.splice(0);
  for (const [index, happening] of happenings.entries()) {
    switch (happening.kind) {
      case 'expired':
        for (const tuple of happening.tuples) expire(state, env, count, windows, tuple);
        break;
      case 'hidden':
        passOver(state, env, windows, happening.tuples, nextScanned(windows, happenings, index));
        break;
      case 'fired':
        fire(state, env, windows.grid, happening.tuples, happening.referenceMs);
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
  grid: WindowGrid,
  tuples: readonly TupleNumber[],
  referenceMs: number,
): void {
  const window = windowNumber(grid, referenceMs);
  state.firedWindow = window;
  forgetDone(state, tuples, window);
  if (env.results === null) return;
  env.results.touched(tuples.length);
  const { aggregate: name } = state.config.program;
  const table = tuplesOf(state, env);
  const { record, ordinal } = state.tuples.columns;
  const inWindow = tuples.map((tuple) => rowOf(table, record[tuple]!, ordinal[tuple]!));
  const rows = windowRows(inWindow, table, aggregate(name).add);
  const endUs = runUs(referenceMs, env);
  const output = env.results.fired(window, endUs - grid.lengthMs * 1000, endUs, rows, env.nowUs);
  env.trace.result(state.resultsPart, output, window);
}

/** What was counted in the last of its windows can no longer be lost. */
function forgetDone(state: StormState, tuples: readonly TupleNumber[], window: number): void {
  if (state.untracked.size === 0) return;
  const { record, expectedLast } = state.tuples.columns;
  for (const tuple of tuples)
    if (expectedLast[tuple]! <= window) state.untracked.delete(record[tuple]!);
}

/**
 * The first window that is scanned after the one that passed tuples over: after an empty one the trigger leaps to the
 * next event, and what lies between is scanned never.
 */
function nextScanned(
  { grid, nextWindow }: Windows,
  happenings: readonly WindowHappening<TupleNumber>[],
  index: number,
): number {
  let window = -Infinity;
  for (let i = index; i < happenings.length; i += 1) {
    const happening = happenings[i]!;
    if (happening.kind === 'expired') continue;
    const scanned = windowNumber(grid, happening.referenceMs);
    if (i === index) window = scanned;
    else if (scanned > window) return scanned;
  }
  return Math.max(window + 1, nextWindow);
}

/** Windows before `next` have come and gone without these. */
function passOver(
  state: StormState,
  env: StormEnvironment,
  windows: Windows,
  hidden: readonly TupleNumber[],
  next: number,
): void {
  const { columns } = state.tuples;
  for (const tuple of hidden) {
    if (countedFirstOf(state, windows, tuple) >= next || env.results === null) continue;
    const expectedLast = columns.expectedLast[tuple]!;
    env.results.undo(occurrenceOf(state, windows, tuple));
    const again = env.results.counted(
      columns.record[tuple]!,
      columns.ordinal[tuple]!,
      columns.tuples[tuple]!,
      columns.expectedFirst[tuple]!,
      expectedLast,
      next,
      expectedLast,
    );
    windows.rebooked.set(tuple, { occurrence: again, countedFirst: next });
  }
}

/** A tuple leaves the window, and with it the bolt. */
function expire(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  windows: Windows,
  tuple: TupleNumber,
): void {
  const { columns } = state.tuples;
  const expectedLast = columns.expectedLast[tuple]!;
  const isExpected = columns.expectedFirst[tuple]! <= expectedLast;
  const countedFirst = countedFirstOf(state, windows, tuple);
  // Before the first firing of all a full queue is cleared of what is older than a window.
  const isUnfired = countedFirst <= expectedLast && countedFirst > state.firedWindow;
  if (isUnfired) env.results?.undo(occurrenceOf(state, windows, tuple));
  if (windows.rebooked.size > 0) windows.rebooked.delete(tuple);
  const isUnseen = isExpected && (isUnfired || countedFirst > expectedLast);
  if (isUnseen && columns.ordinal[tuple] === 0) {
    env.lost(columns.record[tuple]!, countPart(env.node), 'expired unseen by every window');
  }
  acked(state, env, count, tuple);
}

/** The first window that counts a tuple, by its newest entry in the ledger. */
function countedFirstOf({ tuples }: StormState, { rebooked }: Windows, tuple: TupleNumber): number {
  const again = rebooked.size > 0 ? rebooked.get(tuple) : undefined;
  return again === undefined ? tuples.columns.countedFirst[tuple]! : again.countedFirst;
}

/** A tuple's newest entry in the ledger. */
function occurrenceOf({ tuples }: StormState, { rebooked }: Windows, tuple: TupleNumber): number {
  return rebooked.get(tuple)?.occurrence ?? tuples.columns.occurrence[tuple]!;
}
