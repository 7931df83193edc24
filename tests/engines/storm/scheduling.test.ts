import { describe, expect, test } from 'vitest';
import {
  schedule,
  type SlotAssignment,
} from '../../../workers/engines/storm/scheduling/defaultScheduler.ts';
import {
  slotName,
  sortSlots,
  type WorkerSlot,
} from '../../../workers/engines/storm/scheduling/slots.ts';
import {
  assignExecutors,
  assignTaskIds,
  partitionFixed,
  type Executor,
  type TopologySettings,
} from '../../../workers/engines/storm/topology/systemTopology.ts';

const settings: TopologySettings = {
  'topology.workers': 3,
  'topology.acker.executors': null,
  'topology.max.task.parallelism': null,
};
const component = (id: string, parallelismHint: number) => ({
  id,
  parallelismHint,
  'topology.tasks': null,
});
const wordCount = [component('spout', 5), component('split', 8), component('count', 12)];
const executors = assignExecutors(wordCount, settings);

function supervisor(name: string, ports: number): WorkerSlot[] {
  return Array.from({ length: ports }, (_, i) => ({ supervisor: name, port: 6700 + i }));
}

function show(assignment: readonly SlotAssignment[]) {
  return new Map(
    assignment.map(({ slot, executors: held }) => [
      slotName(slot),
      held.map((one) => one.startTask),
    ]),
  );
}

function sizes(assignment: readonly SlotAssignment[]): number[] {
  return assignment.map((worker) => worker.executors.length).sort((a, b) => a - b);
}

const everyThird = (from: number) =>
  Array.from({ length: Math.ceil((29 - from) / 3) }, (_, i) => from + 3 * i);

describe('C3 word count', () => {
  test('task ids', () => {
    expect(
      assignTaskIds(wordCount, settings).map(({ component: id, tasks }) => [
        id,
        tasks[0],
        tasks.at(-1),
      ]),
    ).toEqual([
      ['__acker', 1, 3],
      ['count', 4, 15],
      ['split', 16, 23],
      ['spout', 24, 28],
    ]);
  });

  test('a capital letter comes before the ackers, and no ackers shift the ids down', () => {
    expect(assignTaskIds([component('Spout', 1)], settings).map((one) => one.component)).toEqual([
      'Spout',
      '__acker',
    ]);
    const none = { ...settings, 'topology.acker.executors': 0 };
    expect(assignTaskIds([component('spout', 2)], none)).toEqual([
      { component: 'spout', tasks: [1, 2] },
    ]);
  });

  test('three supervisors of four ports', () => {
    const slots = [...supervisor('sup1', 4), ...supervisor('sup2', 4), ...supervisor('sup3', 4)];
    expect(show(schedule(executors, [], { slots, taken: [] }, 3))).toEqual(
      new Map([
        ['sup1:6700', everyThird(1)],
        ['sup2:6700', everyThird(2)],
        ['sup3:6700', everyThird(3)],
      ]),
    );
  });

  test('two supervisors: the third set goes to sup1:6701', () => {
    const slots = [...supervisor('sup1', 4), ...supervisor('sup2', 4)];
    expect([...show(schedule(executors, [], { slots, taken: [] }, 3)).keys()]).toEqual([
      'sup1:6700',
      'sup2:6700',
      'sup1:6701',
    ]);
  });
});

describe('C4 losses and additions', () => {
  const slots = [...supervisor('sup1', 4), ...supervisor('sup2', 4), ...supervisor('sup3', 4)];
  const before = schedule(executors, [], { slots, taken: [] }, 3);

  test.each([
    ['sup2 is gone', slots.filter((slot) => slot.supervisor !== 'sup2')],
    [
      'its worker is dead and the port hidden',
      slots.filter((slot) => slotName(slot) !== 'sup2:6700'),
    ],
  ])('%s: its executors move to sup1:6701', (_, left) => {
    const alive = before.filter(({ slot }) => slot.supervisor !== 'sup2');
    expect(show(schedule(executors, alive, { slots: left, taken: [] }, 3))).toEqual(
      new Map([
        ['sup1:6700', everyThird(1)],
        ['sup3:6700', everyThird(3)],
        ['sup1:6701', everyThird(2)],
      ]),
    );
  });

  test('a squeezed topology is dealt out anew when slots come', () => {
    const squeezed = schedule(executors, [], { slots: supervisor('sup1', 1), taken: [] }, 3);
    expect(sizes(squeezed)).toEqual([28]);
    const more = [...supervisor('sup1', 1), ...supervisor('sup2', 2)];
    expect(show(schedule(executors, squeezed, { slots: more, taken: [] }, 3))).toEqual(
      new Map([
        ['sup2:6700', everyThird(1)],
        ['sup1:6700', everyThird(2)],
        ['sup2:6701', everyThird(3)],
      ]),
    );
  });

  test('an idle supervisor attracts nothing', () => {
    const wider = [...slots, ...supervisor('sup4', 4)];
    expect(schedule(executors, before, { slots: wider, taken: [] }, 3)).toEqual(before);
  });
});

test('C5 SchedulerModelTest.testSortSlots', () => {
  const free = [
    ...supervisor('s1', 2),
    ...supervisor('s2', 3),
    ...[6700, 6703, 6702, 6701].map((port) => ({ supervisor: 's3', port })),
  ];
  expect(sortSlots(free).map(slotName)).toEqual(
    's3:6700 s2:6700 s1:6700 s3:6701 s2:6701 s1:6701 s3:6702 s2:6702 s3:6703'.split(' '),
  );
});

describe('C6 NimbusClojurePortTest', () => {
  test.each([
    [5, 3, [2, 2, 1]],
    [2, 8, [1, 1]],
    [3, 3, [1, 1, 1]],
  ])('testExecutorAssignments: %d tasks, %d executors', (tasks, hint, expected) => {
    const ids = Array.from({ length: tasks }, (_, i) => i + 1);
    expect(partitionFixed(ids, hint).map((chunk) => chunk.length)).toEqual(expected);
  });

  test('testReassignSqueezedTopology: 9 executors, 4 workers wanted', () => {
    const nine: Executor[] = Array.from({ length: 9 }, (_, i) => ({
      component: 'c',
      startTask: i + 1,
      endTask: i + 1,
    }));
    const [a, b, c] = [supervisor('a', 1), supervisor('b', 2), supervisor('c', 8)];
    const first = schedule(nine, [], { slots: a, taken: [] }, 4);
    expect(sizes(first)).toEqual([9]);
    const second = schedule(nine, first, { slots: [...a, ...b], taken: [] }, 4);
    expect(sizes(second)).toEqual([3, 3, 3]);
    const third = schedule(nine, second, { slots: [...a, ...b, ...c], taken: [] }, 4);
    expect(sizes(third)).toEqual([2, 2, 2, 3]);
    expect(second).toContainEqual(third.find((worker) => worker.executors.length === 3));
  });

  test('testAssignment: 4 supervisors of 3 ports, 4 are taken, 20 wanted, 8 given', () => {
    const slots = ['a', 'b', 'c', 'd'].flatMap((name) => supervisor(name, 3));
    const taken = sortSlots(slots).slice(0, 4);
    const twenty = assignExecutors([component('bolt', 17)], { ...settings, 'topology.workers': 3 });
    expect(twenty.length).toBe(20);
    expect(schedule(twenty, [], { slots, taken }, 20).length).toBe(8);
  });
});
