import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberProblem } from '../../src/controls/numberProblem.ts';

const wholes = { min: 1, max: 1000, step: 1 };

test('a number that is not taken is told with what would be', () => {
  expect(numberProblem(NaN, wholes)).toBe('That is no number. From 1 to 1000 is taken.');
  expect(numberProblem(0, wholes)).toBe('0 is too small. From 1 to 1000 is taken.');
  expect(numberProblem(1001, wholes)).toBe('1001 is too large. From 1 to 1000 is taken.');
  expect(numberProblem(2.5, wholes)).toBe('2.5 lies between two steps. 2 or 3 is taken.');
  expect(numberProblem(-1, { min: 0.5, max: Infinity, step: null })).toBe(
    '-1 is too small. From 0.5 on is taken.',
  );
});

test('every multiple of the step within the bounds is taken, and nothing half a step beside it', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.constantFrom(0.1, 0.5, 1, 50, 1000), (n, step) => {
      const bounds = { min: 0, max: Infinity, step };
      expect(numberProblem(Number((n * step).toFixed(6)), bounds)).toBeNull();
      expect(numberProblem((n + 0.5) * step, bounds)).toContain('between two steps');
      expect(numberProblem((n + 0.5) * step, { ...bounds, step: null })).toBeNull();
    }),
  );
});
