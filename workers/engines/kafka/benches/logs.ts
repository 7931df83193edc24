/** Benches of what becomes of a log in time: what is deleted, and how far it may be read. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { cleanLog, type CompactedRecord } from '../log/compaction.ts';
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
  type Segments,
} from '../log/retention.ts';
import { natural, offset } from './schemas.ts';

const WEEK_MS = 604_800_000;

export const retention = benchOf({
  component: 'kafka/retention',
  meaning:
    'The segments of a log with cleanup.policy delete, compact or both. Configuration: segment.bytes, segment.ms, retention.bytes, retention.ms. Steps: append a batch (records, bytes, timestampMs); delete, as the broker tries every five minutes (highWatermark, nowMs). Answers: base offsets of the segments, and the log’s end.',
  config: v.strictObject({
    'segment.bytes': v.optional(natural, 1_073_741_824),
    'segment.ms': v.optional(natural, WEEK_MS),
    'retention.bytes': v.optional(offset, -1),
    'retention.ms': v.optional(offset, WEEK_MS),
    'cleanup.policy': v.optional(v.picklist(['delete', 'compact', 'compact,delete']), 'delete'),
  }),
  step: v.variant('call', [
    v.strictObject({
      call: v.literal('append'),
      records: v.optional(natural, 1),
      bytes: natural,
      timestampMs: natural,
    }),
    v.strictObject({ call: v.literal('delete'), highWatermark: natural, nowMs: natural }),
  ]),
  create: (): Segments => [emptySegment(0)],
  play(segments, step, config) {
    if (step.call === 'append') {
      appendToSegments(segments, step.records, step.bytes, step.timestampMs, config);
    } else deleteOldSegments(segments, step.highWatermark, step.nowMs, config);
    return {
      segments: segments.map(({ baseOffset }) => baseOffset),
      endOffset: logEndOffset(segments),
    };
  },
});

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
    'A compacted log. Configuration: how many keys the cleaner’s map holds, and delete.retention.ms. Steps: append a key and a value (null is a tombstone); clean, from the last pass’s end or firstDirtyOffset up to upTo. Answers: the offsets that are left.',
  config: v.strictObject({
    keysInMap: v.optional(v.pipe(natural, v.minValue(1)), 1_000_000),
    'delete.retention.ms': v.optional(natural, 86_400_000),
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
