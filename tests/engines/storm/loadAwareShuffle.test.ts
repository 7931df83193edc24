import { describe, expect, test } from 'vitest';
import {
  createLoadAwareShuffle,
  nextTask,
  refreshLoad,
  type LoadAwareShuffle,
} from '../../../workers/engines/storm/groupings/loadAwareShuffle.ts';
import { createRandom } from '../../../workers/kernel/random.ts';

const random = createRandom(1, 'ring');
const bounds = { higher: 0.8, lower: 0.2 };
const local = (task: number) => ({ task, scope: 'WORKER_LOCAL' as const });
const remote = (task: number) => ({ task, scope: 'EVERYTHING' as const });

/** How many of `tuples` each task gets. */
function deal(grouping: LoadAwareShuffle, tuples: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (let i = 0; i < tuples; i++) {
    const task = nextTask(grouping);
    counts.set(task, (counts.get(task) ?? 0) + 1);
  }
  return counts;
}

describe('C19 load-aware shuffle', () => {
  test('testUnevenLoadOverTime: a loaded task loses ten a second and regains one', () => {
    const grouping = createLoadAwareShuffle([local(1), local(2)], bounds, random);
    let [one, two] = [100, 100];
    const check = () => {
      const counts = deal(grouping, 1000);
      expect(Math.abs((counts.get(1) ?? 0) / 1000 - one / (one + two))).toBeLessThan(0.01);
    };
    for (let k = 1; k <= 10; k++) {
      refreshLoad(
        grouping,
        new Map([
          [1, 1],
          [2, 0],
        ]),
        random,
      );
      one -= 10;
      check();
    }
    expect(deal(grouping, 1000)).toEqual(new Map([[2, 1000]]));
    for (; one < 100; check()) {
      refreshLoad(
        grouping,
        new Map([
          [1, 0],
          [2, 1],
        ]),
        random,
      );
      one += 1;
      two = Math.max(0, two - 10);
    }
  });

  test('trap 1: while its own worker keeps up, a spout reaches no bolt of the other', () => {
    const grouping = createLoadAwareShuffle(
      [local(1), remote(2), local(3), remote(4)],
      bounds,
      random,
    );
    for (let k = 0; k < 5; k++)
      refreshLoad(
        grouping,
        new Map([
          [1, 0.1],
          [2, 0],
          [3, 0.1],
          [4, 0],
        ]),
        random,
      );
    expect(deal(grouping, 2000)).toEqual(
      new Map([
        [1, 1000],
        [3, 1000],
      ]),
    );
  });

  test('an overloaded worker looks outward, one scope a second, and comes back when idle', () => {
    const grouping = createLoadAwareShuffle([local(1), remote(2)], bounds, random);
    const scopes = [0.9, 0.9, 0.9, 0.9, 0.1, 0.1, 0.1].map((load) => {
      refreshLoad(
        grouping,
        new Map([
          [1, load],
          [2, 0.9],
        ]),
        random,
      );
      return grouping.scope;
    });
    expect(scopes).toEqual([
      'HOST_LOCAL',
      'RACK_LOCAL',
      'EVERYTHING',
      'EVERYTHING',
      'RACK_LOCAL',
      'HOST_LOCAL',
      'WORKER_LOCAL',
    ]);
  });

  test('trap 2: tasks that nobody reports look full and starve', () => {
    // One executor of four tasks: its load is reported under the first task id alone.
    const grouping = createLoadAwareShuffle([1, 2, 3, 4].map(local), bounds, random);
    for (let k = 0; k < 10; k++) refreshLoad(grouping, new Map([[1, 0]]), random);
    expect(deal(grouping, 2000)).toEqual(new Map([[1, 2000]]));
  });

  test('a single target has a ring of one cell', () => {
    expect(createLoadAwareShuffle([remote(9)], bounds, random).ring).toEqual([9]);
  });
});
