import { assert } from './assert.ts';

/**
 * The natural logarithm from + − × ÷ alone. `Math.log` gives other last bits in other JavaScript engines, and one such
 * bit can decide which of two events comes first; these four operations are the same everywhere.
 *
 * @param x a finite number above zero
 * @returns ln x, off by at most a few units in the last place
 */
export function logarithm(x: number): number {
  assert(x > 0 && x < Infinity, 'a logarithm needs a finite number above zero');
  let mantissa = x;
  let exponent = 0;
  // Doubling and halving are exact, so the loop only moves the binary point.
  while (mantissa > SQRT2) {
    mantissa *= 0.5;
    exponent += 1;
  }
  while (mantissa < SQRT1_2) {
    mantissa *= 2;
    exponent -= 1;
  }
  // ln m = 2 artanh s with s = (m − 1) / (m + 1); |s| < 0.172, so s^23 / 23 is below half a unit.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let power = 21; power >= 1; power -= 2) sum = sum * square + 1 / power;
  return exponent * LN2 + 2 * s * sum;
}

const LN2 = 0.6931471805599453;
const SQRT2 = 1.4142135623730951;
const SQRT1_2 = 0.7071067811865476;
