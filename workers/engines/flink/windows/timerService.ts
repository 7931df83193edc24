/**
 * The clockwork of a keyed operator: its current watermark, its clock, and the timers of both kinds.
 * A timer exists once per (key, window, timestamp); registering it twice does nothing.
 *
 * Follows Flink 1.20 `InternalTimerServiceImpl`. The pane remembers which of its timers are registered,
 * which answers the same question as Flink's set of timers without hashing.
 */
import { LONG_MIN } from '../long.ts';
import type { Pane } from './pane.ts';
import { addTimer, createTimerHeap, deleteTimer, type TimerHeap } from './timerHeap.ts';

export interface TimerService {
  watermarkMs: number;
  processingTimeMs: number;
  /** The key in whose name timers are registered; the operator sets it before it calls a trigger. */
  currentKey: string;
  readonly eventTimers: TimerHeap;
  readonly processingTimers: TimerHeap;
}

export function createTimerService(): TimerService {
  return {
    watermarkMs: LONG_MIN,
    processingTimeMs: 0,
    currentKey: '',
    eventTimers: createTimerHeap(),
    processingTimers: createTimerHeap(),
  };
}

export function registerEventTimeTimer(
  service: TimerService,
  pane: Pane,
  timestampMs: number,
): void {
  if (pane.eventTimers.includes(timestampMs)) return;
  pane.eventTimers.push(timestampMs);
  push(service.eventTimers, service.currentKey, pane, timestampMs);
}

export function registerProcessingTimeTimer(
  service: TimerService,
  pane: Pane,
  timestampMs: number,
): void {
  pane.processingTimers ??= [];
  if (pane.processingTimers.includes(timestampMs)) return;
  pane.processingTimers.push(timestampMs);
  push(service.processingTimers, service.currentKey, pane, timestampMs);
}

export function deleteEventTimeTimer(service: TimerService, pane: Pane, timestampMs: number): void {
  if (!forgetTimer(pane.eventTimers, timestampMs)) return;
  deleteTimer(service.eventTimers, timestampMs, service.currentKey, pane.startMs, pane.endMs);
}

export function deleteProcessingTimeTimer(
  service: TimerService,
  pane: Pane,
  timestampMs: number,
): void {
  if (pane.processingTimers === null || !forgetTimer(pane.processingTimers, timestampMs)) return;
  deleteTimer(service.processingTimers, timestampMs, service.currentKey, pane.startMs, pane.endMs);
}

/** Strikes a timer off a pane's list; false if it was not on it. */
export function forgetTimer(registered: number[], timestampMs: number): boolean {
  const at = registered.indexOf(timestampMs);
  if (at < 0) return false;
  registered.splice(at, 1);
  return true;
}

function push(heap: TimerHeap, key: string, pane: Pane, timestampMs: number): void {
  addTimer(heap, { timestampMs, key, startMs: pane.startMs, endMs: pane.endMs });
}
