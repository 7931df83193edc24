/** The window operator with its assigners, triggers and evictors, on a bench. */
import * as v from 'valibot';
import { assignWindows, type WindowAssigner } from '../windows/assigner.ts';
import { mergeWindows } from '../windows/timeWindow.ts';
import {
  advanceProcessingTime,
  advanceWatermark,
  createWindowOperator,
  processElement,
  refusalOfWindow,
  type Firing,
  type WindowOperator,
} from '../windows/windowOperator.ts';
import { restoreWindows, snapshotWindows } from '../windows/windowSnapshot.ts';
import { maxTimestampMs } from '../windows/timeWindow.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { LONG_MIN } from '../long.ts';
import { timerCount } from '../windows/timerHeap.ts';
import { longMs, written } from './schemas.ts';

const MAX_PARALLELISM = 128;

const assigner: v.GenericSchema<unknown, WindowAssigner> = v.variant('kind', [
  v.strictObject({
    kind: v.picklist(['TumblingEventTimeWindows', 'TumblingProcessingTimeWindows']),
    sizeMs: longMs,
    offsetMs: longMs,
  }),
  v.strictObject({
    kind: v.picklist(['SlidingEventTimeWindows', 'SlidingProcessingTimeWindows']),
    sizeMs: longMs,
    slideMs: longMs,
    offsetMs: longMs,
  }),
  v.strictObject({
    kind: v.picklist(['EventTimeSessionWindows', 'ProcessingTimeSessionWindows']),
    gapMs: longMs,
  }),
  v.strictObject({ kind: v.picklist(['DynamicEventTimeSessionWindows', 'GlobalWindows']) }),
]);

const simpleTrigger = v.variant('kind', [
  v.strictObject({
    kind: v.picklist([
      'EventTimeTrigger',
      'ProcessingTimeTrigger',
      'NeverTrigger',
      'EndOfStreamTrigger',
    ]),
  }),
  v.strictObject({ kind: v.literal('CountTrigger'), maxCount: longMs }),
  v.strictObject({
    kind: v.picklist(['ContinuousEventTimeTrigger', 'ContinuousProcessingTimeTrigger']),
    intervalMs: longMs,
  }),
]);

const config = v.strictObject({
  assigner,
  trigger: v.union([
    simpleTrigger,
    v.strictObject({ kind: v.literal('PurgingTrigger'), nested: simpleTrigger }),
  ]),
  allowedLatenessMs: v.optional(longMs, 0),
  sideOutputLateData: v.optional(v.boolean(), false),
  fold: v.optional(v.picklist(['sum', 'min', 'max', 'list']), 'sum'),
  evictor: v.optional(
    v.nullable(
      v.variant('kind', [
        v.strictObject({
          kind: v.literal('CountEvictor'),
          maxCount: longMs,
          doEvictAfter: v.boolean(),
        }),
        v.strictObject({
          kind: v.literal('TimeEvictor'),
          windowSizeMs: longMs,
          doEvictAfter: v.boolean(),
        }),
      ]),
    ),
    null,
  ),
});

const step = v.union([
  v.strictObject({
    element: v.strictObject({
      key: v.string(),
      value: v.number(),
      timestampMs: longMs,
      gapMs: v.optional(longMs, 0),
    }),
  }),
  v.strictObject({ watermarkMs: longMs }),
  v.strictObject({ processingTimeMs: longMs }),
  v.strictObject({ restore: v.literal(true) }),
]);

export const windowOperatorBench = benchOf({
  component: 'flink/window-operator',
  meaning:
    'WindowOperator for one key or several. Steps: {element: {key, value, timestampMs, gapMs?}}, {watermarkMs}, ' +
    '{processingTimeMs}, {restore: true} (a snapshot, and a new operator from it). Answers: what fired, whether the ' +
    'element was late, and what is kept.',
  config,
  step,
  refusal: refusalOfWindow,
  create: () => ({ operator: createWindowOperator() }),
  play(state: { operator: WindowOperator }, input, settings) {
    const firings: Firing[] = [];
    const { operator } = state;
    let late = 'no';
    if ('element' in input) {
      const { key, value, timestampMs, gapMs } = input.element;
      const { processingTimeMs } = operator.timers;
      const run = assignWindows(settings.assigner, timestampMs, processingTimeMs, gapMs);
      const entered = processElement(settings, operator, run, key, value, timestampMs, firings);
      if (typeof entered !== 'number') late = entered;
    } else if ('watermarkMs' in input)
      advanceWatermark(settings, operator, input.watermarkMs, firings);
    else if ('processingTimeMs' in input)
      advanceProcessingTime(settings, operator, input.processingTimeMs, firings);
    else state.operator = restoreWindows(snapshotWindows(operator), MAX_PARALLELISM);
    const { numLateRecordsDropped, stateEntries, timers } = state.operator;
    return {
      fired: firings.map(told),
      late,
      numLateRecordsDropped,
      stateEntries,
      timers: timerCount(timers.eventTimers) + timerCount(timers.processingTimers),
    };
  },
});

/** A global window has no start and no end. */
function told({ key, startMs, endMs, value, elements }: Firing) {
  const bounds = startMs === LONG_MIN ? {} : { startMs, endMs };
  const timestampMs = written(maxTimestampMs(endMs));
  const values = elements === null ? [value] : elements.map((element) => element.value);
  return { key, ...bounds, timestampMs, values };
}

export const mergeWindowsBench = benchOf({
  component: 'flink/merge-windows',
  meaning:
    'TimeWindow.mergeWindows. A step is a list of {startMs, endMs}; the answer is the merged list.',
  config: v.strictObject({}),
  step: v.array(v.strictObject({ startMs: longMs, endMs: longMs })),
  create: () => null,
  play: (_state, windows) => mergeWindows(windows),
});
