// Structured Streaming: triggers, watermarks and stateful operators. Times are milliseconds.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { createDeduplicationState, runDeduplicationBatch } from '../structured/deduplicate.ts';
import { refuseOutputMode } from '../structured/outputModeRefusal.ts';
import { nextTrigger } from '../structured/processingTimeTrigger.ts';
import { needsNoDataBatch, type Progress } from '../structured/progress.ts';
import { createSessionState, runSessionBatch } from '../structured/sessionWindow.ts';
import { refuseTimeWindow } from '../structured/timeWindow.ts';
import { createWatermarkTracker, updateWatermark } from '../structured/watermark.ts';
import { createCountState, runCountBatch } from '../structured/windowedCount.ts';
import { benchOf, refuse } from './component.ts';

const time = whole(-1_000_000_000_000, 1_000_000_000_000_000);
const length = whole(0, 86_400_000);
const rows = v.array(v.strictObject({ key: v.string(), timeMs: time }));

/** The newest batch, with what the query's progress report says of it. */
const report = (progress: Progress, output: unknown, dropped: number): unknown => ({
  batchId: progress.batchId - 1,
  watermarkMs: progress.previousWatermarkMs,
  output,
  dropped,
  needsNoDataBatch: needsNoDataBatch(progress),
});

const trigger = benchOf({
  name: 'processing-time-trigger',
  meaning: 'When the next trigger starts. A step is a trigger { startedMs, endedMs }.',
  config: v.strictObject({ intervalMs: length }),
  step: v.strictObject({ startedMs: time, endedMs: time }),
  start: (config) => config,
  play: ({ intervalMs }, { startedMs, endedMs }) => nextTrigger(startedMs, endedMs, intervalMs),
});

const watermark = benchOf({
  name: 'watermark-tracker',
  meaning:
    'The watermark of a query. A step is the greatest event time at each input, null for none.',
  config: v.strictObject({
    policy: v.picklist(['min', 'max']),
    delaysMs: v.array(length),
    restoredMs: time,
  }),
  step: v.array(v.nullable(time)),
  start: ({ policy, delaysMs, restoredMs }) => ({
    tracker: createWatermarkTracker(policy, delaysMs, restoredMs),
  }),
  play(query, seenMs) {
    query.tracker = updateWatermark(query.tracker, seenMs);
    return query.tracker.globalMs;
  },
});

const counted = benchOf({
  name: 'windowed-count',
  meaning: 'groupBy(window, key).count() in micro-batches. A step is the rows of a batch.',
  config: v.strictObject({
    mode: v.picklist(['append', 'update', 'complete']),
    window: v.nullable(v.strictObject({ sizeMs: whole(1, 86_400_000), slideMs: length })),
    delayMs: v.nullable(length),
    allowMultiple: v.boolean(),
  }),
  step: rows,
  start: (query) => {
    const shape = {
      aggregates: true,
      hasWatermark: query.delayMs !== null,
      joinsTwoStreams: false,
    };
    refuse(refuseOutputMode(query.mode, shape));
    const { window } = query;
    if (window) refuse(refuseTimeWindow('time', window.sizeMs * 1000, window.slideMs * 1000));
    return { query, state: createCountState() };
  },
  play(running, batch) {
    const { state, output, dropped } = runCountBatch(running.query, running.state, batch);
    running.state = state;
    return report(state.progress, output, dropped);
  },
});

const sessions = benchOf({
  name: 'session-window',
  meaning: 'groupBy(session_window, key).count() in append mode. A step is the rows of a batch.',
  config: v.strictObject({
    gapMs: whole(1, 86_400_000),
    delayMs: length,
    allowMultiple: v.boolean(),
  }),
  step: rows,
  start: (query) => ({ query, state: createSessionState() }),
  play(running, batch) {
    const { state, output, dropped } = runSessionBatch(running.query, running.state, batch);
    running.state = state;
    return report(state.progress, output, dropped);
  },
});

const deduplicated = benchOf({
  name: 'deduplicate',
  meaning: 'dropDuplicates on the event time. A step is the event times of a batch.',
  config: v.strictObject({ delayMs: length, allowMultiple: v.boolean() }),
  step: v.array(time),
  start: (query) => ({ query, state: createDeduplicationState() }),
  play(running, timesMs) {
    const { delayMs, allowMultiple } = running.query;
    const batch = runDeduplicationBatch(running.state, timesMs, delayMs, allowMultiple);
    running.state = batch.state;
    return report(batch.state.progress, batch.output, batch.dropped);
  },
});

export const structuredBenches = [trigger, watermark, counted, sessions, deduplicated];
