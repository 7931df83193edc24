import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  placeByAdminUtils,
  placeRackAware,
  rackAlternated,
} from '../../../workers/engines/kafka/placement/adminUtils.ts';
import {
  placeStriped,
  type UsableBroker,
} from '../../../workers/engines/kafka/placement/striped.ts';
import { boundedInt } from '../../../workers/jvm/random.ts';

const digits = (placement: readonly (readonly number[])[] | string) =>
  typeof placement === 'string' ? placement : placement.map((replicas) => replicas.join(','));

describe('C5 ZooKeeper placement (AdminTest.testReplicaAssignment and runs of AdminUtils)', () => {
  it.each([
    {
      brokers: [0, 1, 2, 3, 4],
      partitions: 10,
      factor: 3,
      fixed: 0,
      first: 0,
      placed: '0,1,2 1,2,3 2,3,4 3,4,0 4,0,1 0,2,3 1,3,4 2,4,0 3,0,1 4,1,2',
    },
    {
      brokers: [0, 1, 2],
      partitions: 6,
      factor: 2,
      fixed: 0,
      first: 0,
      placed: '0,1 1,2 2,0 0,2 1,0 2,1',
    },
    {
      brokers: [0, 1, 2],
      partitions: 3,
      factor: 3,
      fixed: 1,
      first: 0,
      placed: '1,0,2 2,1,0 0,2,1',
    },
    { brokers: [1, 2, 3], partitions: 3, factor: 2, fixed: 2, first: 0, placed: '3,1 1,2 2,3' },
    {
      brokers: [0, 1, 2, 3, 4],
      partitions: 3,
      factor: 3,
      fixed: 2,
      first: 10,
      placed: '2,1,3 3,2,4 4,3,0',
    },
  ])('brokers $brokers, RF $factor, from $fixed: $placed', (c) => {
    const got = placeByAdminUtils(c.brokers, c.partitions, c.factor, c.fixed, c.fixed, c.first);
    expect(digits(got)).toEqual(c.placed.split(' '));
  });

  it('refuses more replicas than brokers', () => {
    expect(placeByAdminUtils([1], 1, 3, 0, 0)).toBe(
      'Replication factor: 3 larger than available brokers: 1.',
    );
  });
});

describe('C6 ZooKeeper placement over racks (AdminRackAwareTest)', () => {
  const racks = new Map([
    [0, 'rack1'],
    [1, 'rack3'],
    [2, 'rack3'],
    [3, 'rack2'],
    [4, 'rack2'],
    [5, 'rack1'],
  ]);

  it('takes one broker of every rack in turn', () => {
    expect(rackAlternated(racks)).toEqual([0, 3, 1, 5, 4, 2]);
    const without5 = new Map([...racks].filter(([broker]) => broker !== 5));
    expect(rackAlternated(without5)).toEqual([0, 3, 1, 4, 2]);
  });

  it('spreads every partition over the three racks', () => {
    expect(digits(placeRackAware(racks, 7, 3, 0, 0))).toEqual(
      '0,3,1 3,1,5 1,5,4 5,4,2 4,2,0 2,0,3 0,4,2'.split(' '),
    );
  });
});

/** The `MockRandom` of Kafka's own tests. */
function mockRandom(): (bound: number) => number {
  let state = 17n;
  const next31 = () => {
    state = (state * 2862933555777941757n + 3037000493n) & 0xffffffffffffffffn;
    return Number(BigInt.asIntN(32, state >> 33n));
  };
  return (bound) => boundedInt(next31, bound);
}

const brokers = (
  ids: readonly number[],
  rack: string | null = null,
  fenced = false,
): UsableBroker[] => ids.map((id) => ({ id, rack, fenced }));

describe('C7 KRaft placement (StripedReplicaPlacerTest)', () => {
  it('testAvoidFencedReplicaIfPossibleOnSingleRack', () => {
    const usable = [...brokers([3]), ...brokers([1], null, true), ...brokers([0, 4, 2])];
    expect(digits(placeStriped(5, 4, usable, mockRandom()))).toEqual(
      '3,4,0,2 4,0,2,3 0,2,3,4 2,3,4,0 0,4,3,2'.split(' '),
    );
  });

  it('testRackListWithMultipleRacks', () => {
    const usable = [
      ...brokers([11], '1'),
      ...brokers([10], '1'),
      ...brokers([30], '3'),
      ...brokers([31], '3'),
      ...brokers([21], '2'),
      ...brokers([20], '2', true),
    ];
    expect(digits(placeStriped(3, 4, usable, mockRandom()))).toEqual(
      '11,21,31,10 21,30,10,20 31,11,21,30'.split(' '),
    );
  });

  it.each([
    { usable: brokers([0, 1, 2]), partitions: 3, factor: 3, placed: '0,1,2 1,2,0 2,0,1' },
    { usable: brokers([0, 1, 2, 3, 4]), partitions: 5, factor: 2, placed: '0,1 1,2 2,3 3,4 4,0' },
    {
      usable: [...brokers([0, 1, 2], 'A'), ...brokers([3, 4, 5], 'B'), ...brokers([6, 7, 8], 'C')],
      partitions: 3,
      factor: 3,
      placed: '0,3,6 4,7,1 8,2,5',
    },
  ])('with dice that always show 0: $placed', ({ usable, partitions, factor, placed }) => {
    expect(digits(placeStriped(partitions, factor, usable, () => 0))).toEqual(placed.split(' '));
  });

  it.each([
    [
      3,
      brokers([1]),
      'The target replication factor of 3 cannot be reached because only 1 broker(s) are registered.',
    ],
    [1, brokers([1], null, true), 'All brokers are currently fenced.'],
    [0, brokers([1]), 'Invalid replication factor 0: the replication factor must be positive.'],
  ])('refuses RF %i', (factor, usable, message) => {
    expect(placeStriped(1, factor, usable, () => 0)).toBe(message);
  });

  it('never puts two replicas of a partition on one broker, and leads evenly for n partitions', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 20 }),
        fc.infiniteStream(fc.nat()),
        (n, partitions, dice) => {
          const ids = Array.from({ length: n }, (_, i) => i);
          const factor = Math.min(3, n);
          const next = (bound: number) => Number(dice.next().value) % bound;
          const placed = placeStriped(partitions, factor, brokers(ids), next);
          if (typeof placed === 'string') throw new Error(placed);
          for (const replicas of placed) expect(new Set(replicas).size).toBe(factor);
          const leaders = placed.slice(0, n).map(([leader]) => leader);
          expect(new Set(leaders).size).toBe(leaders.length);
        },
      ),
    );
  });
});
