import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../workers/kernel/random.ts';
import {
  chooseTasks,
  createGrouper,
  fieldsIndex,
  localOrAll,
} from '../../../workers/engines/storm/groupings/grouper.ts';
import {
  deepHash,
  hashOf,
  type JavaValue,
} from '../../../workers/engines/storm/groupings/javaValue.ts';

const integer = (value: number): JavaValue => ({ type: 'Integer', value });
const long = (value: number): JavaValue => ({ type: 'Long', value });
const bytes = (text: string): JavaValue => ({
  type: 'byte[]',
  bytes: [text.charCodeAt(0)],
});
const random = createRandom(1, 'groupings');

describe('C1 fields grouping', () => {
  test.each<[string, JavaValue, number[]]>([
    ['the', 'the', [0, 1, 0, 4, 4]],
    ['cow', 'cow', [0, 0, 2, 0, 6]],
    ['over', 'over', [1, 1, 3, 1, 7]],
    ['a', 'a', [0, 2, 0, 2, 8]],
    ['apple', 'apple', [1, 0, 1, 3, 9]],
    ['storm', 'storm', [0, 2, 0, 2, 8]],
    ['the empty text', '', [1, 1, 3, 1, 7]],
    ['null', null, [1, 1, 3, 1, 7]],
    ['int 1', integer(1), [0, 2, 0, 2, 8]],
    ['int −1', integer(-1), [0, 0, 2, 0, 6]],
    ['int 42', integer(42), [1, 1, 1, 1, 1]],
    ['long 1', long(1), [0, 2, 0, 2, 8]],
    ['long −1', long(-1), [1, 1, 3, 1, 7]],
    ['true', true, [0, 2, 2, 2, 2]],
    ['1.5', { type: 'Double', value: 1.5 }, [1, 0, 3, 3, 3]],
  ])('%s among 2, 3, 4, 6 and 12 tasks', (_, key, indexes) => {
    expect([2, 3, 4, 6, 12].map((n) => fieldsIndex([key], n))).toEqual(indexes);
  });

  test('hashes', () => {
    expect([hashOf('the'), hashOf('a'), hashOf('storm'), hashOf(long(-1))]).toEqual([
      114801, 97, 109770985, 0,
    ]);
    expect(deepHash(['the', integer(1)])).toBe(3559793);
  });

  test('two fields and byte arrays', () => {
    expect([3, 4].map((n) => fieldsIndex(['the', integer(1)], n))).toEqual([2, 1]);
    expect(['a', 'b'].map((text) => fieldsIndex([bytes(text)], 6))).toEqual([3, 4]);
  });

  test('GroupingIntegrationTest.testFieldGrouping: a key has always one task', () => {
    const grouper = createGrouper('fields', [4, 5, 6], random);
    fc.assert(
      fc.property(fc.string(), (key) => {
        const [task] = chooseTasks(grouper, [key], random);
        expect([4, 5, 6]).toContain(task);
        expect(chooseTasks(grouper, [key], random)).toEqual([task]);
      }),
    );
  });
});

describe('C2 partial key', () => {
  const indexes = (n: number) => Array.from({ length: n }, (_, i) => i);
  test.each([
    [4, 'key1', [1, 0, 1, 0]],
    [4, 'the', [0, 1, 0, 1]],
    [4, 'storm', [2, 3, 2, 3]],
    [4, 'a', [2, 1, 2, 1]],
    [6, 'key1', [2, 5]],
    [6, 'the', [0, 1]],
    [6, 'storm', [3, 5]],
    [6, 'a', [1, 4]],
  ])('of %d tasks %s uses %j in turn', (n, key, tasks) => {
    const grouper = createGrouper('partialKey', indexes(n), random);
    expect(tasks.map(() => chooseTasks(grouper, [key], random)[0])).toEqual(tasks);
  });

  test('one grouper counts over all keys', () => {
    const grouper = createGrouper('partialKey', indexes(4), random);
    const words = 'the a the storm the a the'.split(' ');
    expect(words.map((word) => chooseTasks(grouper, [word], random)[0])).toEqual([
      0, 2, 1, 3, 0, 2, 1,
    ]);
  });

  test.each([
    ['the', [1, 2]],
    ['storm', [0, 2]],
    ['a', [1, 0]],
  ])('with Fields %s belongs to %j', (key, tasks) => {
    const grouper = createGrouper('partialKey with Fields', indexes(4), random);
    const used = [1, 2, 3, 4].map(() => chooseTasks(grouper, [key], random)[0] as number);
    expect([...new Set(used)].sort()).toEqual([...tasks].sort());
  });
});

describe('the other groupings', () => {
  test('C19 ShuffleGroupingTest: 6 tasks, 30000 tuples, 5000 each', () => {
    const grouper = createGrouper('shuffle', [0, 1, 2, 3, 4, 5], random);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let i = 0; i < 30000; i++) counts[chooseTasks(grouper, [], random)[0] as number]! += 1;
    expect(counts).toEqual([5000, 5000, 5000, 5000, 5000, 5000]);
  });

  test('shuffle sends the first tuple to the second of its list', () => {
    const grouper = createGrouper('shuffle', [7, 8, 9], random);
    const [a, b, c] = grouper.targets;
    expect([1, 2, 3, 4].map(() => chooseTasks(grouper, [], random)[0])).toEqual([b, c, a, b]);
    expect([...grouper.targets].sort()).toEqual([7, 8, 9]);
  });

  test('C18 testMultiTasksPerCluster: all grouping copies to every task', () => {
    expect(chooseTasks(createGrouper('all', [0, 1, 2, 3, 4, 5], random), [], random)).toEqual([
      0, 1, 2, 3, 4, 5,
    ]);
  });

  test('global goes to the lowest task, none to a random one', () => {
    expect(chooseTasks(createGrouper('global', [9, 4, 6], random), [], random)).toEqual([4]);
    expect(chooseTasks(createGrouper('none', [4, 6, 9], random), [], random)[0]).toBeOneOf([
      4, 6, 9,
    ]);
  });

  test('localOrShuffle keeps to its own worker where it can', () => {
    expect(localOrAll([4, 5, 6], [1, 5])).toEqual([5]);
    expect(localOrAll([4, 5, 6], [1])).toEqual([4, 5, 6]);
  });
});
