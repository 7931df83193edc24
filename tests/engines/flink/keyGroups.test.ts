import { describe, expect, test } from 'vitest';
import {
  defaultMaxParallelism,
  keyGroupOf,
  keyGroupOfHash,
  keyGroupRange,
  subtaskOfKeyGroup,
} from '../../../workers/engines/flink/keyGroups.ts';

describe('C24 key groups, maxParallelism 128', () => {
  test.each([
    ['a', 81, [1, 1, 2, 5]],
    ['b', 22, [0, 0, 0, 1]],
    ['c', 62, [0, 1, 1, 3]],
    ['key1', 41, [0, 0, 1, 2]],
    ['key2', 27, [0, 0, 0, 1]],
    ['user-1', 121, [1, 2, 3, 7]],
    ['hello', 35, [0, 0, 1, 2]],
    ['', 94, [1, 2, 2, 5]],
    ['Zürich', 89, [1, 2, 2, 5]],
  ])('key "%s" is in group %i', (key, group, subtasks) => {
    expect(keyGroupOf(key, 128)).toBe(group);
    expect([2, 3, 4, 8].map((p) => subtaskOfKeyGroup(group, p, 128))).toEqual(subtasks);
  });

  test.each([
    [0, 94],
    [1, 86],
    [2, 127],
    [42, 29],
    [-1, 80],
    [2147483647, 62],
    [-2147483648, 108],
    [-807048821, 64],
  ])('hash code %i is in group %i', (code, group) => {
    expect(keyGroupOfHash(code, 128)).toBe(group);
  });

  test('ranges', () => {
    const ranges = (max: number) => [0, 1, 2].map((subtask) => keyGroupRange(subtask, 3, max));
    expect(ranges(128)).toEqual([
      { first: 0, last: 42 },
      { first: 43, last: 85 },
      { first: 86, last: 127 },
    ]);
    expect(ranges(10)).toEqual([
      { first: 0, last: 3 },
      { first: 4, last: 6 },
      { first: 7, last: 9 },
    ]);
  });

  test('ranges and owners agree', () => {
    for (const [parallelism, max] of [
      [3, 128],
      [7, 10],
      [5, 256],
    ] as const)
      for (let subtask = 0; subtask < parallelism; subtask++) {
        const { first, last } = keyGroupRange(subtask, parallelism, max);
        for (let group = first; group <= last; group++)
          expect(subtaskOfKeyGroup(group, parallelism, max)).toBe(subtask);
      }
  });

  test.each([
    [1, 128],
    [85, 128],
    [86, 256],
    [170, 256],
    [171, 256],
    [172, 512],
    [1000, 2048],
    [30000, 32768],
  ])('default for parallelism %i is %i', (parallelism, max) => {
    expect(defaultMaxParallelism(parallelism)).toBe(max);
  });
});
