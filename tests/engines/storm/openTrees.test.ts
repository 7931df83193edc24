import { expect, test } from 'vitest';
import { openTrees } from '../../../workers/engines/storm/acking/acker.ts';
import type { StormState } from '../../../workers/engines/storm/state.ts';
import { buildInputs } from '../../../workers/input/build.ts';
import { opening } from '../../../workers/scenario/opening.ts';
import { createSimulation } from '../../../workers/simulation.ts';
import { entryKinds } from '../../../workers/trace/format.ts';

test('what the trace says of open trees is what the acker holds, as they open and as they close', () => {
  const scenario = { ...opening, durationMs: 30_000 };
  const simulation = createSimulation(scenario, buildInputs(scenario, new Map()).records);
  const gauge = simulation.header.gauges.findIndex(({ id }) => id === 'storm/acker:open');
  let drawn = 0;
  let falls = 0;
  for (let untilUs = 100_000; untilUs <= 30_000_000; untilUs += 100_000) {
    simulation.advance(untilUs);
    for (const { length, kinds, subjects, values } of simulation.take().blocks) {
      for (let i = 0; i < length; i += 1) {
        if (kinds[i] !== entryKinds.gauge || subjects[i] !== gauge) continue;
        if (values[i]! < drawn) falls += 1;
        drawn = values[i]!;
      }
    }
    const { tasks } = simulation.kernel.state('storm') as StormState;
    const acker = tasks.find((task) => task?.kind === 'acker');
    expect(drawn).toBe(acker?.kind === 'acker' ? openTrees(acker.acker) : 0);
  }
  expect(falls).toBeGreaterThan(0);
});
