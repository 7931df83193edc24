import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createEventQueue,
  peekTimeUs,
  pop,
  push,
  copyQueue,
} from '../../workers/kernel/eventQueue.ts';

describe('event queue', () => {
  test('pops in the order of time, then priority, then scheduling', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ timeUs: fc.nat(5), priority: fc.integer({ min: -2, max: 2 }) })),
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
      fc.property(fc.array(fc.nat(20), { minLength: 1 }), (delays) => {
        const queue = createEventQueue<number>();
        push(queue, 0, 0, 0);
        let nowUs = 0;
        for (const delayUs of delays) {
          expect(peekTimeUs(queue)).toBeGreaterThanOrEqual(nowUs);
          nowUs = peekTimeUs(queue);
          pop(queue);
          push(queue, nowUs + delayUs, 0, 1);
          push(queue, nowUs + 2 * delayUs, 0, 2);
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
