// Structured Streaming: triggers, watermarks and queries with state. Times are milliseconds; names are those of the
// arguments and options of Spark's own API.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { chainedCounts } from '../structured/chainedCounts.ts';
import { deduplicate, refuseDeduplication } from '../structured/deduplicate.ts';
import { groupState, refuseTimeout } from '../structured/groupState.ts';
import { NO_SHAPE, refuseOutputMode } from '../structured/outputModeRefusal.ts';
import { select } from '../structured/select.ts';
import { sessionCount } from '../structured/sessionWindow.ts';
import { refuseJoin, streamJoin } from '../structured/streamJoin.ts';
import { refuseTimeWindow } from '../structured/timeWindow.ts';
import {
  createWatermarkTracker,
  refuseDelay,
  updateWatermark,
  type WatermarkTracker,
} from '../structured/watermark.ts';
import { windowedCount } from '../structured/windowedCount.ts';
import { benchOf, refuse } from './component.ts';
import { length, queryBench, settings, time } from './streamingQuery.ts';

const STEPS =
  'A step is the rows [key, timeMs] that come, or "restart", or { fails } with rows whose batch fails at the sink; ' +
  'with a trigger interval it is { advanceMs, rows, takesMs }.';

const delayThresholdMs = v.optional(length);
const delaysMs = v.pipe(
  v.array(v.nullable(length)),
  v.maxLength(2, 'at most two inputs are expected'),
);

const watermark = benchOf({
  name: 'watermark-tracker',
  meaning:
    'The watermark of a query. A step is the greatest event time at each input, null for none, or "restart"; ' +
    'the answer is the watermark of the next batch.',
  config: v.strictObject({
    'spark.sql.streaming.multipleWatermarkPolicy': v.optional(v.picklist(['min', 'max']), 'min'),
    delayThresholdsMs: delaysMs,
  }),
  step: v.union([v.literal('restart'), v.array(v.nullable(time))]),
  start: (config): { tracker: WatermarkTracker } => ({
    tracker: createWatermarkTracker(
      config['spark.sql.streaming.multipleWatermarkPolicy'],
      config.delayThresholdsMs,
    ),
  }),
  play(query, step) {
    const { policy, delaysMs: delays, globalMs } = query.tracker;
    query.tracker =
      step === 'restart'
        ? createWatermarkTracker(policy, delays, globalMs)
        : updateWatermark(query.tracker, step);
    return query.tracker.globalMs;
  },
});

const selected = queryBench({
  name: 'select',
  meaning: `A query without state. ${STEPS}`,
  config: v.strictObject({ ...settings, delayThresholdMs }),
  query({ outputMode, delayThresholdMs: delayMs = null }) {
    refuse(refuseDelay(delayMs) ?? refuseOutputMode(outputMode, NO_SHAPE));
    return select(delayMs);
  },
});

const files = queryBench({
  name: 'file-source',
  meaning: `Which files a batch reads. ${STEPS} A row is a file, by its name and when it was modified.`,
  config: v.strictObject({ ...settings, maxFilesPerTrigger: v.optional(whole(1, 10_000)) }),
  query({ outputMode }) {
    refuse(refuseOutputMode(outputMode, NO_SHAPE));
    return select(null);
  },
});

const counted = queryBench({
  name: 'windowed-count',
  meaning: `groupBy(window, key).count(), or groupBy(key).count() without a windowDurationMs. ${STEPS}`,
  config: v.strictObject({
    ...settings,
    windowDurationMs: v.optional(length),
    slideDurationMs: v.optional(length),
    startTimeMs: v.optional(length, 0),
    delayThresholdMs,
  }),
  query({ outputMode: mode, windowDurationMs, slideDurationMs, startTimeMs, ...rest }) {
    const delayMs = rest.delayThresholdMs ?? null;
    refuse(refuseDelay(delayMs));
    const sizeMs = windowDurationMs ?? null;
    const slideMs = slideDurationMs ?? sizeMs ?? 0;
    if (sizeMs !== null) {
      refuse(refuseTimeWindow('time', sizeMs * 1000, slideMs * 1000, startTimeMs * 1000));
    }
    const hasWatermark = delayMs !== null && sizeMs !== null;
    refuse(refuseOutputMode(mode, { ...NO_SHAPE, aggregates: 'once', hasWatermark }));
    const window = sizeMs === null ? null : { sizeMs, slideMs, startTimeMs };
    return windowedCount({ mode, window, delayMs });
  },
});

const chained = queryBench({
  name: 'chained-counts',
  meaning: `Windows are counted, and the counts again in greater windows. ${STEPS}`,
  config: v.strictObject({
    ...settings,
    windowDurationsMs: v.tuple([whole(1, 86_400_000), whole(1, 86_400_000)]),
    delayThresholdMs,
  }),
  query({ outputMode, windowDurationsMs: sizesMs, delayThresholdMs: delayMs = null }) {
    refuse(refuseDelay(delayMs));
    const hasWatermark = delayMs !== null;
    refuse(refuseOutputMode(outputMode, { ...NO_SHAPE, aggregates: 'twice', hasWatermark }));
    return chainedCounts({ sizesMs, delayMs });
  },
});

const sessions = queryBench({
  name: 'session-window',
  meaning: `groupBy(session_window, key).count(). ${STEPS}`,
  config: v.strictObject({
    ...settings,
    gapDurationMs: whole(1, 86_400_000),
    delayThresholdMs,
    byKey: v.optional(v.boolean(), true),
  }),
  query({ outputMode: mode, gapDurationMs: gapMs, delayThresholdMs: delayMs = null, byKey }) {
    refuse(refuseDelay(delayMs));
    const hasWatermark = delayMs !== null;
    refuse(refuseOutputMode(mode, { ...NO_SHAPE, aggregates: 'by session', hasWatermark }));
    return sessionCount({ mode: mode === 'complete' ? mode : 'append', gapMs, byKey, delayMs });
  },
});

const deduplicated = queryBench({
  name: 'deduplicate',
  meaning: `dropDuplicates, or dropDuplicatesWithinWatermark with { withinWatermark }, on the columns. ${STEPS}`,
  config: v.strictObject({
    ...settings,
    columns: v.array(v.picklist(['key', 'time'])),
    delayThresholdMs,
    withinWatermark: v.optional(v.boolean(), false),
    select: v.optional(v.array(v.picklist(['key', 'time'])), ['key', 'time']),
  }),
  query({ outputMode, columns, delayThresholdMs: delayMs = null, withinWatermark, ...rest }) {
    const [byKey, byTime] = [columns.includes('key'), columns.includes('time')];
    const tellsTime = rest.select.includes('time');
    const query = { byKey, byTime, tellsTime, delayMs, withinWatermark };
    refuse(refuseDelay(delayMs) ?? refuseOutputMode(outputMode, NO_SHAPE));
    refuse(refuseDeduplication(query));
    return deduplicate(query);
  },
});

const joined = queryBench({
  name: 'stream-join',
  meaning: `A join on a key and a window, or the time between the rows. ${STEPS} Rows are { left, right }.`,
  config: v.strictObject({
    ...settings,
    joinType: v.picklist(['inner', 'leftOuter', 'rightOuter', 'fullOuter']),
    windowDurationMs: v.optional(whole(1, 86_400_000)),
    rightAfterLeftMs: v.optional(v.tuple([length, length])),
    delayThresholdsMs: v.optional(delaysMs, []),
  }),
  query({ outputMode, joinType: type, windowDurationMs, rightAfterLeftMs, delayThresholdsMs }) {
    const [left = null, right = null] = delayThresholdsMs;
    const query = {
      type,
      windowMs: windowDurationMs ?? null,
      rightAfterLeftMs: rightAfterLeftMs ?? null,
      delaysMs: [left, right] as const,
    };
    refuse(refuseDelay(left) ?? refuseDelay(right));
    refuse(refuseOutputMode(outputMode, { ...NO_SHAPE, joinsTwoStreams: true }));
    refuse(refuseJoin(query));
    return streamJoin(query);
  },
});

const NO_CLOCK = 'trigger: a timeout by the clock needs { processingTimeMs }';

const timeoutConf = v.picklist(['NoTimeout', 'ProcessingTimeTimeout', 'EventTimeTimeout']);

const groupStates = queryBench({
  name: 'group-state',
  meaning: `Counts the rows of each key with a state of its own and a timeout. ${STEPS}`,
  config: v.strictObject({
    ...settings,
    function: v.optional(
      v.picklist(['flatMapGroupsWithState', 'mapGroupsWithState']),
      'flatMapGroupsWithState',
    ),
    functionOutputMode: v.optional(v.picklist(['append', 'update'])),
    timeoutConf,
    /** Which timeout the function sets; by default that of the configuration. */
    sets: v.optional(timeoutConf),
    timeoutMs: v.optional(length, 0),
    delayThresholdMs,
  }),
  query(config) {
    const { outputMode, function: name, functionOutputMode, timeoutMs } = config;
    const mode = functionOutputMode ?? outputMode;
    const query = {
      timeoutConf: config.timeoutConf,
      sets: config.sets ?? config.timeoutConf,
      timeoutMs,
      delayMs: config.delayThresholdMs ?? null,
    };
    // Such a query has a batch to run at any time, and would never be done with a step.
    const hasClock = typeof config.trigger === 'object';
    if (!hasClock && config.timeoutConf === 'ProcessingTimeTimeout') refuse(NO_CLOCK);
    refuse(refuseDelay(query.delayMs));
    refuse(refuseOutputMode(outputMode, { ...NO_SHAPE, stateFunction: { name, mode } }));
    refuse(refuseTimeout(query));
    return groupState(query);
  },
});

export const structuredBenches = [
  watermark,
  selected,
  files,
  counted,
  chained,
  sessions,
  deduplicated,
  joined,
  groupStates,
];
