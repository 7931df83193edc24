import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  NO_SHAPE,
  refuseOutputMode,
} from '../../../../workers/engines/spark/structured/outputModeRefusal.ts';
import {
  nextBoundary,
  nextTrigger,
} from '../../../../workers/engines/spark/structured/processingTimeTrigger.ts';
import {
  refuseTimeWindow,
  windowsOf,
} from '../../../../workers/engines/spark/structured/timeWindow.ts';
import {
  createWatermarkTracker,
  refuseDelay,
  updateWatermark,
} from '../../../../workers/engines/spark/structured/watermark.ts';

const S = 1_000_000;

test.each([
  // started, next boundary of a trigger every 100 ms
  [0, 100],
  [1, 100],
  [99, 100],
  [100, 200],
  [150, 200],
])('C28 after a trigger at %i ms the next boundary is %i ms', (startedMs, next) => {
  expect(nextBoundary(startedMs, 100)).toBe(next);
});

test('C28 every second: 0, 1000 (takes 500), 2000 (takes 1500), 3500 at once, then 4000', () => {
  expect(nextTrigger(0, 0, 1000)).toBe(1000);
  expect(nextTrigger(1000, 1500, 1000)).toBe(2000);
  expect(nextTrigger(2000, 3500, 1000)).toBe(3500);
  expect(nextTrigger(3500, 3500, 1000)).toBe(4000);
});

const seconds = (time: number, size: number, slide: number, start = 0): string =>
  windowsOf(time * S, size * S, slide * S, start * S)
    .map(({ startUs, endUs }) => `[${startUs / S},${endUs / S})`)
    .join('');

test('C36 sliding windows: size 10, slide 3', () => {
  // The suite's rows stand at 19:39:27, :34 and :56; 19 h 39 min is a multiple of 3 s.
  expect(seconds(27, 10, 3)).toBe('[18,28)[21,31)[24,34)[27,37)');
  expect(seconds(34, 10, 3)).toBe('[27,37)[30,40)[33,43)');
  expect(seconds(56, 10, 3)).toBe('[48,58)[51,61)[54,64)');
});

test('C36 windows with a start time', () => {
  expect(seconds(2, 10, 10, 5)).toBe('[-5,5)');
  expect(seconds(12, 10, 10, 5)).toBe('[5,15)');
  expect(seconds(25, 10, 10, -5)).toBe('[25,35)');
  expect(seconds(30, 10, 10, -5)).toBe('[25,35)');
});

test('C36 size 200 ms, slide 40 ms: each row in exactly five windows, all of which hold it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (timeUs) => {
      const windows = windowsOf(timeUs, 200_000, 40_000);
      expect(windows).toHaveLength(5);
      expect(windows.every(({ startUs, endUs }) => startUs <= timeUs && timeUs < endUs)).toBe(true);
    }),
  );
});

test.each([
  [4, 6, 0, 'The `slide_duration`(6000000L) must be <= the `window_duration`(4000000L).'],
  [4, 2, -2, 'The `abs(start_time)`(2000000L) must be < the `slide_duration`(2000000L).'],
])('a window of %i s, slide %i s, start %i s is refused', (size, slide, start, constraint) => {
  const expression = `"window(ts, ${size * S}, ${slide * S}, ${start * S})"`;
  expect(refuseTimeWindow('ts', size * S, slide * S, start * S)).toBe(
    `[DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION] Cannot resolve ${expression} due to data type mismatch: ${constraint}`,
  );
});

test('a slide that does not divide the window is accepted, and so is the smallest one', () => {
  expect(refuseTimeWindow('ts', 6 * S, 4 * S)).toBeNull();
  expect(refuseTimeWindow('ts', 1, 1)).toBeNull();
  expect(refuseTimeWindow('ts', 4 * S, 0)).toContain('`slide_duration` must be between');
});

test('C33 watermark with 2 streams, delays 10 s and 5 s', () => {
  let tracker = createWatermarkTracker('min', [10_000, 5000]);
  const adds: [left: number[], right: number[]][] = [
    [[11], []],
    [[], [6]],
    [[], [8]],
    [[21], []],
    [[], [17, 28, 39]],
    [[31], []],
    [[41], []],
    [[51], []],
    [[100], [100]],
    [[120], [110]],
    [[130], [125]],
    [[100], [100]],
    [[140], [100]],
    [[100], [135]],
    [[200], [190]],
  ];
  const max = (times: number[]): number | null =>
    times.length > 0 ? Math.max(...times) * 1000 : null;
  const add = ([left, right]: [number[], number[]]): number => {
    tracker = updateWatermark(tracker, [max(left), max(right)]);
    return tracker.globalMs;
  };
  expect(adds.map(add)).toEqual([
    0, 1000, 1000, 3000, 11_000, 21_000, 31_000, 34_000, 90_000, 105_000, 120_000, 120_000, 120_000,
    130_000, 185_000,
  ]);
  tracker = createWatermarkTracker('min', [10_000, 5000], tracker.globalMs);
  expect([add([[], []]), add([[], [200]]), add([[200], []])]).toEqual([185_000, 185_000, 190_000]);
});

test.each([
  ['min', [10_000, 110_000, 110_000]],
  ['max', [15_000, 115_000, 140_000]],
] as const)('C33 MultipleWatermarkPolicy %s', (policy, expected) => {
  let tracker = createWatermarkTracker(policy, [10_000, 15_000]);
  const last = policy === 'min' ? [null, 150_000] : [150_000, null];
  const values = [[20_000, 30_000], [120_000, 130_000], last].map((seen) => {
    tracker = updateWatermark(tracker, seen);
    return tracker.globalMs;
  });
  expect(values).toEqual(expected);
});

const shape = { ...NO_SHAPE, aggregates: 'once', hasWatermark: true } as const;

test.each([
  [
    'append',
    { ...shape, hasWatermark: false },
    'Append output mode not supported when there are streaming aggregations on streaming DataFrames/DataSets without watermark',
  ],
  [
    'complete',
    NO_SHAPE,
    'Complete output mode not supported when there are no streaming aggregations on streaming DataFrames/Datasets',
  ],
  [
    'update',
    { ...NO_SHAPE, joinsTwoStreams: true },
    'Join between two streaming DataFrames/Datasets is not supported in Update output mode, only in Append output mode',
  ],
] as const)('%s mode is refused to %o', (mode, query, message) => {
  expect(refuseOutputMode(mode, query)).toBe(message);
});

test('every mode suits an aggregation with a watermark', () => {
  const modes = ['append', 'update', 'complete'] as const;
  expect(modes.map((mode) => refuseOutputMode(mode, shape))).toEqual([null, null, null]);
});

test('an input without a watermark has no say, and a query without any stays at 0', () => {
  const tracker = createWatermarkTracker('min', [null, 10]);
  expect(updateWatermark(tracker, [5, 30]).globalMs).toBe(20);
  expect(updateWatermark(createWatermarkTracker('min', [null]), [5]).globalMs).toBe(0);
});

test('a delay is not negative', () => {
  expect(refuseDelay(0)).toBeNull();
  expect(refuseDelay(-1)).toContain('should not be negative');
});
