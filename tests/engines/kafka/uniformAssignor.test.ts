import { describe, expect, it } from 'vitest';
import { assignUniform } from '../../../workers/engines/kafka/groups/uniformAssignor.ts';

const numbers = (assignment: ReadonlyMap<string, readonly { partition: number }[]>) =>
  Object.fromEntries(
    [...assignment].map(([member, list]) => [member, list.map(({ partition }) => partition)]),
  );
const owns = (...partitions: readonly number[]) =>
  partitions.map((partition) => ({ topic: 't', partition }));

describe('C17 the uniform assignor', () => {
  it('fills one member before the next', () => {
    const group = new Map(['A', 'B', 'C'].map((id) => [id, []]));
    expect(numbers(assignUniform(new Map([['t', 6]]), group))).toEqual({
      A: [0, 1],
      B: [2, 3],
      C: [4, 5],
    });
  });

  it('leaves everybody its share', () => {
    const group = new Map([
      ['A', owns(0, 1, 2)],
      ['B', owns(3, 4, 5)],
      ['C', []],
    ]);
    expect(numbers(assignUniform(new Map([['t', 6]]), group))).toEqual({
      A: [0, 1],
      B: [3, 4],
      C: [2, 5],
    });
  });
});
