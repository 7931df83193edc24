import { expect, test } from 'vitest';
import { slowScene, withoutWindows } from '../../lessons/scenes.ts';
import { buildInputs } from '../../workers/input/build.ts';
import { summaryOf } from '../../workers/results/summary.ts';
import { createSimulation } from '../../workers/simulation.ts';

test.each(['spark', 'storm', 'flink'] as const)(
  'without windows %s counts every line that comes out exactly once, and the ledger says so',
  (engine) => {
    const scenario = withoutWindows(slowScene('Without windows', 20_000, 5, [engine]));
    const { records } = buildInputs(scenario, new Map());
    const simulation = createSimulation(scenario, records);
    simulation.advance();
    const [lane] = summaryOf(simulation).lanes;
    // Each row has one line and the number 1, in Spark each batch has as many as lines: nothing breaks here.
    const counted = lane!.outputs.flatMap(({ rows }) => rows).length;
    const sum = lane!.outputs.flatMap(({ rows }) => rows).reduce((all, [, n]) => all + n, 0);
    const lines = engine === 'spark' ? sum : counted;
    expect(lines).toBeGreaterThan(50);
    expect(lane!.ledger.right).toBe(lines);
    expect(lane!.ledger.moreThanOnce).toBe(0);
    expect(lane!.ledger.lost).toBe(0);
  },
);
