/**
 * The second task of the job: the window operator and the sink, chained. It takes buffers from its channels in turn,
 * counts records, and when the watermark passes the end of a window hands the window's results to the sink. Barriers
 * tell it when to write down its state; a channel that has delivered its barrier waits for the others.
 *
 * Follows Flink 1.20 `OneInputStreamTask`, `CheckpointedInputGate` and `WindowOperator`. Simplified: a buffer's records
 * are counted together, when the last of them is done.
 */
import { applyChain } from '../../functions/chain.ts';
import { assert, present } from '../../kernel/assert.ts';
import { createBarrierAligner, persistsData } from './checkpoints/barrierAligner.ts';
import { createBarrierTracker } from './checkpoints/barrierTracker.ts';
import { createTwoPhaseCommit } from './checkpoints/twoPhaseCommit.ts';
import { barrierModeOf } from './config.ts';
import {
  wallClockMs,
  type Barrier,
  type ChannelItem,
  type FlinkEnvironment,
  type FlinkState,
  type StreamElement,
  type StreamStatus,
  type Watermark,
  type WindowTask,
  type WindowTaskSnapshot,
} from './job.ts';
import { countTuple, reduceTuple } from './laneLedger.ts';
import { emitFirings, publishResults, recoverSink } from './sink.ts';
import { LONG_MAX, LONG_MIN } from './long.ts';
import { createWatermarkValve, inputStatus, inputWatermark } from './watermarks/watermarkValve.ts';
import { receiveBarrier } from './windowCheckpoint.ts';
import type { SlidingConfig } from './windowing.ts';
import { createWindowRun } from './windows/assigner.ts';
import { peekTimer } from './windows/timerHeap.ts';
import {
  advanceProcessingTime,
  advanceWatermark,
  createWindowOperator,
  type Firing,
} from './windows/windowOperator.ts';
import { restoreWindows } from './windows/windowSnapshot.ts';

/** Starts the subtask with the state of a checkpoint, or empty. Its watermark is Long.MIN_VALUE either way. */
export function startWindowTask(
  state: FlinkState,
  subtask: number,
  snapshot: WindowTaskSnapshot | null,
  env: FlinkEnvironment,
): void {
  const { parallelism, maxParallelism, config } = state;
  const mode = barrierModeOf(config);
  state.windows[subtask] = {
    gate: Array.from({ length: parallelism }, () => []),
    turns: [],
    working: null,
    valve: createWatermarkValve(parallelism),
    capture: null,
    aligner: mode === 'at least once' ? null : createBarrierAligner(parallelism, mode),
    tracker: mode === 'at least once' ? createBarrierTracker(parallelism) : null,
    operator:
      snapshot === null ? createWindowOperator() : restoreWindows(snapshot.windows, maxParallelism),
    totals: new Map(snapshot?.totals),
    sink: createTwoPhaseCommit(),
    clockMs: null,
  };
  if (snapshot !== null) recoverSink(state, subtask, snapshot.transactions, env);
  reportState(state, env);
  fireDueTimers(state, subtask, env);
  // In-flight data of an unaligned checkpoint comes before anything new.
  snapshot?.inFlight.forEach((elements, channel) => {
    if (elements.length > 0) enqueue(state, subtask, channel, { kind: 'buffer', elements }, env);
  });
}

/** A buffer or a barrier arrives. */
export function receiveItem(
  state: FlinkState,
  subtask: number,
  channel: number,
  item: ChannelItem,
  env: FlinkEnvironment,
): void {
  const task = present(state.windows[subtask], 'the window task');
  if (item.kind === 'buffer') {
    const output = state.sources[channel]?.outputs[subtask];
    if (output !== undefined) output.inFlight--;
    if (task.aligner !== null && persistsData(task.aligner, channel))
      task.capture?.inFlight[channel]?.push(...item.elements);
  } else if (task.aligner?.mode === 'unaligned') {
    // It overtakes whatever waits.
    receiveBarrier(state, subtask, channel, item.checkpointId, env);
    return;
  }
  enqueue(state, subtask, channel, item, env);
}

function enqueue(
  state: FlinkState,
  subtask: number,
  channel: number,
  item: ChannelItem,
  env: FlinkEnvironment,
): void {
  const task = present(state.windows[subtask], 'the window task');
  const queue = present(task.gate[channel], 'the channel');
  queue.push(item);
  if (queue.length === 1) task.turns.push(channel);
  work(state, subtask, env);
}

/** The buffer at work is done: its elements take effect, and the next one's turn comes. */
export function finishBuffer(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = present(state.windows[subtask], 'the window task');
  const { channel, elements } = present(task.working, 'the buffer at work');
  task.working = null;
  const { window: config } = state;
  task.operator.timers.processingTimeMs = wallClockMs(env);
  const table = applyChain(state.config.program.functions, env.records);
  const run = createWindowRun();
  const firings: Firing[] = [];
  for (const element of elements) {
    if (typeof element !== 'number') progress(state, subtask, task, config, channel, element, env);
    else if (config === null) reduceTuple(state, subtask, task, table, element, env);
    else {
      countTuple(state, subtask, task, config, table, element, run, firings, env);
      if (firings.length > 0) emit(state, subtask, config, firings.splice(0), env);
    }
  }
  reportState(state, env);
  scheduleClock(state, subtask, env);
  work(state, subtask, env);
}

/** Serves channels in turn until a buffer needs time, or nothing is there that may be read. */
function work(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = present(state.windows[subtask], 'the window task');
  while (task.working === null) {
    const channel = takeTurn(task);
    if (channel < 0) return;
    const queue = task.gate[channel] as ChannelItem[];
    const item = present(queue.shift(), 'an item of a channel whose turn it is');
    if (queue.length > 0) task.turns.push(channel);
    if (item.kind === 'barrier') receiveBarrier(state, subtask, channel, item.checkpointId, env);
    else startBuffer(state, subtask, task, channel, item.elements, env);
  }
}

/** The first channel in line that may be read; −1 if there is none. */
function takeTurn({ turns, aligner }: WindowTask): number {
  for (let at = 0; at < turns.length; at++) {
    const channel = turns[at] as number;
    if (aligner?.blocked[channel] === true) continue;
    if (at === 0) turns.shift();
    else turns.splice(at, 1);
    return channel;
  }
  return -1;
}

function startBuffer(
  state: FlinkState,
  subtask: number,
  task: WindowTask,
  channel: number,
  elements: readonly StreamElement[],
  env: FlinkEnvironment,
): void {
  task.working = { channel, elements };
  let records = 0;
  for (const element of elements) if (typeof element === 'number') records++;
  const process = present(state.taskManagers[subtask], 'a task manager');
  const workUs = records * env.costs.flinkRecordUs * env.slowness(process);
  env.after(process, workUs, { type: 'buffer done', subtask, attempt: state.jobManager.attempt });
}

/** A watermark or a status goes through the valve; a watermark that comes out fires windows. */
function progress(
  state: FlinkState,
  subtask: number,
  task: WindowTask,
  config: SlidingConfig | null,
  channel: number,
  element: Watermark | StreamStatus | Barrier,
  env: FlinkEnvironment,
): void {
  assert(element.kind !== 'barrier', 'a barrier is no part of a buffer');
  const outputs =
    element.kind === 'watermark'
      ? inputWatermark(task.valve, channel, element.timestampMs)
      : inputStatus(task.valve, channel, element.kind);
  for (const output of outputs) {
    if (typeof output !== 'number' || config === null) continue;
    const firings: Firing[] = [];
    advanceWatermark(config, task.operator, output, firings);
    emit(state, subtask, config, firings, env);
    reportWatermark(state, env);
  }
}

/** Hands results to the sink. Those of event time are complete when the slowest subtask has passed their window. */
function emit(
  state: FlinkState,
  subtask: number,
  config: SlidingConfig,
  firings: readonly Firing[],
  env: FlinkEnvironment,
): void {
  emitFirings(state, config.assigner, firings, env);
  const isEventTime = config.assigner.kind === 'SlidingEventTimeWindows';
  const reachedMs = isEventTime ? slowestWatermarkMs(state) : wallClockMs(env);
  publishResults(state, config.assigner, subtask, reachedMs, env);
}

function slowestWatermarkMs(state: FlinkState): number {
  let slowestMs = LONG_MAX;
  for (const task of state.windows)
    slowestMs = Math.min(slowestMs, task?.operator.timers.watermarkMs ?? LONG_MIN);
  return slowestMs;
}

/** The gauge holds microseconds of the run; before the first watermark there is nothing to show. */
function reportWatermark(state: FlinkState, env: FlinkEnvironment): void {
  const slowestMs = slowestWatermarkMs(state);
  if (slowestMs === LONG_MIN || slowestMs === state.reportedWatermarkMs) return;
  state.reportedWatermarkMs = slowestMs;
  env.trace.gauge(state.numbers.watermarkGauge, (slowestMs - env.startEpochMs) * 1000);
}

/** The wall clock has reached a timer, or may have while the task was down. */
export function fireDueTimers(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const { window: config } = state;
  if (config === null || config.assigner.kind !== 'SlidingProcessingTimeWindows') return;
  const task = present(state.windows[subtask], 'the window task');
  task.clockMs = null;
  const firings: Firing[] = [];
  advanceProcessingTime(config, task.operator, wallClockMs(env) - 1, firings);
  task.operator.timers.processingTimeMs = wallClockMs(env);
  emit(state, subtask, config, firings, env);
  reportState(state, env);
  scheduleClock(state, subtask, env);
}

/** The real timer service runs a timer for T at T + 1 ms, so that a record at T still gets in before it. */
function scheduleClock(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = present(state.windows[subtask], 'the window task');
  const timer = peekTimer(task.operator.timers.processingTimers);
  if (timer === null || timer.timestampMs === task.clockMs) return;
  task.clockMs = timer.timestampMs;
  const dueUs = Math.max(env.nowUs, (timer.timestampMs + 1 - env.startEpochMs) * 1000);
  const process = present(state.taskManagers[subtask], 'a task manager');
  env.at(process, dueUs, { type: 'clock', subtask, attempt: state.jobManager.attempt });
}

/** Tells the ledger and the gauges what the state holds. */
function reportState(state: FlinkState, env: FlinkEnvironment): void {
  let held = 0;
  for (let subtask = 0; subtask < state.parallelism; subtask++) {
    const task = state.windows[subtask] ?? null;
    const entries = task === null ? 0 : task.operator.stateEntries + task.totals.size;
    held += entries;
    if (state.reportedEntries[subtask] === entries) continue;
    state.reportedEntries[subtask] = entries;
    env.trace.gauge(state.numbers.stateGauges[subtask] as number, entries);
  }
  env.results?.held(held);
}
