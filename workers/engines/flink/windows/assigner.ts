/**
 * Into which windows a record goes. Sliding windows overlap, so a record is in `size / slide` of them;
 * when the slide is larger than the size some records are in none and vanish without a trace.
 *
 * Follows the assigners of Flink 1.20 (package `org.apache.flink.streaming.api.windowing.assigners`),
 * with their refusals word for word. WindowStagger RANDOM is left out.
 */
import { LONG_MIN } from '../long.ts';
import { GLOBAL_WINDOW, windowStartMs, type TimeWindow } from './timeWindow.ts';

export type WindowAssigner =
  | {
      kind: 'TumblingEventTimeWindows' | 'TumblingProcessingTimeWindows';
      sizeMs: number;
      offsetMs: number;
    }
  | {
      kind: 'SlidingEventTimeWindows' | 'SlidingProcessingTimeWindows';
      sizeMs: number;
      slideMs: number;
      offsetMs: number;
    }
  | { kind: 'EventTimeSessionWindows' | 'ProcessingTimeSessionWindows'; gapMs: number }
  | { kind: 'DynamicEventTimeSessionWindows' }
  | { kind: 'GlobalWindows' };

/**
 * The windows of one record, newest first, which is the order in which Flink updates their state:
 * starts `newestStartMs − i·slideMs` for `0 ≤ i < count`, each `sizeMs` long.
 */
export interface WindowRun {
  newestStartMs: number;
  sizeMs: number;
  slideMs: number;
  count: number;
}

export const MISSING_TIMESTAMP =
  'Record has Long.MIN_VALUE timestamp (= no timestamp marker). ' +
  "Is the time characteristic set to 'ProcessingTime', or did you forget to call " +
  "'DataStream.assignTimestampsAndWatermarks(...)'?";

export const DYNAMIC_GAP_NOT_POSITIVE = 'Dynamic session time gap must satisfy 0 < gap';

/** The message of the IllegalArgumentException that the assigner's constructor throws, or null. */
export function refusalOfAssigner(assigner: WindowAssigner): string | null {
  switch (assigner.kind) {
    case 'TumblingEventTimeWindows':
    case 'TumblingProcessingTimeWindows':
      return Math.abs(assigner.offsetMs) >= assigner.sizeMs
        ? `${assigner.kind} parameters must satisfy abs(offset) < size`
        : null;
    case 'SlidingEventTimeWindows':
    case 'SlidingProcessingTimeWindows':
      return Math.abs(assigner.offsetMs) >= assigner.slideMs || assigner.sizeMs <= 0
        ? `${assigner.kind} parameters must satisfy abs(offset) < slide and size > 0`
        : null;
    case 'EventTimeSessionWindows':
    case 'ProcessingTimeSessionWindows':
      return assigner.gapMs <= 0 ? `${assigner.kind} parameters must satisfy 0 < size` : null;
    case 'DynamicEventTimeSessionWindows':
    case 'GlobalWindows':
      return null;
  }
}

/** `WindowAssigner.isEventTime`; global windows say no, although time never closes them. */
export function isEventTime(assigner: WindowAssigner): boolean {
  switch (assigner.kind) {
    case 'TumblingProcessingTimeWindows':
    case 'SlidingProcessingTimeWindows':
    case 'ProcessingTimeSessionWindows':
    case 'GlobalWindows':
      return false;
    default:
      return true;
  }
}

/** Whether the assigner is a MergingWindowAssigner. */
export function isMerging(assigner: WindowAssigner): boolean {
  switch (assigner.kind) {
    case 'EventTimeSessionWindows':
    case 'ProcessingTimeSessionWindows':
    case 'DynamicEventTimeSessionWindows':
      return true;
    default:
      return false;
  }
}

/** A run without windows, for `assignWindows` to fill. */
export function createWindowRun(): WindowRun {
  return { newestStartMs: LONG_MIN, sizeMs: 0, slideMs: 0, count: 0 };
}

/** How many windows start in `(timeMs − sizeMs, newestStartMs]` at steps of the slide. */
function countCovering(
  timeMs: number,
  newestStartMs: number,
  sizeMs: number,
  slideMs: number,
): number {
  return Math.max(0, Math.ceil((newestStartMs - timeMs + sizeMs) / slideMs));
}

/**
 * `assignWindows`.
 *
 * @param timestampMs of the record; LONG_MIN if it has none
 * @param processingTimeMs the task's clock, which is all that processing-time assigners look at
 * @param gapMs the record's own gap, for dynamic sessions only
 * @param run receives the windows, so that not each record needs an object for them
 * @throws Error with Flink's message when an event-time assigner meets a record without a timestamp
 */
export function assignWindows(
  assigner: WindowAssigner,
  timestampMs: number,
  processingTimeMs: number,
  gapMs = 0,
  run = createWindowRun(),
): WindowRun {
  switch (assigner.kind) {
    case 'TumblingEventTimeWindows':
    case 'TumblingProcessingTimeWindows': {
      const { sizeMs, offsetMs } = assigner;
      const timeMs =
        assigner.kind === 'TumblingEventTimeWindows' ? stamped(timestampMs) : processingTimeMs;
      return fill(run, windowStartMs(timeMs, offsetMs, sizeMs), sizeMs, sizeMs, 1);
    }
    case 'SlidingEventTimeWindows':
    case 'SlidingProcessingTimeWindows': {
      const { sizeMs, slideMs, offsetMs } = assigner;
      const timeMs =
        assigner.kind === 'SlidingEventTimeWindows' ? stamped(timestampMs) : processingTimeMs;
      const newestStartMs = windowStartMs(timeMs, offsetMs, slideMs);
      const count = countCovering(timeMs, newestStartMs, sizeMs, slideMs);
      return fill(run, newestStartMs, sizeMs, slideMs, count);
    }
    case 'EventTimeSessionWindows':
      return fill(run, timestampMs, assigner.gapMs, assigner.gapMs, 1);
    case 'ProcessingTimeSessionWindows':
      return fill(run, processingTimeMs, assigner.gapMs, assigner.gapMs, 1);
    case 'DynamicEventTimeSessionWindows':
      if (gapMs <= 0) throw new Error(DYNAMIC_GAP_NOT_POSITIVE);
      return fill(run, timestampMs, gapMs, gapMs, 1);
    case 'GlobalWindows': {
      const { startMs, endMs } = GLOBAL_WINDOW;
      return fill(run, startMs, endMs - startMs, 0, 1);
    }
  }
}

function fill(
  run: WindowRun,
  newestStartMs: number,
  sizeMs: number,
  slideMs: number,
  count: number,
): WindowRun {
  run.newestStartMs = newestStartMs;
  run.sizeMs = sizeMs;
  run.slideMs = slideMs;
  run.count = count;
  return run;
}

function stamped(timestampMs: number): number {
  if (timestampMs === LONG_MIN) throw new Error(MISSING_TIMESTAMP);
  return timestampMs;
}

/** A run spelled out, newest window first. */
export function windowsOfRun(run: WindowRun): TimeWindow[] {
  return Array.from({ length: run.count }, (_, i) => {
    const startMs = run.newestStartMs - i * run.slideMs;
    return { startMs, endMs: endOfWindowMs(startMs, run.sizeMs) };
  });
}

/** `start + size`, which for the global window must not pass through arithmetic on the bounds. */
export function endOfWindowMs(startMs: number, sizeMs: number): number {
  return startMs === LONG_MIN ? GLOBAL_WINDOW.endMs : startMs + sizeMs;
}
