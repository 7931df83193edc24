import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  begin,
  commit,
  createChannel,
  depth,
  heldEvents,
  put,
  restartChannel,
  rollback,
  take,
  usedSlots,
} from '../../../workers/engines/flume/channels/channel.ts';
import { writeCheckpoint } from '../../../workers/engines/flume/channels/fileChannel.ts';
import type { FileChannel } from '../../../workers/engines/flume/channels/fileChannel.ts';
import type { Transaction } from '../../../workers/engines/flume/channels/transaction.ts';
import { createEvent } from '../../../workers/engines/flume/event.ts';

const capacity = 6;
const settings = {
  memory: {
    kind: 'memory',
    capacity,
    transactionCapacity: 4,
    keepAliveS: 0,
    byteCapacityUnits: 1000,
  },
  file: {
    kind: 'file',
    capacity,
    transactionCapacity: 4,
    keepAliveS: 0,
    checkpointIntervalMs: 30_000,
    checkpointDir: '',
  },
} as const;

/** What a script may do: put so many in one transaction, take so many and leave open, end the newest open take,
 * so that numbers stay in order. */
const step = fc.oneof(
  fc.record({ do: fc.constant('put' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ do: fc.constant('take' as const), count: fc.integer({ min: 1, max: 4 }) }),
  fc.record({
    do: fc.constantFrom(
      'commit' as const,
      'rollback' as const,
      'checkpoint' as const,
      'crash' as const,
    ),
  }),
);

/** The naive channel: a list, and the takes that are open, each with its numbers. */
interface Model {
  queue: number[];
  open: number[][];
}

const inOrder = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b);

const used = (model: Model) => model.queue.length + model.open.flat().length;

describe.each(['memory', 'file'] as const)('a %s channel', (kind) => {
  it('holds what a plain list would, whatever transactions and crashes do to it', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (script) => {
        const channel = createChannel('c', settings[kind]);
        const model: Model = { queue: [], open: [] };
        let open: Transaction[] = [];
        let next = 0;
        for (const input of script) {
          if (input.do === 'put') {
            const numbers = Array.from({ length: input.count }, () => next++);
            const transaction = begin(channel);
            const refused = numbers.some(
              (number) => put(channel, transaction, createEvent(String(number))) !== null,
            );
            const fits = used(model) + input.count <= capacity;
            if (!refused && commit(channel, transaction) === 'committed') {
              expect(fits).toBe(true);
              model.queue.push(...numbers);
            } else {
              expect(fits).toBe(false);
              rollback(channel, transaction);
            }
          } else if (input.do === 'take') {
            const transaction = begin(channel);
            const numbers = model.queue.splice(0, input.count);
            for (const number of numbers) {
              expect(take(channel, transaction)).toMatchObject({ body: String(number) });
            }
            if (numbers.length < input.count) expect(take(channel, transaction)).toBeNull();
            model.open.push(numbers);
            open.push(transaction);
          } else if (input.do === 'crash') {
            restartChannel(channel);
            // All are back, open takes perhaps backwards; memory forgets all.
            const back = kind === 'file' ? [...model.open.flat(), ...model.queue] : [];
            model.queue = heldEvents(channel).map(({ body }) => Number(body));
            expect(inOrder(model.queue)).toEqual(inOrder(back));
            model.open = [];
            open = [];
          } else if (input.do === 'checkpoint') {
            if (kind === 'file') writeCheckpoint(channel.store as FileChannel);
          } else {
            const transaction = open.pop();
            const numbers = model.open.pop();
            if (transaction === undefined || numbers === undefined) continue;
            if (input.do === 'commit') {
              expect(commit(channel, transaction)).toBe('committed');
            } else {
              rollback(channel, transaction);
              model.queue.unshift(...numbers);
            }
          }
          expect(depth(channel)).toBe(model.queue.length);
          expect(usedSlots(channel)).toBe(used(model));
        }
      }),
      { numRuns: 300 },
    );
  });
});
