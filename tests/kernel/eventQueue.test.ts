import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  copyQueue,
  createEventQueue,
  NOTHING,
  peekTimeUs,
  pendingMax,
  popDue,
  push,
  type EventQueue,
} from '../../workers/kernel/eventQueue.ts';

/** Times that meet in one heap, and times on both sides of where the far heap begins. */
const timeUs = fc.oneof(fc.nat(5), fc.integer({ min: 19_998, max: 20_003 }));

const next = (queue: EventQueue) => popDue(queue, Infinity);

describe('event queue', () => {
  test('pops in the order of time, then priority, then scheduling', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ timeUs, priority: fc.integer({ min: -2, max: 2 }) })),
        (events) => {
          const queue = createEventQueue();
          // Nothing is popped in between, so every event has a slot of its own.
          const eventOf = new Map(
            events.map(({ timeUs, priority }, i) => [push(queue, timeUs, priority), i]),
          );
          const popped = events.map(() => eventOf.get(next(queue)));
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
        const queue = createEventQueue();
        const expected = [{ atUs: 0, number: 0, slot: push(queue, 0, 0) }];
        let nextNumber = 1;
        for (const delayUs of delays) {
          const first = expected.shift()!;
          expect(peekTimeUs(queue)).toBe(first.atUs);
          expect(popDue(queue, first.atUs - 1)).toBe(NOTHING);
          expect(popDue(queue, first.atUs)).toBe(first.slot);
          for (const atUs of [first.atUs + delayUs, first.atUs + 2 * delayUs]) {
            expected.push({ atUs, number: nextNumber, slot: push(queue, atUs, 0) });
            nextNumber += 1;
          }
          expected.sort((a, b) => a.atUs - b.atUs || a.number - b.number);
        }
      }),
    );
  });

  test('an empty queue has nothing to pop and no next time', () => {
    expect(peekTimeUs(createEventQueue())).toBe(Infinity);
    expect(popDue(createEventQueue(), Infinity)).toBe(NOTHING);
  });

  test('a slot is used again, but not while its event is pending', () => {
    const queue = createEventQueue();
    const first = push(queue, 1, 0);
    const second = push(queue, 2, 0);
    expect(second).not.toBe(first);
    expect(next(queue)).toBe(first);
    expect(push(queue, 3, 0)).toBe(first);
    expect(pendingMax(queue)).toBe(2);
  });

  test('a full list of next events gives the rest to the heap, and the order stays', () => {
    const queue = createEventQueue();
    const slots = Array.from({ length: 200 }, (_, i) => push(queue, 200 - i, 0));
    expect(slots.map(() => next(queue))).toEqual(slots.toReversed());
  });

  test('a copy lives on its own', () => {
    const queue = createEventQueue();
    const b = push(queue, 2, 0);
    const copy = copyQueue(queue);
    const a = push(copy, 1, 0);
    expect(next(queue)).toBe(b);
    expect([next(copy), next(copy)]).toEqual([a, b]);
  });
});
