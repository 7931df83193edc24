import { expect, it } from 'vitest';
import { aggregate, aggregateNames } from '../../workers/functions/aggregates.ts';
import {
  flinkChain,
  javaHelpers,
  pythonChain,
  pythonHelpers,
  stormExecute,
} from '../../workers/functions/programText.ts';
import type { FunctionName } from '../../workers/functions/table.ts';

const hashtagCounts: FunctionName[] = ['split-words', 'is-hashtag', 'lower-case', 'pair-with-one'];

it("writes the course's hashtag count in PySpark", () => {
  expect(pythonChain(hashtagCounts)).toEqual([
    '.flatMap(lambda line: line.split(" "))',
    '.filter(lambda word: word.startswith("#"))',
    '.map(lambda word: word.lower())',
    '.map(lambda word: (word, 1))',
  ]);
  expect(pythonHelpers(hashtagCounts)).toEqual([]);
});

it('tells Flink the types that Java erases', () => {
  expect(flinkChain(hashtagCounts)).toEqual([
    '.flatMap((String line, Collector<String> out) -> List.of(line.split(" ", -1)).forEach(out::collect)).returns(String.class)',
    '.filter(word -> word.startsWith("#"))',
    '.map(word -> word.toLowerCase(Locale.ROOT))',
    '.map(word -> new Pair(word, 1))',
  ]);
});

it('emits anchored tuples and acks in a Storm bolt', () => {
  expect(stormExecute(hashtagCounts)).toEqual([
    'String line = tuple.getStringByField("value");',
    'for (String word : List.of(line.split(" ", -1))) {',
    '  if (word.startsWith("#")) {',
    '    word = word.toLowerCase(Locale.ROOT);',
    '    Pair pair = new Pair(word, 1);',
    '    collector.emit(tuple, new Values(pair.key(), pair.value()));',
    '  }',
    '}',
    'collector.ack(tuple);',
  ]);
});

it('brings the helpers that a chain names, each once', () => {
  const errors: FunctionName[] = ['parse-access-log', 'is-error', 'path-as-key', 'pair-with-one'];
  expect(pythonHelpers(errors)).toHaveLength(1);
  expect(pythonHelpers(errors)[0]).toMatch(/^LINE = re\.compile\(/);
  expect(javaHelpers(errors).map((text) => text.split('(')[0])).toEqual([
    'record Pair',
    'record Request',
  ]);
});

it('takes away with the inverse what was added', () => {
  const { add, subtract } = aggregate('sum');
  expect(subtract?.(add(7, 3), 3)).toBe(7);
  expect(aggregateNames.map((name) => aggregate(name).subtract !== null)).toEqual([
    true,
    false,
    false,
  ]);
});
