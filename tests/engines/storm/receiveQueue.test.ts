import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createReceiveQueue,
  dequeue,
  enqueue,
  queuedTuples,
} from '../../../workers/engines/storm/receiveQueue.ts';

test('a receive queue gives its tuples back in the order of their arrival, however many wait', () => {
  // Bursts of more than the first ring holds, with some of them taken in between.
  const bursts = fc.array(fc.tuple(fc.nat(400), fc.nat(400)), { maxLength: 8 });
  fc.assert(
    fc.property(bursts, (steps) => {
      const queue = createReceiveQueue();
      const expected: number[] = [];
      let next = 0;
      for (const [arriving, taken] of steps) {
        for (let n = 0; n < arriving; n++) {
          enqueue(queue, next);
          expected.push(next);
          next += 1;
        }
        for (let n = 0; n < taken && expected.length > 0; n++)
          expect(dequeue(queue)).toBe(expected.shift());
        expect(queuedTuples(queue)).toEqual(expected);
      }
    }),
  );
});
