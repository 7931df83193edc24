import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONG_MIN } from '../../../../workers/engines/flink/long.ts';
import {
  assignWindows,
  isMerging,
  MISSING_TIMESTAMP,
  refusalOfAssigner,
  windowsOfRun,
  type WindowAssigner,
} from '../../../../workers/engines/flink/windows/assigner.ts';
import { mergeWindows } from '../../../../workers/engines/flink/windows/timeWindow.ts';

const starts = (assigner: WindowAssigner, timestampMs: number) =>
  windowsOfRun(assignWindows(assigner, timestampMs, 0)).map((window) => window.startMs);

describe('C1 tumbling 5000', () => {
  test.each([
    [0, 0, 0],
    [0, 4999, 0],
    [0, 5000, 5000],
    [100, 100, 100],
    [100, 5099, 100],
    [100, 5100, 5100],
    [-100, 0, -100],
    [-100, 4899, -100],
    [-100, 4900, 4900],
  ])('offset %i: %i is in the window from %i', (offsetMs, timestampMs, startMs) => {
    const assigner = { kind: 'TumblingEventTimeWindows', sizeMs: 5000, offsetMs } as const;
    expect(windowsOfRun(assignWindows(assigner, timestampMs, 0))).toEqual([
      { startMs, endMs: startMs + 5000 },
    ]);
  });

  test.each([
    [-1000, 0],
    [10_000, 20_000],
  ])('size %i, offset %i is refused', (sizeMs, offsetMs) => {
    const assigner = { kind: 'TumblingEventTimeWindows', sizeMs, offsetMs } as const;
    expect(refusalOfAssigner(assigner)).toBe(
      'TumblingEventTimeWindows parameters must satisfy abs(offset) < size',
    );
  });
});

describe('C2 sliding 5000/1000', () => {
  test.each([
    [0, 0, [0, -1000, -2000, -3000, -4000]],
    [0, 4999, [4000, 3000, 2000, 1000, 0]],
    [0, 5000, [5000, 4000, 3000, 2000, 1000]],
    [100, 100, [100, -900, -1900, -2900, -3900]],
    [100, 5100, [5100, 4100, 3100, 2100, 1100]],
  ])('offset %i: %i, newest window first', (offsetMs, timestampMs, expected) => {
    const assigner = {
      kind: 'SlidingEventTimeWindows',
      sizeMs: 5000,
      slideMs: 1000,
      offsetMs,
    } as const;
    expect(starts(assigner, timestampMs)).toEqual(expected);
  });

  test('a record is in exactly the windows that contain it, whatever size and slide', () => {
    const spec = fc.record({
      sizeMs: fc.integer({ min: 1, max: 50 }),
      slideMs: fc.integer({ min: 1, max: 50 }),
      timestampMs: fc.integer({ min: -100, max: 100 }),
    });
    fc.assert(
      fc.property(spec, ({ sizeMs, slideMs, timestampMs }) => {
        const expected: number[] = [];
        for (let startMs = 200 * slideMs; startMs >= -200 * slideMs; startMs -= slideMs)
          if (startMs <= timestampMs && timestampMs < startMs + sizeMs) expected.push(startMs);
        const kind = 'SlidingEventTimeWindows';
        const found = starts({ kind, sizeMs, slideMs, offsetMs: 0 }, timestampMs);
        expect(found.map((start) => start + 0)).toEqual(expected.map((start) => start + 0));
      }),
    );
  });

  test.each([
    [5000, 0, 0],
    [0, 1000, 0],
    [5000, 1000, 1000],
  ])('size %i, slide %i, offset %i is refused', (sizeMs, slideMs, offsetMs) => {
    const assigner = { kind: 'SlidingEventTimeWindows', sizeMs, slideMs, offsetMs } as const;
    expect(refusalOfAssigner(assigner)).toBe(
      'SlidingEventTimeWindows parameters must satisfy abs(offset) < slide and size > 0',
    );
  });

  test('a slide that does not divide the size is fine', () => {
    const assigner: WindowAssigner = {
      kind: 'SlidingEventTimeWindows',
      sizeMs: 8000,
      slideMs: 3000,
      offsetMs: 0,
    };
    expect(refusalOfAssigner(assigner)).toBe(null);
    // 8 s / 3 s: starts 9000, 6000, 3000 cover 10 s, since 3000 + 8000 > 10000 and 0 + 8000 < 10000.
    expect(starts(assigner, 10_000)).toEqual([9000, 6000, 3000]);
  });
});

test('C5 touching windows merge, in TimeWindow.mergeWindows', () => {
  const windows = [
    [0, 1],
    [1, 2],
    [2, 3],
    [4, 5],
    [5, 6],
  ].map(([startMs = 0, endMs = 0]) => ({ startMs, endMs }));
  expect(mergeWindows(windows)).toEqual([
    { startMs: 0, endMs: 3 },
    { startMs: 4, endMs: 6 },
  ]);
});

test('a session gap must be positive', () => {
  expect(refusalOfAssigner({ kind: 'EventTimeSessionWindows', gapMs: 0 })).toBe(
    'EventTimeSessionWindows parameters must satisfy 0 < size',
  );
  const dynamic: WindowAssigner = { kind: 'DynamicEventTimeSessionWindows' };
  expect(isMerging(dynamic)).toBe(true);
  expect(() => assignWindows(dynamic, 5, 0, 0)).toThrow(
    'Dynamic session time gap must satisfy 0 < gap',
  );
});

test('a record without a timestamp fails an event-time job', () => {
  const assigner = { kind: 'TumblingEventTimeWindows', sizeMs: 10, offsetMs: 0 } as const;
  expect(() => assignWindows(assigner, LONG_MIN, 0)).toThrow(MISSING_TIMESTAMP);
});
