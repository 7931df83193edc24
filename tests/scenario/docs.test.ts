import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { playBench } from '../../workers/benches.ts';
import { unknownTargets } from '../../workers/faultTargets.ts';
import { functionTable } from '../../workers/functions/table.ts';
import { buildInputs } from '../../workers/input/build.ts';
import { summaryOf } from '../../workers/results/summary.ts';
import { readPipelineOrBench, readScenarioText } from '../../workers/scenario/reader.ts';
import { createSimulation } from '../../workers/simulation.ts';

const docs = readFileSync('docs/scenario.md', 'utf8');

const examples = [...docs.matchAll(/^### (\w+)\n.*?```json\n(.*?)^```/gms)].map(
  ([, system = '', json = '']) => ({ system, json }),
);

function run(json: string) {
  const answer = readScenarioText(json);
  if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
  expect(unknownTargets(answer.value)).toEqual([]);
  const { records } = buildInputs(answer.value, new Map());
  const simulation = createSimulation(answer.value, records);
  simulation.advance();
  return summaryOf(simulation);
}

describe('the page about scenarios', () => {
  it('has an example for each system', () => {
    expect(examples.map(({ system }) => system)).toEqual([
      'Flume',
      'HDFS',
      'Kafka',
      'Spark',
      'Storm',
      'Flink',
    ]);
  });

  it.each(functionTable)('names the function $name', ({ name, takes, gives, meaning }) => {
    const row = docs.split('\n').find((line) => line.startsWith(`| \`${name}\``));
    expect(row?.split('|').map((cell) => cell.trim())).toEqual([
      '',
      `\`${name}\``,
      takes,
      gives,
      meaning,
      '',
    ]);
  });
});

it('the bench of the page is read and answers', () => {
  const [, json = ''] = /^## Benches\n.*?```json\n(.*?)^```/ms.exec(docs) ?? [];
  const read = readPipelineOrBench(json);
  if (!read.ok || !('kind' in read.value)) throw new Error('this is no bench');
  // Nothing can be said before both channels spoke; then the lesser counts.
  expect(playBench(read.value)).toMatchObject({ answers: [[], [8]] });
});

describe('an example of the page', () => {
  it.each(examples)('runs: $system', ({ json }) => {
    const { lanes, shared } = run(json);
    expect(shared.records).toBeGreaterThan(0);
    for (const lane of lanes) {
      expect(lane).not.toHaveProperty('refusal');
      expect(lane.outputs.length).toBeGreaterThan(0);
    }
  });

  const example = (name: string) => examples.find(({ system }) => system === name)?.json ?? '';

  it('Flume: the memory channel loses what it holds, and a file channel does not', () => {
    const lost = (json: string) =>
      run(json).shared.lost.reduce((sum, { records }) => sum + records, 0);
    const memory = example('Flume');
    expect(lost(memory)).toBeGreaterThan(0);
    expect(lost(memory.replace('c1.type = memory', 'c1.type = file'))).toBe(0);
  });

  it('Flink: the late record is in no result', () => {
    const [lane] = run(example('Flink')).lanes;
    // [0, 10): apples 3, pears 1, fired by the record of 14 s (watermark 11 s). [10, 20): apples 2.
    // 7 s, at 22 s, is behind the watermark. The record of 30 s fires the second window.
    expect(lane?.ledger).toMatchObject({ records: 5, late: 1 });
    expect(lane?.outputs.map(({ rows }) => Object.fromEntries(rows))).toEqual([
      { apples: 3, pears: 1 },
      { apples: 2 },
    ]);
  });
});
