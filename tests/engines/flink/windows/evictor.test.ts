import { expect, test } from 'vitest';
import { LONG_MIN } from '../../../../workers/engines/flink/long.ts';
import { evict } from '../../../../workers/engines/flink/windows/evictor.ts';

const lastTen = { kind: 'TimeEvictor', windowSizeMs: 10, doEvictAfter: false } as const;
const at = (...times: readonly number[]) =>
  times.map((timestampMs) => ({ value: timestampMs, timestampMs }));

test('TimeEvictor keeps what is less than its size older than the newest element', () => {
  expect(evict(lastTen, at(1, 12, 2, 3))).toEqual(at(12, 3));
});

test('TimeEvictor trusts the first element about timestamps, and fails on a later one without', () => {
  expect(evict(lastTen, at(LONG_MIN, 100))).toEqual(at(LONG_MIN, 100));
  expect(() => evict(lastTen, at(100, LONG_MIN))).toThrow('Record has no timestamp.');
});
