import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  boundedInt,
  createJavaRandom,
  nextBits,
  nextJavaInt,
  nextJavaIntBelow,
  shuffle,
} from '../../workers/jvm/random.ts';

/** The definition in the JDK's own words, in wide integers: the oracle of the two-halves arithmetic. */
function bitsByDefinition(seed: bigint, draws: number, bits: number): number {
  const mask = (1n << 48n) - 1n;
  let state = (seed ^ 0x5deece66dn) & mask;
  for (let i = 0; i < draws; i++) state = (state * 0x5deece66dn + 0xbn) & mask;
  return Number(BigInt.asIntN(32, state >> BigInt(48 - bits)));
}

describe('java.util.Random', () => {
  it('gives the well-known first integers of seed 42', () => {
    const random = createJavaRandom(42);
    expect([nextJavaInt(random), nextJavaInt(random)]).toEqual([-1170105035, 234785527]);
  });

  it('gives the well-known first numbers below 10 of seed 42', () => {
    const random = createJavaRandom(42);
    expect([0, 1, 2, 3, 4].map(() => nextJavaIntBelow(random, 10))).toEqual([0, 3, 8, 4, 0]);
  });

  it('follows the definition for any seed, draw and width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -(2 ** 47), max: 2 ** 47 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 32 }),
        (seed, draws, bits) => {
          const random = createJavaRandom(seed);
          let got = 0;
          for (let i = 0; i < draws; i++) got = nextBits(random, bits);
          expect(got).toBe(bitsByDefinition(BigInt(seed), draws, bits));
        },
      ),
    );
  });

  it.each([
    // 2^31 − 1 = 3·715827882 + 1: the last round has 2 values of 3, so 2147483646 is drawn again.
    [3, [2147483646, 5], 2],
    [3, [2147483645, 5], 2], // ends a full round: 2147483645 mod 3 = 2
    [8, [0x7fffffff], 7],
    [8, [1 << 28], 1],
  ])('nextInt(%i) of the draws %j is %i', (bound, draws, value) => {
    const left = [...draws];
    expect(boundedInt(() => left.shift() ?? 0, bound)).toBe(value);
  });

  it('shuffles from the end: with nextInt always 0 every element moves one place up', () => {
    // abcd: swap(3,0) dbca, swap(2,0) cbda, swap(1,0) bcda
    const list = ['a', 'b', 'c', 'd'];
    shuffle(list, () => 0);
    expect(list.join('')).toBe('bcda');
  });
});
