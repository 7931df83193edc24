import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createEventQueue,
  peekTimeUs,
  pop,
  push,
  copyQueue,
} from '../../workers/kernel/eventQueue.ts';

/** Times that meet in one heap, and times on both sides of where the far heap begins. */
const timeUs = fc.oneof(fc.nat(5), fc.integer({ min: 19_998, max: 20_003 }));

describe('event queue', () => {
  test('pops in the order of time, then priority, then scheduling', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ timeUs, priority: fc.integer({ min: -2, max: 2 }) })),
        (events) => {
          const queue = createEventQueue<number>();
          events.forEach(({ timeUs, priority }, i) => {
            push(queue, timeUs, priority, i);
          });
          const popped = events.map(() => pop(queue));
          const expected = events
            .map((event, i) => ({ ...event, i }))
            .sort((a, b) => a.timeUs - b.timeUs || a.priority - b.priority || a.i - b.i)
            .map(({ i }) => i);
          expect(popped).toEqual(expected);
        },
      ),
    );
  });

  test('stays in order when pushes and pops alternate', () => {
    fc.assert(
      fc.property(fc.array(timeUs, { minLength: 1 }), (delays) => {
        const queue = createEventQueue<number>();
        push(queue, 0, 0, 0);
        const expected = [{ atUs: 0, number: 0 }];
        let nextNumber = 1;
        for (const delayUs of delays) {
          const first = expected.shift()!;
          expect(peekTimeUs(queue)).toBe(first.atUs);
          expect(pop(queue)).toBe(first.number);
          for (const atUs of [first.atUs + delayUs, first.atUs + 2 * delayUs]) {
            push(queue, atUs, 0, nextNumber);
            expected.push({ atUs, number: nextNumber });
            nextNumber += 1;
          }
          expected.sort((a, b) => a.atUs - b.atUs || a.number - b.number);
        }
      }),
    );
  });

  test('an empty queue has nothing to pop and no next time', () => {
    expect(peekTimeUs(createEventQueue())).toBe(Infinity);
    expect(() => pop(createEventQueue())).toThrow('pop of an empty event queue');
  });

  test('a copy lives on its own', () => {
    const queue = createEventQueue<string>();
    push(queue, 2, 0, 'b');
    const copy = copyQueue(queue);
    push(copy, 1, 0, 'a');
    expect(pop(queue)).toBe('b');
    expect([pop(copy), pop(copy)]).toEqual(['a', 'b']);
  });
});
