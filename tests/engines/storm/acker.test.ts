import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createAcker,
  executeInput,
  openTrees,
  tick,
  type AckerInput,
} from '../../../workers/engines/storm/acking/acker.ts';
import { ackerOf, drawId, xorIds } from '../../../workers/engines/storm/acking/tupleId.ts';
import {
  createRotatingMap,
  has,
  put,
  rotate,
} from '../../../workers/engines/storm/acking/rotatingMap.ts';
import { createRandom } from '../../../workers/kernel/random.ts';

const root = 100;
const init = (value: number): AckerInput => ({ stream: '__ack_init', root, value, spoutTask: 7 });
const ack = (value: number): AckerInput => ({ stream: '__ack_ack', root, value });
const fail: AckerInput = { stream: '__ack_fail', root };
const reset: AckerInput = { stream: '__ack_reset_timeout', root };

describe('C13 acker ledger, root 100, spout task 7', () => {
  test.each<{ name: string; script: (AckerInput | 'tick')[]; replies: string[] }>([
    {
      name: 'in order',
      script: [init(5), ack(5 ^ 3 ^ 9), ack(3), ack(9)],
      replies: ['', '', '', 'ack'],
    },
    { name: 'init last', script: [ack(15), ack(9), ack(3), init(5)], replies: ['', '', '', 'ack'] },
    { name: 'fail before init', script: [fail, ack(3), init(5)], replies: ['', '', 'fail'] },
    { name: 'fail after init', script: [init(5), fail, ack(5)], replies: ['', 'fail', ''] },
    { name: 'two ticks', script: [init(5), 'tick', 'tick', ack(5)], replies: ['', 'ack'] },
    {
      name: 'three ticks: forgotten',
      script: [init(5), 'tick', 'tick', 'tick', ack(5)],
      replies: ['', ''],
    },
    {
      name: 'reset',
      script: [init(5), 'tick', 'tick', reset, 'tick', 'tick', ack(5)],
      replies: ['', 'reset', 'ack'],
    },
    { name: 'no targets', script: [init(0)], replies: ['ack'] },
  ])('$name', ({ script, replies }) => {
    const acker = createAcker();
    const heard: string[] = [];
    for (const step of script) {
      if (step === 'tick') {
        tick(acker);
        continue;
      }
      const { reply, spoutTask } = executeInput(acker, step);
      if (reply !== 'nothing') expect(spoutTask).toBe(7);
      heard.push(
        { nothing: '', __ack_ack: 'ack', __ack_fail: 'fail', __ack_reset_timeout: 'reset' }[reply],
      );
    }
    expect(heard).toEqual(replies);
  });

  test('an ack after the completion leaves a stale entry, which expires', () => {
    const acker = createAcker();
    executeInput(acker, init(0));
    executeInput(acker, ack(5));
    expect(openTrees(acker)).toBe(1);
    for (let i = 0; i < 3; i++) tick(acker);
    expect(openTrees(acker)).toBe(0);
  });

  test('whatever the order, a tree is acked exactly when its last message arrives', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 1, max: 8 }),
        fc.infiniteStream(fc.nat()),
        (seed, edges, picks) => {
          const random = createRandom(seed, 'edges');
          const ids = Array.from({ length: edges }, () => drawId(random));
          const messages = [init(ids.reduce(xorIds)), ...ids.map(ack)];
          const acker = createAcker();
          while (messages.length > 0) {
            const [message] = messages.splice((picks.next().value as number) % messages.length, 1);
            const { reply } = executeInput(acker, message as AckerInput);
            expect(reply).toBe(messages.length === 0 ? '__ack_ack' : 'nothing');
          }
        },
      ),
    );
  });
});

describe('tuple ids', () => {
  test.each([
    [5, 3, 6],
    // 2^52 + 1 and 2^52 + 2^32 share the highest bit: 2^32 + 1 is left.
    [4503599627370497, 4503603922337792, 4294967297],
    [4294967295, 4294967295, 0],
  ])('%d xor %d = %d', (a, b, expected) => {
    expect(xorIds(a, b)).toBe(expected);
  });

  test('the xor of any two ids is an id, and undoes itself', () => {
    const id = fc.nat({ max: Number.MAX_SAFE_INTEGER });
    fc.assert(
      fc.property(id, id, (a, b) => {
        const both = xorIds(a, b);
        expect(BigInt(both)).toBe(BigInt(a) ^ BigInt(b));
        expect(xorIds(both, b)).toBe(a);
      }),
    );
  });

  // C1: long 1 has the hash 1, and 31 + 1 = 32 leaves 0, 2, 0, 2, 8 modulo 2, 3, 4, 6, 12.
  test.each([
    [2, 0],
    [3, 2],
    [4, 0],
    [6, 2],
    [12, 8],
  ])('C1 long 1 among %d ackers goes to %d', (ackers, index) => {
    expect(ackerOf(1, ackers)).toBe(index);
  });
});

describe('rotating map', () => {
  test('C14 with two buckets an entry dies at the second tick after its put', () => {
    const map = createRotatingMap(2);
    put(map, 1);
    expect(rotate(map)).toEqual([]);
    put(map, 2);
    expect(rotate(map)).toEqual([1]);
    expect(rotate(map)).toEqual([2]);
    expect(map.size).toBe(0);
  });

  test('a put moves the entry to the newest bucket', () => {
    const map = createRotatingMap(2);
    put(map, 1);
    rotate(map);
    put(map, 1);
    expect(rotate(map)).toEqual([]);
    expect(has(map, 1)).toBe(true);
  });
});
