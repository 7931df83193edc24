/**
 * `org.apache.storm.windowing.WindowManager` (Storm 2.8.8): queue, trigger and eviction together.
 *
 * One firing sets the reference time, scans the queue in arrival order, and hands the window to
 * the bolt. Expired tuples are acked at their expiry and not before. An empty window does not
 * call the bolt. Windows belong to a task, not to a key.
 */
import { assert } from '../../../kernel/assert.ts';
import {
  append,
  countUpTo,
  createEventQueue,
  earliestBetween,
  scanEvents,
  slidingCountTimes,
  type EventQueue,
} from './eventQueue.ts';
import {
  setContext,
  trackAdded,
  type EvictionContext,
  type EvictionPolicy,
} from './evictionPolicy.ts';
import type { TriggerPolicy } from './triggerPolicy.ts';

/** After so many adds without a scan the head of the queue is compacted. */
const expireEventsThreshold = 100;

export interface WindowManager<T> {
  readonly queue: EventQueue<T>;
  readonly eviction: EvictionPolicy;
  readonly trigger: TriggerPolicy;
  /** Expired since the last firing: what `TupleWindow.getExpired` will show. */
  expired: T[];
  /** What the last firing found in its window: `prevWindowEvents`. */
  previous: readonly T[];
  addsSinceScan: number;
}

/** What a window does to its tuples, in the order in which it happens. */
export type WindowHappening<T> =
  | { readonly kind: 'expired'; readonly tuples: readonly T[] }
  /** Tuples of the window that ends at `referenceMs`, which the scan passed over. */
  | { readonly kind: 'hidden'; readonly referenceMs: number; readonly tuples: readonly T[] }
  | {
      readonly kind: 'fired';
      /** The end of the window (event time), or the time of the firing. */
      readonly referenceMs: number;
      readonly tuples: readonly T[];
      /** Those of the firing before. */
      readonly previousTuples: readonly T[];
      readonly expiredTuples: readonly T[];
    };

/** `TupleWindow.getNew`. A lane's bolt does not ask, so the window does not sort them out itself. */
export function newTuples<T>(tuples: readonly T[], previousTuples: readonly T[]): T[] {
  const previous = new Set(previousTuples);
  return tuples.filter((tuple) => !previous.has(tuple));
}

export function createWindowManager<T>(
  eviction: EvictionPolicy,
  trigger: TriggerPolicy,
): WindowManager<T> {
  return {
    queue: createEventQueue(),
    eviction,
    trigger,
    expired: [],
    previous: [],
    addsSinceScan: 0,
  };
}

/**
 * Queues a tuple; a count-based trigger may fire at once.
 *
 * @param tsMs the tuple's own time; the clock's, where windows follow the processing time
 */
export function addTuple<T>(
  manager: WindowManager<T>,
  tuple: T,
  tsMs: number,
  out: WindowHappening<T>[],
): void {
  append(manager.queue, tuple, tsMs);
  trackAdded(manager.eviction);
  const { trigger } = manager;
  if (trigger.kind === 'CountTriggerPolicy') {
    trigger.currentCount += 1;
    if (trigger.currentCount >= trigger.count) {
      fire(manager, { ...noContext, referenceMs: tsMs }, tsMs, out);
      trigger.currentCount = 0;
    }
  }
  compact(manager, tsMs, out);
}

/** A watermark arrived: fires every window that it closes. */
export function addWatermark<T>(
  manager: WindowManager<T>,
  watermarkMs: number,
  nowMs: number,
  out: WindowHappening<T>[],
): void {
  const { trigger } = manager;
  if (trigger.kind === 'WatermarkTimeTriggerPolicy') {
    trigger.nextWindowEndMs = fireUpTo(
      manager,
      trigger.slidingIntervalMs,
      trigger.nextWindowEndMs,
      watermarkMs,
      nowMs,
      out,
    );
  } else if (trigger.kind === 'WatermarkCountTriggerPolicy') {
    for (const referenceMs of slidingCountTimes(
      manager.queue,
      trigger.lastProcessedMs,
      watermarkMs,
      trigger.count,
    )) {
      fire(manager, { ...noContext, referenceMs, slidingCount: trigger.count }, nowMs, out);
      trigger.lastProcessedMs = referenceMs;
    }
  }
  compact(manager, nowMs, out);
}

/** The fixed-rate timer of a processing-time window ran. */
export function onTriggerTimer<T>(
  manager: WindowManager<T>,
  nowMs: number,
  out: WindowHappening<T>[],
): void {
  const { trigger } = manager;
  assert(
    trigger.kind === 'TimeTriggerPolicy',
    'only a processing-time window with a duration has a timer',
  );
  // The current millisecond is left out, since more tuples of it may still come.
  fire(
    manager,
    { ...noContext, referenceMs: nowMs - 1, slidingIntervalMs: trigger.slidingIntervalMs },
    nowMs,
    out,
  );
}

const noContext: EvictionContext = {
  referenceMs: 0,
  currentCount: null,
  slidingCount: null,
  slidingIntervalMs: null,
};

/** `WatermarkTimeTriggerPolicy.handleWaterMarkEvent`; returns the next window's end. */
function fireUpTo<T>(
  manager: WindowManager<T>,
  slidingIntervalMs: number,
  firstEndMs: number,
  watermarkMs: number,
  nowMs: number,
  out: WindowHappening<T>[],
): number {
  let endMs = firstEndMs;
  while (endMs <= watermarkMs) {
    const currentCount =
      manager.eviction.kind === 'WatermarkCountEvictionPolicy'
        ? countUpTo(manager.queue, endMs)
        : null;
    if (fire(manager, { ...noContext, referenceMs: endMs, currentCount }, nowMs, out)) {
      endMs += slidingIntervalMs;
      continue;
    }
    // Over an empty stretch the ends are not walked one by one: the next is that of the next event.
    const earliestMs = earliestBetween(manager.queue, endMs, watermarkMs);
    if (earliestMs === null) break;
    endMs = alignedEnd(earliestMs, slidingIntervalMs);
  }
  return endMs;
}

/** The first multiple of the sliding interval that is not before the event. */
export function alignedEnd(eventMs: number, slidingIntervalMs: number): number {
  const pastMs = eventMs % slidingIntervalMs;
  return pastMs === 0 ? eventMs : eventMs + slidingIntervalMs - pastMs;
}

/** `onTrigger`: true if the bolt was called. */
function fire<T>(
  manager: WindowManager<T>,
  context: EvictionContext,
  nowMs: number,
  out: WindowHappening<T>[],
): boolean {
  setContext(manager.eviction, context);
  const { processed, hidden } = scan(manager, nowMs, true, out);
  if (hidden.length > 0)
    out.push({ kind: 'hidden', referenceMs: context.referenceMs, tuples: hidden });
  const { expired: expiredTuples, previous: previousTuples } = manager;
  manager.expired = [];
  manager.previous = processed;
  if (processed.length === 0) return false;
  out.push({
    kind: 'fired',
    referenceMs: context.referenceMs,
    tuples: processed,
    previousTuples,
    expiredTuples,
  });
  return true;
}

function compact<T>(manager: WindowManager<T>, nowMs: number, out: WindowHappening<T>[]): void {
  manager.addsSinceScan += 1;
  if (manager.addsSinceScan >= expireEventsThreshold) scan(manager, nowMs, false, out);
}

function scan<T>(
  manager: WindowManager<T>,
  nowMs: number,
  full: boolean,
  out: WindowHappening<T>[],
) {
  const { expired, processed, hidden } = scanEvents(manager.queue, manager.eviction, nowMs, full);
  manager.addsSinceScan = 0;
  if (expired.length > 0) {
    manager.expired = manager.expired.concat(expired);
    out.push({ kind: 'expired', tuples: expired });
  }
  return { processed, hidden };
}
