import { describe, expect, test } from 'vitest';
import { runLane, show, type LaneScene } from './laneRun.ts';

const steady = (untilMs: number): [number, string][] =>
  Array.from({ length: Math.floor((untilMs - 250) / 500) + 1 }, (_, i) => [250 + i * 500, 'a 1']);

const CHECKPOINTED = { 'execution.checkpointing.interval': 10_000 };

const dies = (process: string, atMs = 33_000): NonNullable<LaneScene['faults']> => [
  { process, atMs, restartAfterMs: 1000 },
];

const countOf = (fates: readonly (string | undefined)[], fate: string) =>
  fates.filter((one) => one === fate).length;

/** `4..12` → the rows of the newest result of each window. */
function newest(run: ReturnType<typeof runLane>): Map<string, string> {
  return new Map(show(run.outputs).map((line) => line.split(': ') as [string, string]));
}

describe('a task manager is killed', () => {
  const scene = { lines: steady(60_000), untilMs: 60_000, flink: CHECKPOINTED };

  test('the state of the latest checkpoint comes back, and every record counts once', () => {
    const healthy = runLane(scene);
    const run = runLane({ ...scene, faults: dies('tm-1') });
    expect(newest(run)).toEqual(newest(healthy));
    expect(run.fates).toEqual(healthy.fates);
    expect(countOf(run.fates, 'more than once')).toBe(0);
    const restored = run.log.find((line) => line.startsWith('Restoring job'));
    expect(restored).toContain('from Checkpoint 3 @');
  });

  test('results since that checkpoint are emitted again', () => {
    const windows = show(runLane({ ...scene, faults: dies('tm-1') }).outputs);
    // Checkpoints are every 10 s; the third, after 26 s, holds what came before it.
    const repeated = windows.filter((line, i) => windows.indexOf(line) < i);
    expect(repeated).toEqual(['20..28: a=16', '24..32: a=16']);
  });

  test('it takes the backoff of a second, and the task manager its two to start', () => {
    const run = runLane({ ...scene, faults: dies('tm-1') });
    const again = run.bookings.outputs.find(
      ({ visibleUs }) => visibleUs > 33_000_000 && visibleUs < Infinity,
    );
    // Dead at 33, started again at 34, up at 36; then deployed, read again, and the first tick at 200 ms.
    expect(again?.visibleUs).toBeGreaterThan(36_200_000);
    expect(again?.visibleUs).toBeLessThan(36_400_000);
  });

  test('without checkpoints the job fails for good', () => {
    const run = runLane({ ...scene, flink: {}, faults: dies('tm-1') });
    expect(run.state.jobManager.status).toBe('FAILED');
    expect(run.log.at(-2)).toContain('Recovery is suppressed by NoRestartBackoffTimeStrategy');
    expect(run.outputs.every(({ visibleUs }) => visibleUs < 33_000_000)).toBe(true);
  });

  test('before the first checkpoint the job begins at the beginning', () => {
    const run = runLane({ ...scene, faults: dies('tm-1', 5000) });
    expect(run.log).toContain('No checkpoint found during restore.');
    expect(countOf(run.fates, 'right')).toBe(countOf(runLane(scene).fates, 'right'));
  });

  test('one of two kills the whole job, since keyBy joins all tasks into one region', () => {
    const lines = steady(60_000).map(([ms], i): [number, string] => [ms, `${'abc'[i % 3]} 1`]);
    const flink = { ...CHECKPOINTED, 'parallelism.default': 2 };
    const two = { lines, partitions: 3, untilMs: 60_000, flink };
    const run = runLane({ ...two, faults: dies('tm-2') });
    expect(newest(run)).toEqual(newest(runLane(two)));
    expect(countOf(run.fates, 'more than once')).toBe(0);
    const silence = run.outputs.filter(
      ({ visibleUs }) => visibleUs > 33_000_000 && visibleUs < 36_000_000,
    );
    expect(silence).toEqual([]);
  });

  test('nobody starts it again: the job waits for a slot', () => {
    const faults = [{ process: 'tm-1', atMs: 33_000, restartAfterMs: null }];
    const run = runLane({ ...scene, faults });
    expect(run.state.jobManager).toMatchObject({ status: 'RESTARTING', waitsForSlots: true });
  });
});

describe('the sink', () => {
  const flink = { ...CHECKPOINTED, deliveryGuarantee: 'EXACTLY_ONCE' };
  const scene = { lines: steady(60_000), untilMs: 60_000, flink };

  test('EXACTLY_ONCE: results are visible when a checkpoint completes, and none twice', () => {
    const run = runLane({ ...scene, faults: dies('tm-1') });
    const windows = show(run.outputs);
    expect(new Set(windows).size).toBe(windows.length);
    const times = new Set(run.outputs.map(({ visibleUs }) => visibleUs));
    // Three checkpoints before the crash and two after it.
    expect(times.size).toBe(run.state.jobManager.completed.length);
    expect(times.size).toBe(5);
  });

  test('EXACTLY_ONCE: a transaction that no checkpoint holds is never seen', () => {
    const run = runLane({ ...scene, faults: dies('tm-1') });
    const unseen = run.bookings.outputs.filter(
      ({ visibleUs, computedUs }) => visibleUs === Infinity && computedUs < 33_000_000,
    );
    expect(show(unseen)).toEqual(['20..28: a=16', '24..32: a=16']);
  });

  test('rows of a program without windows: NONE shows those since the checkpoint twice', () => {
    const program = { windowIntervalMs: null, slideIntervalMs: null };
    const rows = { ...scene, program, untilMs: 45_000, faults: dies('tm-1') };
    const twice = runLane({ ...rows, flink: CHECKPOINTED });
    const offset = twice.state.jobManager.completed.items[2]?.offsets[0]?.offset ?? 0;
    // Two records a second: those from the checkpoint's offset to the crash are seen twice.
    expect(countOf(twice.fates, 'more than once')).toBe(66 - offset);
    expect(countOf(runLane(rows).fates, 'more than once')).toBe(0);
  });
});

describe('at least once', () => {
  // Two readers and two window subtasks; a barrier takes 100 ms from one task manager to the other, in which the
  // local channel (b is owned by the first task manager, a by the second: C24) brings more records. They are in the snapshot, and are read again after the crash.
  const lines = Array.from({ length: 4000 }, (_, i): [number, string] => [
    10 * i,
    i % 2 === 0 ? 'b 1' : 'a 1',
  ]);
  const scene = {
    lines,
    partitions: 2,
    costs: { linkLatencyUs: 100_000 },
    untilMs: 40_000,
    faults: dies('tm-1', 20_000),
  };
  const flink = {
    ...CHECKPOINTED,
    'parallelism.default': 2,
    'execution.buffer-timeout.interval': 0,
  };

  test('C22 records that overtook a barrier are counted twice after the restore', () => {
    const mode = { 'execution.checkpointing.mode': 'AT_LEAST_ONCE' };
    const run = runLane({ ...scene, flink: { ...flink, ...mode } });
    const twice = run.fates.flatMap((fate, i) => (fate === 'more than once' ? [10 * i] : []));
    expect(twice.length).toBeGreaterThan(5);
    const triggeredMs = run.state.jobManager.completed.items[1]?.triggeredMs ?? 0;
    for (const arrivalMs of twice) {
      // The trigger and the fetch take about as long as the barrier.
      expect(arrivalMs).toBeGreaterThan(triggeredMs - 10);
      expect(arrivalMs).toBeLessThan(triggeredMs + 210);
    }
  });

  test('C20 aligned barriers hold them back, and nothing is counted twice', () => {
    const run = runLane({ ...scene, flink });
    expect(countOf(run.fates, 'more than once')).toBe(0);
    expect(countOf(run.fates, 'right')).toBeGreaterThan(3000);
  });
});

describe('C22 unaligned checkpoints', () => {
  // Two readers bring 1000 records a second of one key to one window task, which takes 2 ms for each: after 6 s about
  // 3000 records, 6 s of work, lie in the buffers between them.
  const lines = [
    ...Array.from({ length: 6000 }, (_, i): [number, string] => [i, 'a 1']),
    [50_000, 'a 1'] as [number, string],
    [50_000, 'a 1'] as [number, string],
  ];
  const flink = { ...CHECKPOINTED, 'parallelism.default': 2 };
  const scene = { lines, partitions: 2, costs: { flinkRecordUs: 2000 }, untilMs: 55_000 };
  const unaligned = { ...flink, 'execution.checkpointing.unaligned.enabled': true };
  const durationMs = (run: ReturnType<typeof runLane>) => {
    const first = run.state.jobManager.completed.items[0];
    return (first?.completedMs ?? 0) - (first?.triggeredMs ?? 0);
  };

  test('an aligned barrier waits behind the backlog; an unaligned one overtakes it', () => {
    expect(durationMs(runLane({ ...scene, flink }))).toBeGreaterThan(3000);
    // A poll's records of each reader, the upload of 300 ms, and the way.
    expect(durationMs(runLane({ ...scene, flink: unaligned }))).toBeLessThan(1500);
  });

  test('what was overtaken is part of the checkpoint, and counts once after a crash', () => {
    const run = runLane({ ...scene, flink: unaligned, faults: dies('tm-2', 9000) });
    const [checkpoint] = run.state.jobManager.completed.items;
    expect(checkpoint?.completedMs).toBeLessThan(9000);
    // The offsets are far ahead of what was counted, so the rest can only come from the channels.
    const read = checkpoint?.offsets.reduce((sum, { offset }) => sum + (offset ?? 0), 0) ?? 0;
    expect(read).toBeGreaterThan(5500);
    expect(newest(run).get('0..8')).toBe('a=6000');
    expect(run.fates.slice(0, 6000).every((fate) => fate === 'right')).toBe(true);
  });
});

test('C25 the watermark is not restored: a window fires again with only what was late before', () => {
  const run = runLane({
    program: { windowIntervalMs: 10_000, slideIntervalMs: 10_000 },
    flink: CHECKPOINTED,
    lines: [
      [1000, 'k 1'],
      [11_000, 'k 4'],
      // After the second checkpoint (at 16.4 s): late, dropped, and read again after the crash.
      [18_000, 'k 8', 5000],
      [26_000, 'k 16'],
    ],
    faults: dies('tm-1', 20_000),
    untilMs: 30_000,
  });
  expect(run.state.jobManager.completed.items[1]?.completedMs).toBeLessThan(18_000);
  expect(show(run.outputs)).toEqual(['0..10: k=1', '0..10: k=8', '10..20: k=4']);
  // What can be seen of the first window counts the late record, and the first one no longer.
  expect(run.fates).toEqual(['late', 'right', 'right', 'waiting']);
});

describe('the job manager', () => {
  test('is killed: its checkpoints are gone, and the application begins anew', () => {
    const scene = { lines: steady(60_000), untilMs: 60_000, flink: CHECKPOINTED };
    const run = runLane({ ...scene, faults: dies('jobmanager') });
    expect(run.log).toContain('No checkpoint found during restore.');
    expect(newest(run)).toEqual(newest(runLane(scene)));
    expect(run.state.jobManager.completed.items.map(({ id }) => id)).toEqual([1, 2]);
  });

  test('a checkpoint that takes longer than its timeout fails the job', () => {
    const flink = { ...CHECKPOINTED, 'execution.checkpointing.timeout': 200 };
    // An upload takes 300 ms.
    const run = runLane({ lines: steady(20_000), untilMs: 20_000, flink });
    expect(run.state.jobManager.completed.length).toBe(0);
    expect(run.log.some((line) => line.includes('Checkpoint expired before completing.'))).toBe(
      true,
    );
    expect(run.log.some((line) => line.endsWith('from state RUNNING to RESTARTING.'))).toBe(true);
  });

  test('which is tolerated as often as it is told', () => {
    const flink = {
      ...CHECKPOINTED,
      'execution.checkpointing.timeout': 200,
      'execution.checkpointing.tolerable-failed-checkpoints': 10,
    };
    const run = runLane({ lines: steady(40_000), untilMs: 40_000, flink });
    expect(run.state.jobManager.status).toBe('RUNNING');
    expect(run.state.jobManager.coordinator.consecutiveFailures).toBe(4);
  });
});
