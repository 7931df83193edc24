import { expect, test } from 'vitest';
import { longHash } from '../../workers/jvm/longHash.ts';

test('Long.hashCode', () => {
  expect([0, 42, 4294967296, -1, -4294967296].map(longHash)).toEqual([0, 42, 1, 0, -1]);
  expect(longHash(1700000000000)).toBe(-807048821);
});
