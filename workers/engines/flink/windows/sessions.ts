/**
 * Sessions: each record opens a window `[t, t + gap)`, and windows of a key that intersect or touch become
 * one. A record between two sessions bridges them, even when one of them has already fired.
 *
 * Follows Flink 1.20 `MergingWindowSet` and the merging branch of `WindowOperator.processElement`.
 */
import { isEventTime } from './assigner.ts';
import {
  clearContents,
  createPane,
  indexOfPane,
  insertPane,
  mergeContents,
  windowOfPane,
  type Pane,
} from './pane.ts';
import { inMergeOrder } from './mergeOrder.ts';
import {
  deleteEventTimeTimer,
  deleteProcessingTimeTimer,
  type TimerService,
} from './timerService.ts';
import { cover, intersects, type TimeWindow } from './timeWindow.ts';
import { clear, onMerge } from './trigger.ts';
import { cleanupTimeMs, type WindowOperator, type WindowOperatorConfig } from './windowOperator.ts';

/**
 * `MergingWindowSet.addWindow` and what the operator does about a merge.
 *
 * @returns the pane of the session that now contains the window; null if that session is already late
 * @throws Error with Flink's message if merging made a window that should be gone
 */
export function joinSession(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  panes: Pane[],
  window: TimeWindow,
): Pane | null {
  // Sessions in flight are apart from each other, so whatever meets the new one meets it directly
  // or through the cover of those it already met.
  let session = window;
  const merged: Pane[] = [];
  for (const pane of panes) {
    if (!intersects(pane, session)) continue;
    session = cover(session, windowOfPane(pane));
    merged.push(pane);
  }
  const first = merged[0];
  const grew =
    first !== undefined &&
    !(merged.length === 1 && first.startMs === session.startMs && first.endMs === session.endMs);
  if (grew) replaceSessions(config, operator, panes, session, inMergeOrder(merged));
  const eventTime = isEventTime(config.assigner);
  if (eventTime && isPastCleanup(config, operator, session)) return null;
  const at = indexOfPane(panes, session.startMs, session.endMs);
  if (at >= 0) {
    const pane = panes[at] as Pane;
    if (!grew && indexOfPane([pane], window.startMs, window.endMs) === 0) forgetPart(pane);
    return pane;
  }
  const pane = createPane(session.startMs, session.endMs);
  insertPane(panes, pane);
  return pane;
}

/**
 * A window that equals a session in flight merges with nothing, and Flink then takes it for a new one: contents that are
 * held by a part stay behind in the state, where nobody looks for them any more.
 */
function forgetPart(pane: Pane): void {
  if (pane.heldByPart) clearContents(pane);
  pane.heldByPart = false;
}

/** Puts one session in the place of those it covers, with their trigger state and contents. */
function replaceSessions(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  panes: Pane[],
  session: TimeWindow,
  merged: readonly Pane[],
): void {
  const { timers } = operator;
  const eventTime = isEventTime(config.assigner);
  if (isPastCleanup(config, operator, session))
    throw new Error(mergedIntoThePast(eventTime, timers, session));
  const result = createPane(session.startMs, session.endMs);
  result.heldByPart = true;
  onMerge(config.trigger, result, merged, timers);
  for (const pane of merged) {
    clear(config.trigger, pane, timers);
    const cleanupMs = cleanupTimeMs(config, pane.endMs);
    if (eventTime) deleteEventTimeTimer(timers, pane, cleanupMs);
    else deleteProcessingTimeTimer(timers, pane, cleanupMs);
    if (pane.size > 0 && result.size > 0) operator.stateEntries--;
    mergeContents(result, pane, config.fold);
    panes.splice(panes.indexOf(pane), 1);
  }
  insertPane(panes, result);
}

function isPastCleanup(
  config: WindowOperatorConfig,
  operator: WindowOperator,
  window: TimeWindow,
): boolean {
  const { watermarkMs, processingTimeMs } = operator.timers;
  const nowMs = isEventTime(config.assigner) ? watermarkMs : processingTimeMs;
  return cleanupTimeMs(config, window.endMs) <= nowMs;
}

/** The message of the UnsupportedOperationException, which fails the job. */
function mergedIntoThePast(eventTime: boolean, timers: TimerService, window: TimeWindow): string {
  const name = `TimeWindow{start=${window.startMs}, end=${window.endMs}}`;
  return eventTime
    ? 'The end timestamp of an event-time window cannot become earlier than the current watermark ' +
        `by merging. Current watermark: ${timers.watermarkMs} window: ${name}`
    : 'The end timestamp of a processing-time window cannot become earlier than the current processing time ' +
        `by merging. Current processing time: ${timers.processingTimeMs} window: ${name}`;
}
