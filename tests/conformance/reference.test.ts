import { describe, expect, test } from 'vitest';
import { laidOut } from '../../scripts/reference/layout.ts';
import { recorders } from '../../scripts/reference/recorders.ts';
import { readLines } from '../../scripts/reference/shelf.ts';
import type { Recording } from '../../workers/scenario/recording.ts';

const recording: Recording = {
  engine: 'Kafka',
  version: '3.9.1',
  topic: 'keyed and null-key partitioning',
  says: 'A key always goes to the same partition.',
  clock: 'manual',
  component: 'kafka/partitioner',
  config: { partitions: 3 },
  script: [{ key: 'a' }, { key: 'b', bytes: [1, 2] }],
  answers: [0, null],
};
const line = (changes: object) => JSON.stringify({ case: 'one', ...recording, ...changes });

describe('what a recorder writes', () => {
  test('is laid out one field, one step and one answer a line', () => {
    expect(laidOut(recording)).toBe(`{
  "engine": "Kafka",
  "version": "3.9.1",
  "topic": "keyed and null-key partitioning",
  "says": "A key always goes to the same partition.",
  "clock": "manual",
  "component": "kafka/partitioner",
  "config": {"partitions": 3},
  "script": [
    {"key": "a"},
    {"key": "b", "bytes": [1, 2]}
  ],
  "answers": [
    0,
    null
  ]
}
`);
  });

  test('is opened where it is too long for a line', () => {
    const long = { rows: Array.from({ length: 40 }, (_, i) => [`key ${String(i)}`, i]) };
    const text = laidOut({ ...recording, config: {}, script: [long], answers: [[]] });
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(121);
    expect(JSON.parse(text)).toEqual({ ...recording, config: {}, script: [long], answers: [[]] });
  });

  test('is read case by case', () => {
    const text = `${line({})}\n${line({ case: 'two', answers: undefined, refusal: 'No.' })}\n`;
    expect([...readLines(text, 'Kafka').keys()]).toEqual(['one', 'two']);
  });

  test.each([
    ['nothing', '', 'it wrote no recording'],
    ['a case twice', `${line({})}\n${line({})}`, 'line 2 (one): there is a case of this name'],
    ['a case with another name', line({ case: 'One case' }), 'kebab-case'],
    ['another engine', line({ engine: 'Flume' }), 'the engine is Flume, not Kafka'],
    ['another topic', line({ topic: 'partitions' }), 'topic: '],
    ['a field too many', line({ note: '' }), 'note: this is not part of a recording'],
    ['no answer', line({ answers: undefined }), 'either answers or a refusal'],
    ['both', line({ refusal: 'No.' }), 'either answers or a refusal'],
    ['an answer too few', line({ answers: [0] }), 'one answer a step'],
    ['a long that no double holds', line({ answers: [2 ** 53, 0] }), 'written as text'],
  ])('is refused with a sentence: %s', (_, text, sentence) => {
    expect(() => readLines(text, 'Kafka')).toThrow(sentence);
  });
});

test('every engine of the table has its row', () => {
  expect(recorders.map(({ command }) => command('/tmp/out').at(-1)?.includes('/tmp/out'))).toEqual(
    recorders.map(() => true),
  );
});
