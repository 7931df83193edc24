/**
 * The window operator: assigns each record of a key to its windows, asks the trigger when to emit, and
 * forgets a window when the watermark has passed its end plus the allowed lateness. A record is late
 * only if *all* its windows are gone; a sliding record may enter some windows and miss others unnoticed.
 *
 * Follows Flink 1.20 `WindowOperator` and `EvictingWindowOperator` on the heap state backend. Every
 * (key, window) has its accumulator, so a record at size 300 s and slide 1 s updates 300 of them, as in
 * the real one. Values are numbers. Per-window state of ProcessWindowFunction is left out.
 */
import { assert } from '../../../kernel/assert.ts';
import { LONG_MAX } from '../long.ts';
import {
  endOfWindowMs,
  isEventTime,
  isMerging,
  refusalOfAssigner,
  type WindowAssigner,
  type WindowRun,
} from './assigner.ts';
import { evict, type Evictor } from './evictor.ts';
import {
  addToPane,
  clearContents,
  createPane,
  indexOfPane,
  insertPane,
  isForgettable,
  type Element,
  type Fold,
  type Pane,
} from './pane.ts';
import { joinSession } from './sessions.ts';
import { peekTimer, pollTimer } from './timerHeap.ts';
import {
  createTimerService,
  forgetTimer,
  registerEventTimeTimer,
  registerProcessingTimeTimer,
  type TimerService,
} from './timerService.ts';
import { maxTimestampMs } from './timeWindow.ts';
import {
  canMerge,
  clear,
  onElement,
  onEventTime,
  onProcessingTime,
  type Trigger,
} from './trigger.ts';

export interface WindowOperatorConfig {
  readonly assigner: WindowAssigner;
  readonly trigger: Trigger;
  readonly allowedLatenessMs: number;
  /** Whether `sideOutputLateData` was called: late records go there and are then not counted. */
  readonly sideOutputLateData: boolean;
  readonly fold: Fold;
  readonly evictor: Evictor | null;
}

export interface WindowOperator {
  readonly panesByKey: Map<string, Pane[]>;
  readonly timers: TimerService;
  numLateRecordsDropped: number;
  /** Panes that hold contents: entries of the `window-contents` state. */
  stateEntries: number;
}

/** One emission of one window. */
export interface Firing {
  key: string;
  startMs: number;
  endMs: number;
  /** The folded value; for lists the sum of what the function sees. */
  value: number;
  /** How many records the contents hold. */
  size: number;
  elements: Element[] | null;
}

/**
 * What became of a record: how many of its windows it entered. Only a record that entered none may be late, and then it is
 * either in the side output or counted as dropped.
 */
export type Acceptance = number | 'side output' | 'dropped';

/** The message with which `WindowedStream` or the assigner refuses a configuration, or null. */
export function refusalOfWindow(config: WindowOperatorConfig): string | null {
  const refusal = refusalOfAssigner(config.assigner);
  if (refusal !== null) return refusal;
  if (config.allowedLatenessMs < 0) return 'The allowed lateness cannot be negative.';
  if (isMerging(config.assigner) && !canMerge(config.trigger))
    return 'A merging window assigner cannot be used with a trigger that does not support merging.';
  return null;
}

/** A fresh operator: no state, watermark Long.MIN_VALUE. */
export function createWindowOperator(): WindowOperator {
  return {
    panesByKey: new Map(),
    timers: createTimerService(),
    numLateRecordsDropped: 0,
    stateEntries: 0,
  };
}

/**
 * `processElement`.
 *
 * @param run the windows that `assignWindows` gives the record
 * @param firings receives what the record makes windows emit, in order
 * @throws Error with Flink's message when the record makes the job fail
 */
export function processElement(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  run: WindowRun,
  key: string,
  value: number,
  timestampMs: number,
  firings: Firing[],
): Acceptance {
  operator.timers.currentKey = key;
  const panes = panesOf(operator, key);
  const entered = isMerging(config.assigner)
    ? enterSession(config, operator, panes, run, value, timestampMs, firings)
    : enterWindows(config, operator, panes, run, value, timestampMs, firings);
  if (panes.length === 0) operator.panesByKey.delete(key);
  return entered === 0 ? lateness(config, operator, timestampMs) : entered;
}

function enterSession(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  panes: Pane[],
  { newestStartMs: startMs, sizeMs }: WindowRun,
  value: number,
  timestampMs: number,
  firings: Firing[],
): number {
  const window = { startMs, endMs: endOfWindowMs(startMs, sizeMs) };
  const pane = joinSession(config, operator, panes, window);
  if (pane === null) return 0;
  addElement(config, operator, pane, value, timestampMs, firings);
  return 1;
}

/** The newest window first, and as far back as they are not late. */
function enterWindows(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  panes: Pane[],
  { newestStartMs, sizeMs, slideMs, count }: WindowRun,
  value: number,
  timestampMs: number,
  firings: Firing[],
): number {
  // While the watermark has not passed a window, its trigger would only register the timer that it has.
  const waits = config.trigger.kind === 'EventTimeTrigger' && config.fold === 'sum';
  let at = panes.length - 1;
  let startMs = newestStartMs;
  for (let entered = 0; entered < count; entered++, startMs -= slideMs) {
    const endMs = endOfWindowMs(startMs, sizeMs);
    if (isWindowLate(config, operator, endMs)) return entered;
    while (at >= 0 && (panes[at] as Pane).startMs > startMs) at--;
    let pane = at < 0 ? undefined : panes[at];
    if (pane === undefined || pane.startMs !== startMs) {
      pane = createPane(startMs, endMs);
      at = insertPane(panes, pane);
    }
    if (waits && pane.size > 0 && pane.eventTimers[0] === endMs - 1) {
      pane.value += value;
      pane.size++;
    } else addElement(config, operator, pane, value, timestampMs, firings);
  }
  return count;
}

/** Moves event time: fires all timers at or before the watermark, in order. A smaller watermark is a no-op. */
export function advanceWatermark(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  watermarkMs: number,
  firings: Firing[],
): void {
  const { timers } = operator;
  if (watermarkMs <= timers.watermarkMs) return;
  // First the clock, then the callbacks: each of them sees the new watermark.
  timers.watermarkMs = watermarkMs;
  for (;;) {
    const timer = peekTimer(timers.eventTimers);
    if (timer === null || timer.timestampMs > watermarkMs) return;
    pollTimer(timers.eventTimers);
    const panes = operator.panesByKey.get(timer.key);
    const at = panes === undefined ? -1 : indexOfPane(panes, timer.startMs, timer.endMs);
    if (panes === undefined || at < 0) continue;
    const pane = panes[at] as Pane;
    forgetTimer(pane.eventTimers, timer.timestampMs);
    timers.currentKey = timer.key;
    const result = onEventTime(config.trigger, timer.timestampMs, pane, timers);
    settle(config, operator, pane, result, firings);
    if (isEventTime(config.assigner) && timer.timestampMs === cleanupTimeMs(config, pane.endMs))
      clearAllState(config, operator, pane);
    forgetPane(operator, timer.key, panes, at);
  }
}

/** Moves the task's clock and fires the processing-time timers at or before it, in order. */
export function advanceProcessingTime(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  processingTimeMs: number,
  firings: Firing[],
): void {
  const { timers } = operator;
  timers.processingTimeMs = processingTimeMs;
  for (;;) {
    const timer = peekTimer(timers.processingTimers);
    if (timer === null || timer.timestampMs > processingTimeMs) return;
    pollTimer(timers.processingTimers);
    const panes = operator.panesByKey.get(timer.key);
    const at = panes === undefined ? -1 : indexOfPane(panes, timer.startMs, timer.endMs);
    if (panes === undefined || at < 0) continue;
    const pane = panes[at] as Pane;
    forgetTimer(pane.processingTimers as number[], timer.timestampMs);
    timers.currentKey = timer.key;
    const result = onProcessingTime(config.trigger, timer.timestampMs, pane, timers);
    settle(config, operator, pane, result, firings);
    if (!isEventTime(config.assigner) && timer.timestampMs === maxTimestampMs(pane.endMs))
      clearAllState(config, operator, pane);
    forgetPane(operator, timer.key, panes, at);
  }
}

/** `isWindowLate`: whether a window is past its cleanup. */
function isWindowLate(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  endMs: number,
): boolean {
  return (
    isEventTime(config.assigner) && cleanupTimeMs(config, endMs) <= operator.timers.watermarkMs
  );
}

/** When a window's state is dropped; LONG_MAX means never. Lateness does not exist in processing time. */
export function cleanupTimeMs(config: WindowOperatorConfig, endMs: number): number {
  const maxMs = maxTimestampMs(endMs);
  if (maxMs === LONG_MAX || !isEventTime(config.assigner)) return maxMs;
  return maxMs + config.allowedLatenessMs;
}

function addElement(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  pane: Pane,
  value: number,
  timestampMs: number,
  firings: Firing[],
): void {
  if (pane.size === 0) operator.stateEntries++;
  addToPane(pane, config.fold, value, timestampMs);
  const result = onElement(config.trigger, timestampMs, pane, operator.timers);
  if (result !== 'CONTINUE') settle(config, operator, pane, result, firings);
  const cleanupMs = cleanupTimeMs(config, pane.endMs);
  if (cleanupMs === LONG_MAX) return;
  if (isEventTime(config.assigner)) registerEventTimeTimer(operator.timers, pane, cleanupMs);
  else registerProcessingTimeTimer(operator.timers, pane, cleanupMs);
}

/** Emits and purges as the trigger decided. */
function settle(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  pane: Pane,
  result: 'CONTINUE' | 'FIRE' | 'FIRE_AND_PURGE',
  firings: Firing[],
): void {
  if (result === 'CONTINUE' || pane.size === 0) return;
  emit(config, operator, pane, firings);
  if (result === 'FIRE_AND_PURGE') dropContents(operator, pane);
}

function emit(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  pane: Pane,
  firings: Firing[],
): void {
  const key = operator.timers.currentKey;
  const { startMs, endMs } = pane;
  if (pane.elements === null) {
    firings.push({ key, startMs, endMs, value: pane.value, size: pane.size, elements: null });
    return;
  }
  const { evictor } = config;
  const seen =
    evictor === null || evictor.doEvictAfter ? [...pane.elements] : evict(evictor, pane.elements);
  let value = 0;
  for (const element of seen) value += element.value;
  firings.push({ key, startMs, endMs, value, size: seen.length, elements: seen });
  if (evictor === null) return;
  pane.elements = evictor.doEvictAfter ? evict(evictor, seen) : [...seen];
  pane.size = pane.elements.length;
  if (pane.size === 0) operator.stateEntries--;
}

/** Of a record that entered no window. */
function lateness(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  timestampMs: number,
): Acceptance {
  const late =
    isEventTime(config.assigner) &&
    timestampMs + config.allowedLatenessMs <= operator.timers.watermarkMs;
  if (!late) return 0;
  if (config.sideOutputLateData) return 'side output';
  operator.numLateRecordsDropped++;
  return 'dropped';
}

function clearAllState(config: WindowOperatorConfig, operator: WindowOperator, pane: Pane): void {
  dropContents(operator, pane);
  clear(config.trigger, pane, operator.timers);
}

function dropContents(operator: WindowOperator, pane: Pane): void {
  if (pane.size > 0) operator.stateEntries--;
  clearContents(pane);
  assert(operator.stateEntries >= 0, 'a window was cleared twice');
}

function forgetPane(operator: WindowOperator, key: string, panes: Pane[], at: number): void {
  if (!isForgettable(panes[at] as Pane)) return;
  panes.splice(at, 1);
  if (panes.length === 0) operator.panesByKey.delete(key);
}

function panesOf(operator: WindowOperator, key: string): Pane[] {
  let panes = operator.panesByKey.get(key);
  if (panes === undefined) {
    panes = [];
    operator.panesByKey.set(key, panes);
  }
  return panes;
}
