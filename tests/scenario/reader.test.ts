import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { opening } from '../../workers/scenario/opening.ts';
import { problemText } from '../../workers/scenario/problem.ts';
import { readScenario, readScenarioText } from '../../workers/scenario/reader.ts';
import { anyJson, scenarioVariant } from './scenarios.ts';

/** The opening scene with the value at a path replaced, or taken away where it is undefined. */
function changed(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(opening);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const holder = keys.reduce((at, key) => (at as Record<string, unknown>)[key], copy);
  if (value === undefined) Reflect.deleteProperty(holder as object, last);
  else (holder as Record<string, unknown>)[last] = value;
  return copy;
}

const problemsOf = (input: unknown) => {
  const answer = readScenario(input);
  return answer.ok ? [] : answer.problems.map(problemText);
};

describe('a scenario', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(scenarioVariant, (scenario) => {
        expect(readScenario(scenario)).toEqual({ ok: true, value: scenario });
        expect(readScenarioText(JSON.stringify(scenario))).toEqual({ ok: true, value: scenario });
      }),
    );
  });

  const { inputs, nodes } = opening;

  it.each<[string, string, unknown, string]>([
    ['an unknown part', 'colour', 'red', 'colour: this is not part of a scenario'],
    [
      'an unknown part of a node',
      'nodes.0.colour',
      'red',
      'nodes[0].colour: this is not part of a scenario',
    ],
    ['a missing part', 'seed', undefined, 'seed: this is missing'],
    ['another version', 'version', 2, 'version: 1 is expected, not 2'],
    ['a broken number', 'seed', 1.5, 'seed: a whole number is expected'],
    ['a negative number', 'seed', -1, 'seed: at least 0 is expected'],
    [
      'a run of more than a day',
      'durationMs',
      86_400_001,
      'durationMs: at most 86400000 is expected',
    ],
    [
      'an id with capitals',
      'programs.0.id',
      'Counts',
      'programs[0].id: an id has 1 to 32 small letters, digits and hyphens',
    ],
    ['an id given twice', 'inputs.1', inputs[0], 'inputs[1].id: the id weblog is given twice'],
    [
      'an input that is not there',
      'nodes.0.input',
      'other',
      'nodes[0].input: there is no input other',
    ],
    [
      'two directories with one name',
      'nodes.0',
      {
        id: 'web',
        type: 'hdfs',
        directories: [
          { name: 'logs', path: '/a' },
          { name: 'logs', path: '/b' },
        ],
      },
      'nodes[0].directories: each directory has a name of its own',
    ],
    [
      'a machine that is not there',
      'nodes.1.machine',
      'other',
      'nodes[1].machine: there is no node other',
    ],
    [
      'a program that is not there',
      'nodes.3.program',
      'other',
      'nodes[3].program: there is no program other',
    ],
    [
      'a topic that is not there',
      'nodes.3.source.topic',
      'other',
      'nodes[3].source: there is no topic other on a node kafka',
    ],
    [
      'a function that is not there',
      'programs.0.functions.0',
      'eval',
      'programs[0].functions[0]: ',
    ],
    [
      'functions that do not fit together',
      'programs.0.functions',
      ['status-class-as-key'],
      'programs[0].functions[0]: status-class-as-key takes a request, but the topic before it gives a line',
    ],
    [
      'a window without a slide',
      'programs.0.slideIntervalMs',
      null,
      'programs[0]: a window has both a window interval and a slide interval',
    ],
    [
      'a fault of a node that is not there',
      'faults.0',
      { type: 'crash', target: 'a9/agent', atMs: 1, restartAfterMs: null },
      'faults[0].target: there is no node a9',
    ],
    [
      'a fault that ends before it begins',
      'faults.0',
      { type: 'cut', from: 'a1', to: 'kafka', atMs: 5, untilMs: 5 },
      'faults[0].untilMs: a fault ends after it begins',
    ],
    [
      'a link to nowhere',
      'links.0',
      { from: 'a1', to: 'b', latencyMs: 1, bytesPerSecond: 1 },
      'links[0].to: there is no node b',
    ],
    [
      'a cost that nobody knows',
      'costs.magicUs',
      1,
      'costs.magicUs: this is not part of a scenario',
    ],
    [
      'more records than can be run',
      'durationMs',
      86_400_000,
      'inputs: these would make about 4320000 records; 1000000 are the most',
    ],
    [
      'more results than can be run',
      'programs.0.slideIntervalMs',
      1,
      'programs[0].slideIntervalMs: this makes about 120000 results; 100000 are the most',
    ],
    [
      'more windows a record than can be run',
      'programs.0.windowIntervalMs',
      86_400_000,
      'programs[0].slideIntervalMs: this makes about 21600 windows a record; 5000 are the most',
    ],
    [
      'too many nodes',
      'nodes',
      new Array(201).fill(nodes[0]),
      'nodes: at most 200 entries are expected',
    ],
  ])('with %s is refused', (_, path, value, expected) => {
    expect(problemsOf(changed(path, value)).join('\n')).toContain(expected);
  });
});

describe('a hostile scenario', () => {
  it('cannot reach a prototype', () => {
    const text = JSON.stringify(opening).replace('{', '{"__proto__":{"polluted":true},');
    const answer = readScenarioText(text);
    expect(answer.ok).toBe(false);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const inside = JSON.stringify(opening).replace('"costs":{', '"costs":{"__proto__":{"x":1},');
    expect(readScenarioText(inside).ok).toBe(false);
  });

  it.each([
    ['a number beyond all numbers', '"seed":7', '"seed":1e999'],
    ['a number beyond whole numbers', '"seed":7', '"seed":9007199254740993'],
    ['a number as text', '"seed":7', '"seed":"7"'],
    ['a list as object', '"faults":[]', '"faults":{"length":1}'],
  ])('with %s is refused', (_, from, to) => {
    const text = JSON.stringify(opening);
    expect(text).toContain(from);
    expect(readScenarioText(text.replace(from, to)).ok).toBe(false);
  });

  it('of a hundred thousand brackets is refused', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    expect(readScenarioText(deep).ok).toBe(false);
    expect(
      readScenarioText(JSON.stringify(opening).replace('"faults":[]', `"faults":${deep}`)).ok,
    ).toBe(false);
  });

  it('of fifty megabytes is refused with a sentence', () => {
    const answer = readScenarioText('x'.repeat(50 * 1024 * 1024));
    expect(answer).toEqual({
      ok: false,
      problems: [
        { path: '', message: 'a scenario has at most 4 MB of text, and this has 50.0 MB' },
      ],
    });
  });

  it('names no more problems than anybody reads', () => {
    const many = { ...opening, nodes: new Array(100_000).fill(0) };
    expect(problemsOf(many)).toHaveLength(20);
  });

  it('of any kind is answered', () => {
    fc.assert(
      fc.property(anyJson, (input) => {
        expect(readScenario(input).ok).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(readScenarioText(text).ok).toBe(false);
      }),
    );
  });
});
