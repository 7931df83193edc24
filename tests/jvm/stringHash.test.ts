import { describe, expect, it } from 'vitest';
import { stringHash } from '../../workers/jvm/stringHash.ts';

describe('java.lang.String.hashCode', () => {
  it.each([
    ['', 0],
    ['a', 97],
    ['ab', 97 * 31 + 98],
    ['c1', 99 * 31 + 49],
    // The JDK's own example of a collision: 65·31 + 97 = 66·31 + 66 = 2112.
    ['Aa', 2112],
    ['BB', 2112],
    // Seven letters are where the 32-bit arithmetic wraps; famous for hashing to Integer.MIN_VALUE.
    ['polygenelubricants', -2147483648],
    // U+1F600 is two code units, D83D and DE00: 55357·31 + 56832 = 1772899.
    ['\u{1F600}', 1772899],
  ])('of %j is %i', (text, hash) => {
    expect(stringHash(text)).toBe(hash);
  });
});
