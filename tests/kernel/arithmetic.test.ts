import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logarithm } from '../../workers/kernel/arithmetic.ts';

it.each([
  [1, 0],
  // OEIS A002162 and A002392: ln 2 and ln 10.
  [2, 0.6931471805599453],
  [10, 2.302585092994046],
  [2 ** -32, -22.18070977791825],
])('the logarithm of %d', (x, expected) => {
  expect(logarithm(x)).toBeCloseTo(expected, 14);
});

it('is as near as two units in the last place to the true one', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
      const expected = Math.log(x);
      expect(Math.abs(logarithm(x) - expected)).toBeLessThanOrEqual(
        2 ** -51 * Math.max(Math.abs(expected), 2 ** -2),
      );
    }),
    { numRuns: 2000 },
  );
});

it('has none at zero', () => {
  expect(() => logarithm(0)).toThrow('a finite number above zero');
});
