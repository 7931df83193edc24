import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addTimer,
  createTimerHeap,
  deleteTimer,
  pollTimer,
  timerCount,
} from '../../../../workers/engines/flink/windows/timerHeap.ts';

const timer = (key: string, timestampMs: number) => ({ timestampMs, key, startMs: 0, endMs: 1 });

test('equal timestamps registered as a to g fire as a g f e d c b', () => {
  const heap = createTimerHeap();
  for (const key of 'abcdefg') addTimer(heap, timer(key, 9));
  let fired = '';
  for (let next = pollTimer(heap); next !== null; next = pollTimer(heap)) fired += next.key;
  expect(fired).toBe('agfedcb');
});

test('timers come out by timestamp, without those that were deleted', () => {
  const times = fc.array(fc.record({ ms: fc.integer({ min: 0, max: 20 }), gone: fc.boolean() }));
  fc.assert(
    fc.property(times, (wanted) => {
      const heap = createTimerHeap();
      wanted.forEach(({ ms }, i) => {
        addTimer(heap, timer(`k${i}`, ms));
      });
      wanted.forEach(({ ms, gone }, i) => {
        if (gone) deleteTimer(heap, ms, `k${i}`, 0, 1);
      });
      const fired: number[] = [];
      while (timerCount(heap) > 0) fired.push(pollTimer(heap)?.timestampMs ?? -1);
      const kept = wanted.filter(({ gone }) => !gone).map(({ ms }) => ms);
      expect(fired).toEqual(kept.sort((a, b) => a - b));
    }),
  );
});

test('deleting an unknown timer does nothing', () => {
  const heap = createTimerHeap();
  addTimer(heap, timer('a', 5));
  deleteTimer(heap, 6, 'a', 0, 1);
  expect(timerCount(heap)).toBe(1);
});
