import { expect, test } from 'vitest';
import {
  hashOfWindow,
  inMergeOrder,
} from '../../../../workers/engines/flink/windows/mergeOrder.ts';

test('windows hash as in Java', () => {
  const hash = (startMs: number, endMs: number) => hashOfWindow({ startMs, endMs });
  expect(hash(0, 3)).toBe(-485218064);
  expect(hash(3, 6)).toBe(2145213143);
  expect(hash(-10, 5)).toBe(-223893682);
  expect(hash(1700000000000, 1700000030000)).toBe(-1131422623);
});

test('sessions merge as a hash set of them iterates', () => {
  const early = { startMs: 0, endMs: 3 };
  const late = { startMs: 6, endMs: 9 };
  expect(inMergeOrder([early, late])).toEqual([late, early]);
});
