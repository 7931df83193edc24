import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flinkEngine } from '../../../workers/engines/flink/engine.ts';
import type { FlinkState } from '../../../workers/engines/flink/job.ts';
import { clonePlain } from '../../../workers/kernel/clone.ts';
import { runLane, show, type LaneScene } from './laneRun.ts';

/** Three keys over three partitions for 15 s, and one late straggler of each partition that closes the windows. */
const lines: [number, string][] = [
  ...Array.from({ length: 75 }, (_, i): [number, string] => [200 * i, `${'abc'[i % 3]} 1`]),
  [100_000, 'a 1'],
  [100_000, 'a 1'],
  [100_000, 'a 1'],
];

const crash = fc.record({
  process: fc.constantFrom('tm-1', 'tm-2', 'jobmanager'),
  atMs: fc.integer({ min: 0, max: 40_000 }),
  restartAfterMs: fc.integer({ min: 0, max: 5000 }),
});

const newest = (scene: LaneScene) =>
  new Map(show(runLane(scene).outputs).map((line) => line.split(': ') as [string, string]));

test('whatever dies and comes back, each window ends with the right numbers', () => {
  const base = { lines, partitions: 3, untilMs: 130_000 };
  const healthy = newest(base);
  // Lines 20 to 59, of which every third (20, 23 … 59) is a c.
  expect(healthy.get('4..12')).toBe('a=13 b=13 c=14');
  const scenes = fc.record({
    faults: fc.array(crash, { maxLength: 3 }),
    parallelism: fc.constantFrom(2, 3),
    intervalMs: fc.integer({ min: 200, max: 20_000 }),
    minPauseMs: fc.constantFrom(0, 1000),
    deliveryGuarantee: fc.constantFrom('NONE', 'EXACTLY_ONCE'),
    unaligned: fc.boolean(),
    linkLatencyUs: fc.constantFrom(2000, 150_000),
    bufferTimeoutMs: fc.constantFrom(0, 100, 1000),
  });
  fc.assert(
    fc.property(scenes, (scene) => {
      const { faults, parallelism, intervalMs, minPauseMs, linkLatencyUs } = scene;
      const flink = {
        deliveryGuarantee: scene.deliveryGuarantee,
        'execution.checkpointing.unaligned.enabled': scene.unaligned,
        'execution.buffer-timeout.interval': scene.bufferTimeoutMs,
        'parallelism.default': parallelism,
        'execution.checkpointing.interval': intervalMs,
        'execution.checkpointing.min-pause': minPauseMs,
      };
      const run = runLane({ ...base, flink, faults, costs: { linkLatencyUs } });
      const answers = new Map(
        show(run.outputs).map((line) => line.split(': ') as [string, string]),
      );
      expect(answers).toEqual(healthy);
      expect(run.fates.slice(0, 75).every((fate) => fate === 'right')).toBe(true);
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('a state is plain data, and every part of it can be looked at', () => {
  const flink = { 'parallelism.default': 2, 'execution.checkpointing.interval': 3000 };
  const { kernel } = runLane({ lines, partitions: 3, untilMs: 14_000, flink });
  const state = kernel.state('flink') as FlinkState;
  expect(clonePlain(state)).toEqual(state);
  const env = kernel.environment('flink');
  const view = (part: string) => flinkEngine.view(state, part, env);
  expect(view('flink/source-1').tables[0]?.rows.length).toBeGreaterThan(0);
  expect(view('flink/window-2').facts).toContainEqual(['key groups', '64 to 127 of 128']);
  expect(view('flink/checkpoints').tables[0]?.rows.length).toBe(state.jobManager.completed.length);
  expect(view('flink/results').settings[0]?.value).toBe('NONE');
});
