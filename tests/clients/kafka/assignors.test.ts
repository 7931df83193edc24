import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignRange } from '../../../workers/clients/kafka/assignors/range.ts';
import { assignRoundRobin } from '../../../workers/clients/kafka/assignors/roundRobin.ts';
import {
  assignCooperativeSticky,
  assignSticky,
} from '../../../workers/clients/kafka/assignors/sticky.ts';
import type { Assignment, Assignor } from '../../../workers/clients/kafka/assignors/assignor.ts';
import { isCooperative } from '../../../workers/clients/kafka/assignors/index.ts';
import type { GroupMember } from '../../../workers/wire/kafka.ts';

/** `t-0 t-1` as partitions. */
function partitions(text: string) {
  return text.split(' ').flatMap((name) => {
    const dash = name.lastIndexOf('-');
    return dash < 0
      ? []
      : [{ topic: name.slice(0, dash), partition: Number(name.slice(dash + 1)) }];
  });
}

interface MemberText {
  readonly topics: string;
  readonly owns?: string;
  readonly generation?: number;
  readonly instance?: string;
}

function group(members: Readonly<Record<string, MemberText>>): GroupMember[] {
  return Object.entries(members).map(([memberId, { topics, owns, generation, instance }]) => ({
    memberId,
    groupInstanceId: instance ?? null,
    subscription: {
      topics: topics.split(' '),
      ownedPartitions: partitions(owns ?? ''),
      generation: generation ?? (owns === undefined ? -1 : 1),
    },
  }));
}

const counts = (topics: Readonly<Record<string, number>>) => new Map(Object.entries(topics));

/** Member → its partitions in writing, sorted, so that only who has what is compared. */
function written(assignment: Assignment): Record<string, string> {
  return Object.fromEntries(
    [...assignment].map(([memberId, list]) => [
      memberId,
      list
        .map(({ topic, partition }) => `${topic}-${partition}`)
        .sort()
        .join(' '),
    ]),
  );
}

const assign = (
  assignor: Assignor,
  topics: Readonly<Record<string, number>>,
  members: Readonly<Record<string, MemberText>>,
) => written(assignor(counts(topics), group(members)));

describe('C13 Range (RangeAssignorTest)', () => {
  it('two topics of three partitions, two members: the first gets the larger range of both', () => {
    const both = { topics: 't1 t2' };
    expect(assign(assignRange, { t1: 3, t2: 3 }, { c1: both, c2: both })).toEqual({
      c1: 't1-0 t1-1 t2-0 t2-1',
      c2: 't1-2 t2-2',
    });
  });

  it('members of different topics', () => {
    const members = { c1: { topics: 't1' }, c2: { topics: 't1 t2' }, c3: { topics: 't1' } };
    expect(assign(assignRange, { t1: 3, t2: 2 }, members)).toEqual({
      c1: 't1-0',
      c2: 't1-1 t2-0 t2-1',
      c3: 't1-2',
    });
  });

  it.each([{ a: { instance: 'instance2' } }, { a: {} }])(
    'static members come first, by instance id: %j',
    ({ a }) => {
      const members = {
        'consumer-a': { topics: 't1 t2', ...a },
        'consumer-b': { topics: 't1 t2', instance: 'instance1' },
      };
      expect(assign(assignRange, { t1: 3, t2: 3 }, members)).toEqual({
        'consumer-b': 't1-0 t1-1 t2-0 t2-1',
        'consumer-a': 't1-2 t2-2',
      });
    },
  );

  it.each([
    [10, 3, ['0 1 2 3', '4 5 6', '7 8 9']],
    [3, 4, ['0', '1', '2', '']],
  ])('%i partitions, %i members: %j', (count, members, ranges) => {
    const names = Array.from({ length: members }, (_, i) => `c${i}`);
    const result = assign(
      assignRange,
      { t: count },
      Object.fromEntries(names.map((name) => [name, { topics: 't' }])),
    );
    expect(names.map((name) => result[name]?.replaceAll('t-', ''))).toEqual(ranges);
  });

  it('three topics of one partition, two members: the first gets everything', () => {
    const all = { topics: 'a b c' };
    expect(assign(assignRange, { a: 1, b: 1, c: 1 }, { c1: all, c2: all })).toEqual({
      c1: 'a-0 b-0 c-0',
      c2: '',
    });
  });
});

describe('C14 RoundRobin (RoundRobinAssignorTest)', () => {
  it('goes on over topics', () => {
    const both = { topics: 't1 t2' };
    expect(assign(assignRoundRobin, { t1: 3, t2: 3 }, { c1: both, c2: both })).toEqual({
      c1: 't1-0 t1-2 t2-1',
      c2: 't1-1 t2-0 t2-2',
    });
  });

  it('passes over who is not subscribed', () => {
    const members = { C0: { topics: 't0' }, C1: { topics: 't0 t1' }, C2: { topics: 't0 t1 t2' } };
    expect(assign(assignRoundRobin, { t0: 1, t1: 2, t2: 3 }, members)).toEqual({
      C0: 't0-0',
      C1: 't1-0',
      C2: 't1-1 t2-0 t2-1 t2-2',
    });
  });

  it('10 partitions, 3 members', () => {
    const t = { topics: 't' };
    expect(assign(assignRoundRobin, { t: 10 }, { a: t, b: t, c: t })).toEqual({
      a: 't-0 t-3 t-6 t-9',
      b: 't-1 t-4 t-7',
      c: 't-2 t-5 t-8',
    });
  });
});

describe('C15 Sticky (AbstractStickyAssignorTest)', () => {
  it('testAllConsumersAreUnderMinQuota', () => {
    const both = 't1 t2';
    expect(
      assign(
        assignSticky,
        { t1: 2, t2: 3 },
        {
          c1: { topics: both, owns: 't1-0' },
          c2: { topics: both, owns: 't1-1' },
          c3: { topics: both, owns: '' },
        },
      ),
    ).toEqual({ c1: 't1-0 t2-1', c2: 't1-1 t2-2', c3: 't2-0' });
  });

  it('testMaxQuotaConsumerMoreThan…', () => {
    // Members are visited in Java's hash order of their names, here consumer2 first.
    const both = 't1 t2';
    expect(
      assign(
        assignSticky,
        { t1: 2, t2: 2 },
        {
          consumer1: { topics: both, owns: 't1-0 t2-0' },
          consumer2: { topics: both, owns: 't1-1 t2-1' },
          consumer3: { topics: both, owns: '' },
        },
      ),
    ).toEqual({ consumer1: 't1-0', consumer2: 't1-1 t2-1', consumer3: 't2-0' });
  });

  it('testAddRemoveConsumerOneTopic', () => {
    const members = { c1: { topics: 't', owns: 't-0 t-1 t-2' }, c2: { topics: 't', owns: '' } };
    expect(assign(assignSticky, { t: 3 }, members)).toEqual({ c1: 't-0 t-1', c2: 't-2' });
  });

  it('a fresh group gets what round robin deals', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 6 }),
        (first, second, size) => {
          const names = Array.from({ length: size }, (_, i) => `c${i}`);
          const members = Object.fromEntries(names.map((name) => [name, { topics: 'a b' }]));
          const topics = { a: first, b: second };
          expect(assign(assignSticky, topics, members)).toEqual(
            assign(assignRoundRobin, topics, members),
          );
        },
      ),
    );
  });
});

describe('C16 Cooperative, in rounds', () => {
  const t = 't';
  const round = (members: Readonly<Record<string, MemberText>>, count = 6) =>
    assign(assignCooperativeSticky, { t: count }, members);

  it('a second member: what moves is held back for one round', () => {
    expect(
      round({ A: { topics: t, owns: 't-0 t-1 t-2 t-3 t-4 t-5' }, B: { topics: t, owns: '' } }),
    ).toEqual({ A: 't-0 t-1 t-2', B: '' });
    expect(round({ A: { topics: t, owns: 't-0 t-1 t-2' }, B: { topics: t, owns: '' } })).toEqual({
      A: 't-0 t-1 t-2',
      B: 't-3 t-4 t-5',
    });
  });

  it('a third member', () => {
    const before = { A: { topics: t, owns: 't-0 t-1 t-2' }, B: { topics: t, owns: 't-3 t-4 t-5' } };
    expect(round({ ...before, C: { topics: t, owns: '' } })).toEqual({
      A: 't-0 t-1',
      B: 't-3 t-4',
      C: '',
    });
    expect(
      round({
        A: { topics: t, owns: 't-0 t-1' },
        B: { topics: t, owns: 't-3 t-4' },
        C: { topics: t, owns: '' },
      }),
    ).toEqual({ A: 't-0 t-1', B: 't-3 t-4', C: 't-2 t-5' });
  });

  it('what a dead member had is free at once', () => {
    expect(round({ A: { topics: t, owns: 't-0 t-1' }, C: { topics: t, owns: 't-2 t-5' } })).toEqual(
      { A: 't-0 t-1 t-3', C: 't-2 t-4 t-5' },
    );
  });

  it('claimed twice in one generation: nobody keeps it, and it is held back', () => {
    expect(
      round({ c1: { topics: t, owns: 't-0 t-1' }, c2: { topics: t, owns: 't-0 t-2' } }, 3),
    ).toEqual({ c1: 't-1', c2: 't-2' });
  });

  it('claimed in two generations: the later one keeps it', () => {
    expect(
      round(
        {
          c1: { topics: t, owns: 't-0 t-2', generation: 2 },
          c2: { topics: t, owns: 't-0 t-1', generation: 1 },
        },
        3,
      ),
    ).toEqual({ c1: 't-0 t-2', c2: 't-1' });
  });
});

describe('every assignor', () => {
  it.each([
    ['range', assignRange],
    ['roundrobin', assignRoundRobin],
    ['sticky', assignSticky],
  ] as const)('%s gives each partition to exactly one member, nearly evenly', (_, assignor) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.array(fc.array(fc.nat({ max: 19 }), { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
        (count, owned) => {
          const members = Object.fromEntries(
            owned.map((list, i) => [
              `c${i}`,
              { topics: 't', owns: [...new Set(list)].map((p) => `t-${p}`).join(' ') },
            ]),
          );
          const result = assign(assignor, { t: count }, members);
          const lists = Object.values(result).map((list) => partitions(list));
          const all = lists.flat().map(({ partition }) => partition);
          expect([...all].sort((a, b) => a - b)).toEqual(
            Array.from({ length: count }, (__, i) => i),
          );
          const sizes = lists.map((list) => list.length);
          expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('the default list is eager, because range stops everybody', () => {
    expect(isCooperative(['range', 'cooperative-sticky'])).toBe(false);
    expect(isCooperative(['cooperative-sticky'])).toBe(true);
  });
});
