/** Benches of what becomes of a log in time: what is deleted, and how far it may be read. */
import * as v from 'valibot';
import { benchOf, RefusedByBench } from '../../../kernel/bench.ts';
import { cleanableRange } from '../log/cleanable.ts';
import { cleanLog, type CompactedRecord, keylessRefusal } from '../log/compaction.ts';
import {
  appendMarker,
  appendRecords,
  commitUpTo,
  createTransactionLog,
  lastStableOffset as lastStableOffsetOf,
} from '../log/lastStableOffset.ts';
import {
  appendToSegments,
  deleteOldSegments,
  emptySegment,
  logEndOffset,
  type RetentionSettings,
  type Segments,
} from '../log/retention.ts';
import { natural, offset } from './schemas.ts';

const WEEK_MS = 604_800_000;

/** Batches alike, each so much later than the one before it. */
const append = v.strictObject({
  call: v.literal('append'),
  records: v.optional(natural, 1),
  bytes: natural,
  timestampMs: natural,
  times: v.optional(v.pipe(natural, v.maxValue(10_000)), 1),
  everyMs: v.optional(natural, 0),
});

function appendAll(
  segments: Segments,
  { records, bytes, timestampMs, times, everyMs }: v.InferOutput<typeof append>,
  settings: RetentionSettings,
): void {
  for (let i = 0; i < times; i++) {
    appendToSegments(segments, records, bytes, timestampMs + i * everyMs, settings);
  }
}

const segmentSettings = {
  'segment.bytes': v.optional(natural, 1_073_741_824),
  'segment.ms': v.optional(natural, WEEK_MS),
};

interface RetentionBench {
  readonly segments: Segments;
  startOffset: number;
}

export const retention = benchOf({
  component: 'kafka/retention',
  meaning:
    'The segments of a log with cleanup.policy delete, compact or both. Configuration: segment.bytes, segment.ms, retention.bytes, retention.ms. Steps: append batches (records, bytes and timestampMs of each, times, everyMs); delete, as the broker tries every five minutes (highWatermark, nowMs); delete records, on demand (beforeOffset). Answers: base offsets of the segments, and where the log starts and ends.',
  config: v.strictObject({
    ...segmentSettings,
    'retention.bytes': v.optional(offset, -1),
    'retention.ms': v.optional(offset, WEEK_MS),
    'cleanup.policy': v.optional(v.picklist(['delete', 'compact', 'compact,delete']), 'delete'),
  }),
  step: v.variant('call', [
    append,
    v.strictObject({ call: v.literal('delete'), highWatermark: natural, nowMs: natural }),
    v.strictObject({ call: v.literal('delete records'), beforeOffset: natural }),
  ]),
  create: (): RetentionBench => ({ segments: [emptySegment(0)], startOffset: 0 }),
  play(log, step, config) {
    const { segments } = log;
    if (step.call === 'append') appendAll(segments, step, config);
    else if (step.call === 'delete records') log.startOffset = step.beforeOffset;
    else deleteOldSegments(segments, step.highWatermark, step.nowMs, config, log.startOffset);
    log.startOffset = Math.max(log.startOffset, segments[0]?.baseOffset ?? 0);
    return {
      segments: segments.map(({ baseOffset }) => baseOffset),
      startOffset: log.startOffset,
      endOffset: logEndOffset(segments),
    };
  },
});

export const cleanable = benchOf({
  component: 'kafka/cleanable-range',
  meaning:
    'What the log cleaner may work on in a compacted log. Configuration: segment.bytes, segment.ms, min.compaction.lag.ms. Steps: append batches, answered with the base offsets of the segments; ask, with highWatermark, nowMs and cleanedTo, where the last pass ended. Answers: the range of offsets, and which share of the bytes is dirty.',
  config: v.strictObject({
    ...segmentSettings,
    'min.compaction.lag.ms': v.optional(natural, 0),
  }),
  step: v.variant('call', [
    append,
    v.strictObject({
      call: v.literal('ask'),
      highWatermark: natural,
      nowMs: natural,
      cleanedTo: v.optional(v.nullable(natural), null),
    }),
  ]),
  create: (): Segments => [emptySegment(0)],
  play(segments, step, config) {
    if (step.call === 'append') {
      appendAll(segments, step, { ...config, ...kept });
      return segments.map(({ baseOffset }) => baseOffset);
    }
    const { cleanedTo, highWatermark, nowMs } = step;
    const lagMs = config['min.compaction.lag.ms'];
    const range = cleanableRange(segments, cleanedTo, highWatermark, nowMs, lagMs);
    return { ...range, dirtyRatio: Math.round(range.dirtyRatio * 10_000) / 10_000 };
  },
});

/** A compacted topic without any other limit. */
const kept = { 'retention.bytes': -1, 'retention.ms': -1, 'cleanup.policy': 'compact' } as const;

export const lastStableOffset = benchOf({
  component: 'kafka/last-stable-offset',
  meaning:
    'How far read_committed readers see. Steps: append records, of a producer’s transaction or of none; marker, the end of a producer’s transaction; commit, when the high watermark moves. Answers: the last stable offset.',
  config: v.strictObject({}),
  step: v.variant('call', [
    v.strictObject({
      call: v.literal('append'),
      records: natural,
      producerId: v.optional(v.nullable(natural), null),
    }),
    v.strictObject({ call: v.literal('marker'), producerId: natural }),
    v.strictObject({ call: v.literal('commit'), highWatermark: natural }),
  ]),
  create: createTransactionLog,
  play(log, step) {
    if (step.call === 'append') appendRecords(log, step.records, step.producerId);
    else if (step.call === 'marker') appendMarker(log, step.producerId);
    else commitUpTo(log, step.highWatermark);
    return lastStableOffsetOf(log);
  },
});

interface CompactionBench {
  records: readonly CompactedRecord[];
  endOffset: number;
  firstDirtyOffset: number;
}

export const logCleaner = benchOf({
  component: 'kafka/log-cleaner',
  meaning:
    'A compacted log. Configuration: how many keys the cleaner’s map holds, delete.retention.ms, and cleanup.policy, if the topic was always compacted. Steps: append a key and a value (null is a tombstone); clean, from the last pass’s end or firstDirtyOffset up to upTo. Answers: the offsets that are left.',
  config: v.strictObject({
    keysInMap: v.optional(v.pipe(natural, v.minValue(1)), 1_000_000),
    'delete.retention.ms': v.optional(natural, 86_400_000),
    'cleanup.policy': v.optional(v.picklist(['delete', 'compact']), 'delete'),
  }),
  step: v.variant('call', [
    v.strictObject({
      call: v.literal('append'),
      key: v.nullable(v.string()),
      value: v.nullable(v.string()),
    }),
    v.strictObject({
      call: v.literal('clean'),
      upTo: v.optional(natural),
      firstDirtyOffset: v.optional(natural),
      nowMs: v.optional(natural, 0),
    }),
  ]),
  create: (): CompactionBench => ({ records: [], endOffset: 0, firstDirtyOffset: 0 }),
  play(log, step, config) {
    if (step.call === 'append') {
      const { key, value } = step;
      if (key === null && config['cleanup.policy'] === 'compact') {
        throw new RefusedByBench(keylessRefusal('t', 0));
      }
      log.records = [...log.records, { offset: log.endOffset, key, value, deleteHorizonMs: -1 }];
      log.endOffset += 1;
    } else {
      const cleaned = cleanLog(
        log.records,
        step.firstDirtyOffset ?? log.firstDirtyOffset,
        step.upTo ?? log.endOffset,
        config.keysInMap,
        config['delete.retention.ms'],
        step.nowMs,
      );
      log.records = cleaned.records;
      log.firstDirtyOffset = cleaned.firstDirtyOffset;
    }
    return log.records.map((record) => record.offset);
  },
});
