import { describe, expect, it } from 'vitest';
import type { Goal, Measure } from '../../lessons/lesson.ts';
import { changesBetween } from '../../src/lesson/changes.ts';
import { goalState } from '../../src/lesson/goal.ts';
import { measureOf, valueText } from '../../src/lesson/measure.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { withSetting } from '../../workers/scenario/settings.ts';
import { opening } from '../../workers/scenario/opening.ts';
import { play } from '../lessons/play.ts';

/** One line in the middle of each of the first ten seconds; Spark counts the last 4 s every 4 s in batches of 2 s. */
const line = '10.0.0.1 - - [05/Jan/2026:09:00:00 +0000] "GET / HTTP/1.1" 200 5';
const even: Scenario = {
  ...opening,
  durationMs: 12_000,
  inputs: [
    {
      id: 'weblog',
      type: 'records',
      records: Array.from({ length: 10 }, (_, i) => ({ arrivalMs: 500 + i * 1000, value: line })),
    },
  ],
  programs: opening.programs.map((program) => ({ ...program, windowIntervalMs: 4000 })),
  nodes: opening.nodes.filter(({ type }) => type !== 'storm' && type !== 'flink'),
};
const model = play(even);
const lane = 'spark';

describe('a measure of a run', () => {
  // Windows end at 4 s and 8 s: lines of 0.5 to 3.5 s, of 4.5 to 7.5 s; those of 8.5 and 9.5 s wait.
  it.each<[Measure, number | null]>([
    [{ kind: 'records in result', lane, result: 1 }, 4],
    [{ kind: 'records in result', lane, result: 3 }, null],
    [{ kind: 'records in window', lane, startMs: 4000 }, 4],
    [{ kind: 'records arrived', lane, fromMs: 2000, untilMs: 5000 }, 3],
    [{ kind: 'window end', lane, result: 2 }, 8000],
    [{ kind: 'visible results', lane, atMs: 3999 }, 0],
    [{ kind: 'visible results', lane, atMs: 12_000 }, 2],
    [{ kind: 'records with status', lane, status: 'right' }, 8],
    [{ kind: 'records with status', lane, status: 'right', atMs: 8000 }, 4],
    [{ kind: 'records with status', lane, status: 'lost' }, 0],
    [{ kind: 'interval', lane, interval: 'batch' }, 2000],
    [{ kind: 'interval', lane, interval: 'window' }, 4000],
    [{ kind: 'gauge', gauge: 'a1/r1:position', atMs: 12_000 }, 10],
    [{ kind: 'gauge', gauge: 'a1/r1:nothing', atMs: 12_000 }, null],
    [
      {
        kind: 'difference',
        of: { kind: 'window end', lane, result: 2 },
        minus: { kind: 'window end', lane, result: 1 },
      },
      4000,
    ],
    [{ kind: 'records in result', lane: 'storm', result: 1 }, null],
  ])('%o is %s', (measure, value) => {
    expect(measureOf(measure, model)).toBe(value);
  });

  it.each([
    ['latency', 5384.816, '5.385 s'],
    ['interval', 3000, '3 s'],
    ['records in result', 12, '12'],
    ['latency', null, 'none'],
  ] as const)('%s of %s is said as %s', (kind, value, text) => {
    expect(valueText(kind, value)).toBe(text);
  });
});

describe('a goal', () => {
  const right: Measure = { kind: 'records with status', lane, status: 'right' };
  const goal = (is: 'at most' | 'at least' | 'exactly', value: number): Goal => ({
    wish: '',
    conditions: [{ words: '', measure: right, is, value }],
    solution: [],
  });

  // Eight lines are right.
  it.each([
    ['at most', 7, false],
    ['at most', 8, true],
    ['at least', 8, true],
    ['at least', 9, false],
    ['exactly', 8, true],
    ['exactly', 7, false],
  ] as const)('%s %d: %s', (is, value, holds) => {
    expect(goalState(goal(is, value), model, 0).holds).toBe(holds);
  });

  it('does not hold while somebody refuses', () => {
    expect(goalState(goal('exactly', 8), model, 1).holds).toBe(false);
  });

  it('does not hold on what never came', () => {
    const never: Measure = { kind: 'records in result', lane, result: 9 };
    const wish: Goal = {
      wish: '',
      conditions: [{ words: '', measure: never, is: 'at most', value: 100 }],
      solution: [],
    };
    expect(goalState(wish, model, 0).holds).toBe(false);
  });
});

describe('the changes between two scenarios', () => {
  const slide = (ms: number) => (scenario: Scenario) =>
    withSetting(scenario, { kind: 'knob', name: 'slide' }, ms);
  const property = (key: string, value: string) => (scenario: Scenario) =>
    withSetting(scenario, { kind: 'property', node: 'a1', key }, value);

  it.each([
    ['nothing', [], 0],
    ['one interval, moved twice', [slide(3000), slide(2000)], 1],
    ['an interval, there and back', [slide(3000), slide(4000)], 0],
    ['a line of the agent', [property('a1.channels.c1.type', 'file')], 1],
    ['a line that was not there', [property('a1.sources.r1.batchSize', '10')], 1],
    ['two places', [slide(3000), property('a1.channels.c1.type', 'file')], 2],
  ])('are counted: %s', (_, edits, count) => {
    const after = edits.reduce((scenario, edit) => edit(scenario), opening);
    expect(changesBetween(opening, after)).toBe(count);
  });
});
