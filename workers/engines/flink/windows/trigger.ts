/**
 * When a window's contents are emitted. Setting any trigger replaces the default one: with
 * `CountTrigger.of(3)` nothing happens at the end of the window any more, and leftovers vanish.
 *
 * Follows Flink 1.20, package `org.apache.flink.streaming.api.windowing.triggers`. DeltaTrigger and
 * ProcessingTimeoutTrigger are left out.
 */
import type { Pane } from './pane.ts';
import {
  deleteEventTimeTimer,
  deleteProcessingTimeTimer,
  registerEventTimeTimer,
  registerProcessingTimeTimer,
  type TimerService,
} from './timerService.ts';
import { maxTimestampMs } from './timeWindow.ts';

export type SimpleTrigger =
  | { kind: 'EventTimeTrigger' | 'ProcessingTimeTrigger' | 'NeverTrigger' | 'EndOfStreamTrigger' }
  | { kind: 'CountTrigger'; maxCount: number }
  | { kind: 'ContinuousEventTimeTrigger' | 'ContinuousProcessingTimeTrigger'; intervalMs: number };

/** PurgingTrigger turns FIRE into FIRE_AND_PURGE. */
export type Trigger = SimpleTrigger | { kind: 'PurgingTrigger'; nested: SimpleTrigger };

export type TriggerResult = 'CONTINUE' | 'FIRE' | 'FIRE_AND_PURGE';

export function onElement(
  trigger: Trigger,
  timestampMs: number,
  pane: Pane,
  timers: TimerService,
): TriggerResult {
  switch (trigger.kind) {
    case 'EventTimeTrigger':
      return fireOrWaitForWatermark(pane, timers);
    case 'ProcessingTimeTrigger':
      registerProcessingTimeTimer(timers, pane, maxTimestampMs(pane.endMs));
      return 'CONTINUE';
    case 'CountTrigger':
      pane.triggerCount++;
      if (pane.triggerCount < trigger.maxCount) return 'CONTINUE';
      pane.triggerCount = 0;
      return 'FIRE';
    case 'ContinuousEventTimeTrigger': {
      const result = fireOrWaitForWatermark(pane, timers);
      if (result === 'CONTINUE' && pane.fireTimeMs === null) {
        const flooredMs = timestampMs - (timestampMs % trigger.intervalMs);
        registerEventTimeTimer(timers, pane, nextFireTime(pane, flooredMs + trigger.intervalMs));
      }
      return result;
    }
    case 'ContinuousProcessingTimeTrigger':
      if (pane.fireTimeMs === null) {
        const nowMs = timers.processingTimeMs;
        const flooredMs = nowMs - (nowMs % trigger.intervalMs);
        registerProcessingTimeTimer(
          timers,
          pane,
          nextFireTime(pane, flooredMs + trigger.intervalMs),
        );
      }
      return 'CONTINUE';
    case 'EndOfStreamTrigger':
      registerEventTimeTimer(timers, pane, maxTimestampMs(pane.endMs));
      return 'CONTINUE';
    case 'NeverTrigger':
      return 'CONTINUE';
    case 'PurgingTrigger':
      return purging(onElement(trigger.nested, timestampMs, pane, timers));
  }
}

export function onEventTime(
  trigger: Trigger,
  timeMs: number,
  pane: Pane,
  timers: TimerService,
): TriggerResult {
  switch (trigger.kind) {
    case 'EventTimeTrigger':
    case 'EndOfStreamTrigger':
      return timeMs === maxTimestampMs(pane.endMs) ? 'FIRE' : 'CONTINUE';
    case 'ContinuousEventTimeTrigger':
      if (timeMs === maxTimestampMs(pane.endMs)) return 'FIRE';
      if (timeMs !== pane.fireTimeMs) return 'CONTINUE';
      registerEventTimeTimer(timers, pane, nextFireTime(pane, timeMs + trigger.intervalMs));
      return 'FIRE';
    case 'PurgingTrigger':
      return purging(onEventTime(trigger.nested, timeMs, pane, timers));
    default:
      return 'CONTINUE';
  }
}

export function onProcessingTime(
  trigger: Trigger,
  timeMs: number,
  pane: Pane,
  timers: TimerService,
): TriggerResult {
  switch (trigger.kind) {
    case 'ProcessingTimeTrigger':
      return 'FIRE';
    case 'ContinuousProcessingTimeTrigger':
      if (timeMs === maxTimestampMs(pane.endMs)) return 'FIRE';
      if (timeMs !== pane.fireTimeMs) return 'CONTINUE';
      registerProcessingTimeTimer(timers, pane, nextFireTime(pane, timeMs + trigger.intervalMs));
      return 'FIRE';
    case 'PurgingTrigger':
      return purging(onProcessingTime(trigger.nested, timeMs, pane, timers));
    default:
      return 'CONTINUE';
  }
}

/** Session windows grew together: `pane` is the result, `merged` are the windows it replaces. */
export function onMerge(
  trigger: Trigger,
  pane: Pane,
  merged: readonly Pane[],
  timers: TimerService,
): void {
  const maxMs = maxTimestampMs(pane.endMs);
  switch (trigger.kind) {
    case 'EventTimeTrigger':
      // Past the end, onElement fires at once; a timer as well would fire the window twice.
      if (maxMs > timers.watermarkMs) registerEventTimeTimer(timers, pane, maxMs);
      return;
    case 'ProcessingTimeTrigger':
      if (maxMs > timers.processingTimeMs) registerProcessingTimeTimer(timers, pane, maxMs);
      return;
    case 'CountTrigger':
      pane.triggerCount = takeTriggerCounts(merged);
      return;
    case 'ContinuousEventTimeTrigger':
      pane.fireTimeMs = takeEarliestFireTime(merged);
      if (pane.fireTimeMs !== null) registerEventTimeTimer(timers, pane, pane.fireTimeMs);
      return;
    case 'ContinuousProcessingTimeTrigger':
      pane.fireTimeMs = takeEarliestFireTime(merged);
      if (pane.fireTimeMs !== null) registerProcessingTimeTimer(timers, pane, pane.fireTimeMs);
      return;
    case 'PurgingTrigger':
      return onMerge(trigger.nested, pane, merged, timers);
    case 'NeverTrigger':
    case 'EndOfStreamTrigger':
      return;
  }
}

/** `Trigger.clear`: forgets the trigger's state and its pending timer. */
export function clear(trigger: Trigger, pane: Pane, timers: TimerService): void {
  switch (trigger.kind) {
    case 'EventTimeTrigger':
      return deleteEventTimeTimer(timers, pane, maxTimestampMs(pane.endMs));
    case 'ProcessingTimeTrigger':
      return deleteProcessingTimeTimer(timers, pane, maxTimestampMs(pane.endMs));
    case 'CountTrigger':
      pane.triggerCount = 0;
      return;
    case 'ContinuousEventTimeTrigger':
      if (pane.fireTimeMs !== null) deleteEventTimeTimer(timers, pane, pane.fireTimeMs);
      pane.fireTimeMs = null;
      return;
    case 'ContinuousProcessingTimeTrigger':
      if (pane.fireTimeMs !== null) deleteProcessingTimeTimer(timers, pane, pane.fireTimeMs);
      pane.fireTimeMs = null;
      return;
    case 'PurgingTrigger':
      return clear(trigger.nested, pane, timers);
    case 'NeverTrigger':
    case 'EndOfStreamTrigger':
      return;
  }
}

/** `Trigger.canMerge`: whether the trigger may stand behind session windows. */
export function canMerge(trigger: Trigger): boolean {
  if (trigger.kind === 'PurgingTrigger') return canMerge(trigger.nested);
  return trigger.kind !== 'NeverTrigger' && trigger.kind !== 'EndOfStreamTrigger';
}

function fireOrWaitForWatermark(pane: Pane, timers: TimerService): TriggerResult {
  const maxMs = maxTimestampMs(pane.endMs);
  if (maxMs <= timers.watermarkMs) return 'FIRE';
  registerEventTimeTimer(timers, pane, maxMs);
  return 'CONTINUE';
}

/** A continuous trigger never waits beyond the end of its window. */
function nextFireTime(pane: Pane, wantedMs: number): number {
  const fireTimeMs = Math.min(wantedMs, maxTimestampMs(pane.endMs));
  pane.fireTimeMs = fireTimeMs;
  return fireTimeMs;
}

function takeTriggerCounts(merged: readonly Pane[]): number {
  let sum = 0;
  for (const pane of merged) {
    sum += pane.triggerCount;
    pane.triggerCount = 0;
  }
  return sum;
}

/** Taken, so that clearing the old windows afterwards leaves their timers in place, as in Flink. */
function takeEarliestFireTime(merged: readonly Pane[]): number | null {
  let earliest: number | null = null;
  for (const pane of merged) {
    if (pane.fireTimeMs !== null && (earliest === null || pane.fireTimeMs < earliest))
      earliest = pane.fireTimeMs;
    pane.fireTimeMs = null;
  }
  return earliest;
}

function purging(result: TriggerResult): TriggerResult {
  return result === 'FIRE' ? 'FIRE_AND_PURGE' : result;
}
