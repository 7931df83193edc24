/**
 * The lane's last bolt: it totals the values of each key, over a window or, without one, for ever.
 *
 * In a window a tuple is acked when it expires, so its tree stays open for the window's length and a
 * slide more, and the spout cannot commit its offset before. What dies with the worker is counted again.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { applyChain } from '../../functions/chain.ts';
import { present } from '../../kernel/assert.ts';
import { tellAcker } from './reliability.ts';
import {
  nowMs,
  runUs,
  type CountTask,
  type StormEnvironment,
  type StormState,
  type StormTuple,
  type WindowTuple,
} from './state.ts';
import { dequeue } from './transfer.ts';
import { countPart } from './anatomy.ts';
import { queuedCount } from './windowing/eventQueue.ts';
import { windowNumber, windowsOf, type WindowGrid } from './windowing/windowGrid.ts';
import {
  execute,
  onTriggerTimer,
  onWatermarkTimer,
  type WindowedBolt,
} from './windowing/windowedBolt.ts';
import type { WindowHappening } from './windowing/windowManager.ts';
import { windowRows } from './windowing/windowRows.ts';

const inputStream = 'parse:default';

export function executeCount(state: StormState, env: StormEnvironment, count: CountTask): void {
  const tuple = dequeue(count.queue);
  env.results?.touched(1);
  if (count.bolt === null || count.grid === null) countForEver(state, env, count, tuple);
  else countInWindow(state, env, count, count.bolt, count.grid, tuple);
}

/** The watermark generator's timer. */
export function onWatermark(state: StormState, env: StormEnvironment, count: CountTask): void {
  const bolt = present(count.bolt, 'the windowed bolt');
  const happenings: WindowHappening<WindowTuple>[] = [];
  const waterMarkMs = onWatermarkTimer(bolt, nowMs(env), happenings);
  if (waterMarkMs === null) return;
  env.trace.gauge(state.watermarkGauge, runUs(waterMarkMs, env));
  happened(state, env, count, happenings);
}

/** The fixed-rate timer of a processing-time window. */
export function onWindowTimer(state: StormState, env: StormEnvironment, count: CountTask): void {
  const happenings: WindowHappening<WindowTuple>[] = [];
  onTriggerTimer(present(count.bolt, 'the windowed bolt').manager, nowMs(env), happenings);
  happened(state, env, count, happenings);
}

function countForEver(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  tuple: StormTuple,
): void {
  const { keyId, record, ordinal, tuples } = tuple;
  const { add } = aggregate(state.config.program.aggregate);
  const before = count.totals.get(keyId);
  const total = before === undefined ? tuple.value : add(before, tuple.value);
  count.totals.set(keyId, total);
  if (env.results !== null) {
    const key = present(
      applyChain(state.config.program.functions, env.records).keys[keyId],
      'the key',
    );
    env.results.held(count.totals.size);
    const output = env.results.row(record, ordinal, tuples, [key, total], env.nowUs);
    env.trace.result(state.resultsPart, output, -1);
  }
  env.trace.gauge(state.stateGauge, count.totals.size);
  done(state, env, count, tuple);
}

function countInWindow(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  bolt: WindowedBolt<WindowTuple>,
  grid: WindowGrid,
  tuple: StormTuple,
): void {
  const tsMs =
    env.startEpochMs +
    Math.floor(present(env.records.eventTimeUs[tuple.record], 'its time') / 1000);
  const isByEventTime = bolt.waterMarks !== null;
  const expected = windowsOf(grid, isByEventTime ? tsMs : nowMs(env));
  const { record, ordinal, tuples, keyId, value, root, edge } = tuple;
  // Spelled out, because a spread makes objects that are slow to read in the windows' loops.
  const held: WindowTuple = {
    record,
    ordinal,
    tuples,
    keyId,
    value,
    root,
    edge,
    expectedFirst: expected.first,
    expectedLast: expected.last,
    occurrence: -1,
    countedFirst: Math.max(expected.first, nextWindow(bolt, grid)),
  };
  const happenings: WindowHappening<WindowTuple>[] = [];
  if (execute(bolt, held, inputStream, tsMs, nowMs(env), happenings)) {
    book(env, held);
  } else {
    env.trace.finding(present(state.parts[count.task], 'the part'), tuple.record, 'late');
    env.results?.late(tuple.record, tuple.ordinal, tuple.tuples);
    done(state, env, count, tuple);
  }
  happened(state, env, count, happenings);
}

/** The first window that can still fire; what fired already does not wait for a tuple that is on time. */
function nextWindow(bolt: WindowedBolt<WindowTuple>, grid: WindowGrid): number {
  const { trigger } = bolt.manager;
  return trigger.kind === 'WatermarkTimeTriggerPolicy'
    ? windowNumber(grid, trigger.nextWindowEndMs)
    : Number.NEGATIVE_INFINITY;
}

function happened(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  happenings: readonly WindowHappening<WindowTuple>[],
): void {
  if (happenings.length === 0) return;
  for (const happening of happenings) {
    if (happening.kind === 'expired')
      for (const tuple of happening.tuples) expire(state, env, count, tuple);
    else if (happening.kind === 'hidden')
      passOver(env, count, happening.tuples, happening.referenceMs);
    else fire(state, env, count, happening.tuples, happening.referenceMs);
  }
  const held = queuedCount(present(count.bolt, 'the windowed bolt').manager.queue);
  env.trace.gauge(state.stateGauge, held);
  env.results?.held(held);
}

function fire(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  tuples: readonly WindowTuple[],
  referenceMs: number,
): void {
  const grid = present(count.grid, 'the grid');
  const window = windowNumber(grid, referenceMs);
  state.firedWindow = window;
  forgetDone(state, tuples, window);
  if (env.results === null) return;
  env.results.touched(tuples.length);
  const { functions, aggregate: name } = state.config.program;
  const rows = windowRows(tuples, applyChain(functions, env.records).keys, aggregate(name).add);
  const endUs = runUs(referenceMs, env);
  const output = env.results.fired(window, endUs - grid.lengthMs * 1000, endUs, rows, env.nowUs);
  env.trace.result(state.resultsPart, output, window);
}

/** What was counted in the last of its windows can no longer be lost. */
function forgetDone(state: StormState, tuples: readonly WindowTuple[], window: number): void {
  if (state.untracked.size === 0) return;
  for (const { record, expectedLast } of tuples)
    if (expectedLast <= window) state.untracked.delete(record);
}

/** A window has fired without these: they can be counted in later ones only. */
function passOver(
  env: StormEnvironment,
  count: CountTask,
  tuples: readonly WindowTuple[],
  referenceMs: number,
): void {
  const next = windowNumber(present(count.grid, 'the grid'), referenceMs) + 1;
  for (const tuple of tuples) {
    if (tuple.countedFirst >= next) continue;
    env.results?.undo(tuple.occurrence);
    tuple.countedFirst = next;
    book(env, tuple);
  }
}

/** A tuple leaves the window, and with it the bolt. */
function expire(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  tuple: WindowTuple,
): void {
  const isUnseen =
    tuple.countedFirst > tuple.expectedLast && tuple.expectedFirst <= tuple.expectedLast;
  if (isUnseen && tuple.ordinal === 0)
    env.lost(tuple.record, countPart(env.node), 'expired unseen by every window');
  done(state, env, count, tuple);
}

function book(env: StormEnvironment, tuple: WindowTuple): void {
  const { record, ordinal, tuples, expectedFirst, expectedLast, countedFirst } = tuple;
  tuple.occurrence =
    env.results?.counted(
      record,
      ordinal,
      tuples,
      expectedFirst,
      expectedLast,
      countedFirst,
      expectedLast,
    ) ?? -1;
}

/** Acks the tuple; with the last of its tuples the record has left the lane. */
function done(state: StormState, env: StormEnvironment, count: CountTask, tuple: StormTuple): void {
  tellAcker(state, env, count.task, { stream: '__ack_ack', root: tuple.root, value: tuple.edge });
  if (tuple.ordinal < tuple.tuples - 1) return;
  env.trace.leave(present(state.parts[count.task], 'the part'), tuple.record);
  state.untracked.delete(tuple.record);
}
