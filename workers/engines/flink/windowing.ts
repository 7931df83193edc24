/**
 * The lane's windows as Flink sees them, and their numbers in the ledger: window 0 is the first that ends after the
 * run's start, and each later one ends a slide later.
 */
import type { FlinkConfig } from './config.ts';
import type { WindowOperatorConfig } from './windows/windowOperator.ts';

export interface SlidingWindows {
  readonly kind: 'SlidingEventTimeWindows' | 'SlidingProcessingTimeWindows';
  readonly sizeMs: number;
  readonly slideMs: number;
  readonly offsetMs: number;
}

export interface SlidingConfig extends WindowOperatorConfig {
  readonly assigner: SlidingWindows;
}

/** What `keyBy(…).window(…)` makes of the program; null for a program without windows. */
export function windowConfigOf(config: FlinkConfig): SlidingConfig | null {
  const { windowIntervalMs, slideIntervalMs, aggregate } = config.program;
  if (windowIntervalMs === null || slideIntervalMs === null) return null;
  const eventTime = config.windowTime === 'event-time';
  return {
    assigner: {
      kind: eventTime ? 'SlidingEventTimeWindows' : 'SlidingProcessingTimeWindows',
      sizeMs: windowIntervalMs,
      slideMs: slideIntervalMs,
      offsetMs: 0,
    },
    trigger: { kind: eventTime ? 'EventTimeTrigger' : 'ProcessingTimeTrigger' },
    allowedLatenessMs: config.allowedLatenessMs,
    sideOutputLateData: config.sideOutputLateData,
    fold: aggregate,
    evictor: null,
  };
}

/** Number of the window that starts at `startMs` (epoch). */
export function windowNumber(
  windows: SlidingWindows,
  startMs: number,
  startEpochMs: number,
): number {
  return startMs / windows.slideMs - lastBeforeStart(windows, startEpochMs) - 1;
}

/** Start of a window in epoch milliseconds: the inverse of `windowNumber`. */
export function windowStartOf(
  windows: SlidingWindows,
  number: number,
  startEpochMs: number,
): number {
  return (number + lastBeforeStart(windows, startEpochMs) + 1) * windows.slideMs;
}

/** Of the windows that end at the run's start or before it the last, in slides since the epoch. */
function lastBeforeStart({ sizeMs, slideMs }: SlidingWindows, startEpochMs: number): number {
  return Math.floor((startEpochMs - sizeMs) / slideMs);
}
