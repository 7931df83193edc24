import { describe, expect, it } from 'vitest';
import { cleanableRange } from '../../../workers/engines/kafka/log/cleanable.ts';
import { cleanLog, type CompactedRecord } from '../../../workers/engines/kafka/log/compaction.ts';
import {
  appendMarker,
  appendRecords,
  commitUpTo,
  createTransactionLog,
  lastStableOffset,
} from '../../../workers/engines/kafka/log/lastStableOffset.ts';
import {
  appendToSegments,
  deleteOldSegments,
  emptySegment,
  logEndOffset,
  type RetentionSettings,
  type Segments,
} from '../../../workers/engines/kafka/log/retention.ts';
import { manualAssignmentProblem } from '../../../workers/engines/kafka/placement/manual.ts';

describe('C19 last stable offset (UnifiedLogTest.testFetchUpToLastStableOffset)', () => {
  it('moves when the marker of the earliest transaction is committed', () => {
    const log = createTransactionLog();
    const [p1, p2] = [1, 2];
    appendRecords(log, 5, p1); // 0 to 4
    appendRecords(log, 3, null); // 5 to 7
    appendRecords(log, 2, p2); // 8 and 9
    appendRecords(log, 4, p1); // 10 to 13
    appendRecords(log, 2, null); // 14 and 15
    appendRecords(log, 10, p1); // 16 to 25
    commitUpTo(log, 26);
    expect(lastStableOffset(log)).toBe(0);
    expect(appendMarker(log, p1)).toBe(26);
    expect(lastStableOffset(log)).toBe(0);
    commitUpTo(log, 27);
    expect(lastStableOffset(log)).toBe(8);
    expect(appendMarker(log, p2)).toBe(27);
    expect(lastStableOffset(log)).toBe(8);
    commitUpTo(log, 28);
    expect(lastStableOffset(log)).toBe(28);
  });

  it('a second transaction of the same producer begins where its first record lies', () => {
    const log = createTransactionLog();
    appendRecords(log, 2, 1);
    appendMarker(log, 1);
    appendRecords(log, 2, 1); // 3 and 4
    commitUpTo(log, 5);
    expect(lastStableOffset(log)).toBe(3);
  });
});

const RECORD = 72;

const settings = (changes: Partial<RetentionSettings>): RetentionSettings => ({
  'segment.bytes': 5 * RECORD,
  'segment.ms': 604_800_000,
  'retention.bytes': -1,
  'retention.ms': -1,
  'cleanup.policy': 'delete',
  ...changes,
});

function logOf(records: number, timestampMs: number, config: RetentionSettings): Segments {
  const segments: Segments = [emptySegment(0)];
  for (let i = 0; i < records; i++) appendToSegments(segments, 1, RECORD, timestampMs, config);
  return segments;
}

describe('C23 retention (UnifiedLogTest): 15 records of 72 bytes, 5 a segment', () => {
  it.each([
    // retention.bytes, segments left, log start
    [10 * RECORD, 2, 5],
    [15 * RECORD, 3, 0],
  ])(
    'shouldDeleteSizeBasedSegments: retention.bytes %i leaves %i segments',
    (bytes, left, start) => {
      const config = settings({ 'retention.bytes': bytes });
      const segments = logOf(15, 0, config);
      deleteOldSegments(segments, 15, 0, config);
      expect([segments.length, segments[0]?.baseOffset]).toEqual([left, start]);
    },
  );

  it.each([
    // The newest segment is old too: an empty one takes its place.
    ['delete', 1, 15],
    ['compact', 3, 0],
    ['compact,delete', 1, 15],
  ] as const)(
    'shouldDeleteTimeBasedSegmentsReadyToBeDeleted: cleanup.policy %s leaves %i segments from %i on',
    (policy, left, start) => {
      const config = settings({ 'retention.ms': 10_000, 'cleanup.policy': policy });
      const segments = logOf(15, 10, config);
      deleteOldSegments(segments, 15, 20_011, config);
      expect([segments.length, segments[0]?.baseOffset, logEndOffset(segments)]).toEqual([
        left,
        start,
        15,
      ]);
    },
  );

  it.each([
    [0, 0],
    [4, 0],
    [5, 5],
    [14, 10],
    [15, 15],
  ])(
    'testDeleteOldSegments: with high watermark %i the log starts at %i',
    (highWatermark, start) => {
      const config = settings({ 'retention.ms': 1 });
      const segments = logOf(15, 0, config);
      deleteOldSegments(segments, highWatermark, 10, config);
      expect(segments[0]?.baseOffset).toBe(start);
    },
  );

  it('one timestamp from the future keeps its segment, and all behind it', () => {
    const config = settings({ 'retention.ms': 10 });
    const segments = logOf(4, 0, config);
    appendToSegments(segments, 1, RECORD, 1_000_000, config);
    appendToSegments(segments, 1, RECORD, 0, config);
    expect(deleteOldSegments(segments, 6, 1_000, config)).toBe(0);
  });

  it('what was deleted on demand goes with its segment, under any policy', () => {
    const config = settings({ 'cleanup.policy': 'compact' });
    const segments = logOf(15, 0, config);
    expect(deleteOldSegments(segments, 15, 0, config, 9)).toBe(1);
    expect(segments[0]?.baseOffset).toBe(5);
  });

  it('testSizeBasedLogRoll: segment.bytes 710 holds 9 records of 72', () => {
    const segments = logOf(11, 0, settings({ 'segment.bytes': 710 }));
    expect(segments.map(({ records }) => records)).toEqual([9, 2]);
  });

  it('segment.ms: a batch that is younger than the segment’s first by more rolls', () => {
    const config = settings({ 'segment.ms': 100 });
    const segments = logOf(1, 0, config);
    appendToSegments(segments, 1, RECORD, 100, config);
    appendToSegments(segments, 1, RECORD, 101, config);
    expect(segments.map(({ records }) => records)).toEqual([2, 1]);
  });
});

describe('C22 what the cleaner may work on: 15 records, 5 a segment', () => {
  it('stops before the active segment, and before what is not committed', () => {
    const segments = logOf(15, 0, settings({}));
    expect(cleanableRange(segments, null, 15, 0, 0)).toMatchObject({ firstUncleanableOffset: 10 });
    expect(cleanableRange(segments, null, 7, 0, 0)).toMatchObject({ firstUncleanableOffset: 7 });
  });

  it('is worth what share of the bytes the last pass did not see', () => {
    const segments = logOf(15, 0, settings({}));
    expect(cleanableRange(segments, 5, 15, 0, 0)).toMatchObject({
      firstDirtyOffset: 5,
      dirtyRatio: 0.5,
    });
    expect(cleanableRange(segments, 99, 15, 0, 0)).toMatchObject({ firstDirtyOffset: 0 });
  });

  it('waits for segments that are younger than min.compaction.lag.ms', () => {
    const segments = logOf(15, 100, settings({}));
    expect(cleanableRange(segments, null, 15, 109, 10).firstUncleanableOffset).toBe(0);
    expect(cleanableRange(segments, null, 15, 110, 10).firstUncleanableOffset).toBe(10);
  });
});

/** `key=value` or `key=` for a tombstone, at offsets 0, 1, 2, … */
function logOfKeys(...entries: readonly string[]): CompactedRecord[] {
  return entries.map((entry, offset) => {
    const [key = '', value = ''] = entry.split('=');
    return {
      offset,
      key: key === '-' ? null : key,
      value: value === '' ? null : value,
      deleteHorizonMs: -1,
    };
  });
}

const offsets = (records: readonly CompactedRecord[]) => records.map(({ offset }) => offset);

describe('C21 compaction (LogCleanerTest)', () => {
  it('testPartialSegmentClean: a map of one key cleans bit by bit', () => {
    let records: readonly CompactedRecord[] = logOfKeys('0=a', '1=b', '0=c', '1=d', '0=e');
    const left = [2, 3, 4].map((firstDirtyOffset) => {
      records = cleanLog(records, firstDirtyOffset, 5, 1, 0, 0).records;
      return offsets(records);
    });
    expect(left).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4],
      [3, 4],
    ]);
  });

  it('a full map ends the pass, even at a key that it holds', () => {
    const { records, firstDirtyOffset } = cleanLog(
      logOfKeys('0=a', '1=b', '0=c', '2=d'),
      0,
      4,
      2,
      0,
      0,
    );
    expect(firstDirtyOffset).toBe(2);
    expect(offsets(records)).toEqual([0, 1, 2, 3]);
  });

  it('testCleaningWithUnkeyedMessages: what has no key vanishes', () => {
    const { records } = cleanLog(logOfKeys('-=a', 'k=b', '-=c'), 0, 3, 10, 0, 0);
    expect(offsets(records)).toEqual([1]);
  });

  it('what is not cleanable yet keeps its duplicates', () => {
    const { records, firstDirtyOffset } = cleanLog(logOfKeys('k=a', 'k=b', 'k=c'), 0, 2, 10, 0, 0);
    expect([offsets(records), firstDirtyOffset]).toEqual([[1, 2], 2]);
  });

  it('a tombstone outlives the pass that first sees it, until delete.retention.ms is over', () => {
    let pass = cleanLog(logOfKeys('k=a', 'k='), 0, 2, 10, 1_000, 50);
    expect(offsets(pass.records)).toEqual([1]);
    pass = cleanLog(pass.records, 2, 2, 10, 1_000, 1_049);
    expect(offsets(pass.records)).toEqual([1]);
    pass = cleanLog(pass.records, 2, 2, 10, 1_000, 1_050);
    expect(offsets(pass.records)).toEqual([]);
  });
});

describe('--replica-assignment', () => {
  it.each([
    [
      [
        [1, 2],
        [2, 3],
      ],
      null,
    ],
    [[[]], 'The manual partition assignment includes an empty replica list.'],
    [
      [[1, 4]],
      'The manual partition assignment includes broker 4, but no such broker is registered.',
    ],
    [[[1, 2, 2]], 'The manual partition assignment includes the broker 2 more than once.'],
    [
      [
        [1, 2, 3],
        [2, 1],
      ],
      'The manual partition assignment includes a partition with 2 replica(s), but this is not consistent with previous partitions, which have 3 replica(s).',
    ],
  ])('%j on brokers 1 to 3: %s', (assignment, problem) => {
    expect(manualAssignmentProblem(assignment, [1, 2, 3])).toBe(problem);
  });
});
