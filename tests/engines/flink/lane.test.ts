import { describe, expect, test } from 'vitest';
import { flinkEngine } from '../../../workers/engines/flink/engine.ts';
import { configOf, runLane, show } from './laneRun.ts';

/** One line `a 1` every 500 ms, from 250 ms on: two a second, 16 in every full window of 8 s. */
const steady = (untilMs: number): [number, string][] =>
  Array.from({ length: Math.floor((untilMs - 250) / 500) + 1 }, (_, i) => [250 + i * 500, 'a 1']);

describe('event-time windows of 8 s every 4 s', () => {
  test('windows fire when the watermark passes their end, and every record counts in two', () => {
    const { outputs, fates } = runLane({ lines: steady(40_000), untilMs: 40_000 });
    // Two records a second from 0.25 s on; the bound is 0, so the record at 36.25 s closes the last window shown.
    expect(show(outputs)).toEqual([
      '-4..4: a=8',
      '0..8: a=16',
      '4..12: a=16',
      '8..16: a=16',
      '12..20: a=16',
      '16..24: a=16',
      '20..28: a=16',
      '24..32: a=16',
      '28..36: a=16',
    ]);
    // The record at 4.25 s, a tick within 200 ms, a flush within 100 ms, and little else.
    expect(outputs[0]?.visibleUs).toBeGreaterThan(4_250_000);
    expect(outputs[0]?.visibleUs).toBeLessThan(4_560_000);
    // Records before 32 s have both of their windows.
    expect(fates.slice(0, 64).every((fate) => fate === 'right')).toBe(true);
    expect(fates.slice(64).every((fate) => fate === 'waiting' || fate === 'on the way')).toBe(true);
  });

  test('a record at the very end of a window is enough to close it, one a millisecond before is not', () => {
    const until = (lastMs: number) => {
      const lines = [[1000, 'a 1'] as const, [lastMs, 'a 2'] as const];
      return show(runLane({ lines, untilMs: 10_000 }).outputs);
    };
    // The watermark is a millisecond behind the record: 3999 is the last one of [-4, 4).
    expect(until(4000)).toEqual(['-4..4: a=1']);
    expect(until(3999)).toEqual([]);
  });

  test('a watermark delay of 2 s moves every result by 2 s', () => {
    const scene = { lines: steady(30_000), untilMs: 30_000 };
    const first = runLane(scene).outputs[0]?.visibleUs ?? 0;
    const delayed = runLane({ ...scene, flink: { outOfOrdernessMs: 2000 } }).outputs[0];
    expect(delayed?.visibleUs).toBe(first + 2_000_000);
  });

  test('a slide that does not divide the window is fine with Flink', () => {
    const program = { windowIntervalMs: 8000, slideIntervalMs: 3000 };
    const startEpochMs = 1_800_000_000_000;
    const { outputs } = runLane({ lines: steady(14_000), untilMs: 14_000, program, startEpochMs });
    // The epoch of the start is a multiple of 3 s, so windows end at 2, 5, 8, 11 s: 2 records a second.
    expect(show(outputs)).toEqual(['-6..2: a=4', '-3..5: a=10', '0..8: a=16', '3..11: a=16']);
  });

  test('windows are aligned to the epoch, not to the start', () => {
    const scene = { lines: steady(12_000), untilMs: 12_000, startEpochMs: 1_800_000_001_000 };
    // The run starts 1 s after a multiple of 4 s.
    expect(show(runLane(scene).outputs)).toEqual(['-5..3: a=6', '-1..7: a=14', '3..11: a=16']);
  });

  test('several words of a line are several tuples of one record', () => {
    const { outputs, fates } = runLane({
      lines: [
        [1000, 'a b a'],
        [2000, 'b'],
        [13_000, 'x'],
      ],
      program: { functions: ['split-words', 'pair-with-one'] },
      untilMs: 15_000,
    });
    expect(show(outputs)).toEqual(['-4..4: a=2 b=2', '0..8: a=2 b=2']);
    expect(fates).toEqual(['right', 'right', 'waiting']);
  });

  test('a line that the program drops is filtered, and words such as __proto__ count', () => {
    const { outputs, fates } = runLane({
      lines: [
        [1000, 'constructor 2'],
        [1500, '__proto__ 3'],
        [2000, 'not a pair'],
        [9000, 'a 1'],
      ],
      untilMs: 10_000,
    });
    expect(show(outputs)[0]).toBe('-4..4: __proto__=3 constructor=2');
    expect(fates.slice(0, 3)).toEqual(['right', 'right', 'filtered']);
  });
});

describe('lateness', () => {
  const program = { windowIntervalMs: 8000, slideIntervalMs: 4000 };

  test('late for all windows is dropped; late for one of two counts in the other', () => {
    const lines: [number, string, number?][] = [
      [1000, 'a 1'],
      [9000, 'a 2'],
      // The watermark is 8.999 s: [0, 8) and [-4, 4) have fired, [4, 12) has not.
      [9500, 'a 4', 3000],
      [9600, 'a 8', 5000],
      [30_000, 'a 16'],
    ];
    const { outputs, fates } = runLane({ lines, program, untilMs: 31_000 });
    expect(show(outputs).slice(0, 4)).toEqual([
      '-4..4: a=1',
      '0..8: a=1',
      '4..12: a=10',
      '8..16: a=2',
    ]);
    expect(fates.slice(0, 4)).toEqual(['right', 'right', 'late', 'some only']);
  });

  test('allowed lateness: the window fires again, with everything', () => {
    const lines: [number, string, number?][] = [
      [1000, 'a 1'],
      [1000, 'b 1'],
      [9000, 'a 2'],
      [9500, 'a 4', 3000],
      [30_000, 'a 16'],
    ];
    const run = runLane({ lines, program, flink: { allowedLatenessMs: 20_000 }, untilMs: 29_000 });
    expect(show(run.outputs)).toEqual([
      '-4..4: a=1 b=1',
      '0..8: a=1 b=1',
      // The newest window first, as Flink updates them; key b stays as it was.
      '-4..4: a=5 b=1',
      '0..8: a=5 b=1',
    ]);
    expect(run.fates.slice(0, 4)).toEqual(['right', 'right', 'waiting', 'right']);
  });
});

describe('sideOutputLateData', () => {
  // The watermark is 8.999 s when the second line comes: both of its windows are gone.
  const lines: [number, string, number?][] = [
    [9000, 'a 2'],
    [9500, 'a 4', 3000],
  ];
  const lateLine = (sideOutputLateData: boolean) => {
    const run = runLane({ lines, flink: { sideOutputLateData }, untilMs: 12_000 });
    const dropped = run.state.windows[0]?.operator.numLateRecordsDropped;
    return { dropped, fate: run.fates[1], said: run.texts.filter((it) => it.startsWith('late')) };
  };

  test('without it a late record is dropped and counted', () => {
    expect(lateLine(false)).toEqual({ dropped: 1, fate: 'late', said: ['late'] });
  });

  test('with it a late record is in no window either, but kept aside and not counted', () => {
    const said = ['late, in the side output'];
    expect(lateLine(true)).toEqual({ dropped: 0, fate: 'late', said });
  });
});

describe('several subtasks', () => {
  test('more readers than partitions: event time stands still until withIdleness is called', () => {
    const scene = { lines: steady(20_000), untilMs: 20_000, partitions: 1 };
    const stalled = runLane({ ...scene, flink: { 'parallelism.default': 2 } });
    expect(stalled.outputs).toEqual([]);
    const idle = runLane({ ...scene, flink: { 'parallelism.default': 2, idleTimeoutMs: 1000 } });
    expect(show(idle.outputs)).toEqual(['-4..4: a=8', '0..8: a=16', '4..12: a=16', '8..16: a=16']);
  });

  test('the same answers at any parallelism', () => {
    const lines = steady(40_000).map(([ms], i): [number, string] => [ms, `${'abcdefg'[i % 7]} 1`]);
    const rows = [1, 2, 3].map((parallelism) =>
      show(
        runLane({
          lines,
          partitions: 3,
          flink: { 'parallelism.default': parallelism },
          untilMs: 40_000,
        }).outputs,
      ),
    );
    expect(rows[1]).toEqual(rows[0]);
    expect(rows[2]).toEqual(rows[0]);
    expect(rows[0]?.length).toBeGreaterThan(7);
  });
});

describe('without event time', () => {
  test('processing-time windows fire by the clock', () => {
    const flink = { windowTime: 'processing-time', 'execution.buffer-timeout.interval': 0 };
    const { outputs } = runLane({ lines: steady(9000), flink, untilMs: 21_000 });
    // Records arrive a few milliseconds after they were written: none changes its window of 4 s.
    expect(show(outputs)).toEqual(['-4..4: a=8', '0..8: a=16', '4..12: a=10', '8..16: a=2']);
    // A window's last millisecond is 3.999; its timer runs one later.
    expect(outputs.map(({ visibleUs }) => visibleUs / 1e6)).toEqual([4, 8, 12, 16]);
  });

  test('without windows every tuple gives the new total of its key', () => {
    const { outputs, fates } = runLane({
      lines: [
        [1000, 'a 1'],
        [2000, 'b 5'],
        [3000, 'a 2'],
      ],
      program: { windowIntervalMs: null, slideIntervalMs: null },
      untilMs: 4000,
    });
    expect(outputs.map(({ rows }) => rows[0])).toEqual([
      ['a', 1],
      ['b', 5],
      ['a', 3],
    ]);
    expect(fates).toEqual(['right', 'right', 'right']);
  });

  test('the operator without windows has the name that KeyedStream.reduce gives it', () => {
    const program = { windowIntervalMs: null, slideIntervalMs: null };
    const names = (changes: Parameters<typeof configOf>[0]) =>
      flinkEngine.anatomy(configOf(changes)).parts.map(({ label }) => label);
    expect(names({ program })).toContain('Keyed Reduce');
    expect(names({})).toContain('Window');
  });
});

describe('back-pressure', () => {
  test('a slow window task holds the source back, and nothing is lost', () => {
    const lines = Array.from({ length: 3000 }, (_, i): [number, string] => [i, 'a 1']);
    // 2 ms a record in each task, 1000 records a second: the job falls behind and catches up.
    const { outputs, state } = runLane({
      lines: [...lines, [20_000, 'a 1']],
      costs: { flinkRecordUs: 2000 },
      untilMs: 21_000,
    });
    expect(show(outputs).slice(0, 2)).toEqual(['-4..4: a=3000', '0..8: a=3000']);
    expect(state.sources[0]?.outputs[0]?.elements).toEqual([]);
  });
});
