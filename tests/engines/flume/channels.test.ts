import { describe, expect, it } from 'vitest';
import {
  begin,
  commit,
  createChannel,
  put,
  restartChannel,
  rollback,
  take,
} from '../../../workers/engines/flume/channels/channel.ts';
import type { Channel } from '../../../workers/engines/flume/channels/channel.ts';
import {
  readFileChannel,
  writeCheckpoint,
} from '../../../workers/engines/flume/channels/fileChannel.ts';
import type { FileChannel } from '../../../workers/engines/flume/channels/fileChannel.ts';
import { readMemoryChannel } from '../../../workers/engines/flume/channels/memoryChannel.ts';
import {
  checkCall,
  createTransaction,
} from '../../../workers/engines/flume/channels/transaction.ts';
import type { Transaction } from '../../../workers/engines/flume/channels/transaction.ts';
import { createReport } from '../../../workers/engines/flume/configuration/report.ts';
import { createEvent } from '../../../workers/engines/flume/event.ts';

const report = createReport();

function memory(settings: Record<string, string>): Channel {
  return createChannel('c1', readMemoryChannel(new Map(Object.entries(settings)), report));
}

function file(settings: Record<string, string>): Channel {
  return createChannel('fc', readFileChannel(new Map(Object.entries(settings)), report));
}

const memoryOf = (capacity: number, transactionCapacity: number): Channel =>
  memory({ capacity: String(capacity), transactionCapacity: String(transactionCapacity) });

const fileOf = (capacity: number): Channel =>
  file({ capacity: String(capacity), transactionCapacity: String(capacity) });

/** One transaction of puts; the message of its failure, after which it was rolled back, or null. */
function putAll(channel: Channel, ...bodies: string[]): string | null {
  const transaction = begin(channel);
  let problem: string | null = null;
  for (const body of bodies) problem ??= put(channel, transaction, createEvent(body));
  if (problem === null) {
    const answer = commit(channel, transaction);
    if (answer !== 'committed') problem = answer.refused;
  }
  if (problem !== null) rollback(channel, transaction);
  return problem;
}

/** Takes so many events in an open transaction; null stands for an empty channel. */
function takeSome(channel: Channel, count: number, transaction = begin(channel)) {
  const bodies: (string | null)[] = [];
  for (let i = 0; i < count; i++) {
    const event = take(channel, transaction);
    if (event !== null && 'refused' in event) throw new Error(event.refused);
    bodies.push(event === null ? null : event.body);
  }
  return { bodies, transaction };
}

function takeAndCommit(channel: Channel, count: number): (string | null)[] {
  const { bodies, transaction } = takeSome(channel, count);
  expect(commit(channel, transaction)).toBe('committed');
  return bodies;
}

describe('memory channel', () => {
  it('F1 testTransactionPutCapacityOverload: a put list holds transactionCapacity events', () => {
    const problem = putAll(memoryOf(5, 2), 'a', 'b', 'c');
    expect(problem).toBe(
      'Put queue for MemoryTransaction of capacity 2 full, consider committing more frequently, ' +
        'increasing capacity or increasing thread count',
    );
  });

  it('F2 testCapacityOverload: a commit needs a slot for each event', () => {
    const channel = memoryOf(5, 3);
    expect(putAll(channel, 'a', 'b', 'c')).toBeNull();
    expect(putAll(channel, 'd', 'e', 'f')).toContain(
      "Space for commit to queue couldn't be acquired.",
    );
  });

  it('F3 testCapacityBufferEmptyingAfterTakeCommit', () => {
    const channel = memoryOf(3, 3);
    putAll(channel, 'a', 'b', 'c');
    takeAndCommit(channel, 2);
    expect(putAll(channel, 'd', 'e')).toBeNull();
  });

  it('F4 testCapacityBufferEmptyingAfterRollback', () => {
    const channel = memoryOf(3, 3);
    const transaction = begin(channel);
    for (const body of ['a', 'b', 'c']) put(channel, transaction, createEvent(body));
    rollback(channel, transaction);
    expect(putAll(channel, 'd', 'e', 'f')).toBeNull();
  });

  it('F5 testByteCapacityOverload: 2000 bytes less 20 % are 16 units, a body of 405 bytes takes 5', () => {
    const channel = memory({ byteCapacity: '2000', byteCapacityBufferPercentage: '20' });
    const body = 'x'.repeat(405);
    expect(putAll(channel, body, body, body)).toBeNull();
    expect(putAll(channel, body, body)).toContain(
      'Byte capacity allocated to store event body 1600.0reached',
    );
  });

  it('F7 testNegativeCapacities: both fall back to 100, with a warning each', () => {
    const own = createReport();
    const settings = readMemoryChannel(
      new Map([
        ['capacity', '-3'],
        ['transactionCapacity', '-1'],
      ]),
      own,
    );
    expect([settings.capacity, settings.transactionCapacity]).toEqual([100, 100]);
    expect(own.log.map((line) => line.text)).toEqual([
      'Invalid capacity specified, initializing channel to default capacity of 100',
      'Invalid transation capacity specified, initializing channel to default capacity of 100',
    ]);
  });

  it('E1 a failed commit leaves the transaction to be rolled back, and a take list is bounded', () => {
    const channel = memoryOf(3, 2);
    expect(putAll(channel, '1', '2')).toBeNull();
    expect(putAll(channel, '3', '4')).not.toBeNull();
    const { bodies, transaction } = takeSome(channel, 2);
    expect(bodies).toEqual(['1', '2']);
    expect(take(channel, transaction)).toEqual({
      refused: expect.stringContaining(
        'Take list for MemoryTransaction, capacity 2 full',
      ) as string,
    });
    rollback(channel, transaction);
    expect(takeAndCommit(channel, 1)).toEqual(['1']);
  });

  it('E2 an uncommitted take keeps its slot, and goes back to the head', () => {
    const channel = memoryOf(3, 3);
    putAll(channel, '2');
    const { transaction } = takeSome(channel, 1);
    expect(putAll(channel, '5', '6')).toBeNull();
    expect(putAll(channel, '7')).not.toBeNull();
    rollback(channel, transaction);
    expect(takeAndCommit(channel, 3)).toEqual(['2', '5', '6']);
  });

  it('counts eight bodies of 101 bytes into 16 units and refuses the ninth', () => {
    const channel = memory({ byteCapacity: '2000' });
    for (let i = 0; i < 8; i++) expect(putAll(channel, 'x'.repeat(101))).toBeNull();
    expect(putAll(channel, 'x'.repeat(101))).not.toBeNull();
  });

  it('loses everything at a crash, also what was taken and not committed', () => {
    const channel = memoryOf(5, 5);
    putAll(channel, 'a', 'b', 'c');
    takeSome(channel, 1);
    restartChannel(channel);
    expect(takeAndCommit(channel, 1)).toEqual([null]);
    expect(putAll(channel, '1', '2', '3', '4', '5')).toBeNull();
  });

  it('refuses a transactionCapacity above the capacity', () => {
    expect(() => memory({ capacity: '10' })).toThrow(
      'Transaction Capacity of Memory Channel cannot be higher than the capacity.',
    );
  });
});

describe('file channel', () => {
  it('F8 testFailAfterTakeBeforeCommit: uncommitted takes are back after a restart', () => {
    const channel = fileOf(10);
    putAll(channel, '1', '2', '3', '4', '5');
    takeSome(channel, 2);
    takeSome(channel, 3);
    writeCheckpoint(channel.store as FileChannel);
    restartChannel(channel);
    const back = takeAndCommit(channel, 6);
    // The order is that of a hash table; here it is backwards.
    expect(back.slice().sort()).toEqual(['1', '2', '3', '4', '5', null]);
  });

  it('cannot end a transaction that both put and took, and gives its events back at a restart', () => {
    const channel = fileOf(10);
    putAll(channel, '1');
    const mixed = begin(channel);
    take(channel, mixed);
    put(channel, mixed, createEvent('2'));
    const refused = 'nonzero puts and takes [channel=fc]';
    expect(commit(channel, mixed)).toEqual({ refused });
    expect(rollback(channel, mixed)).toBe(refused);
    expect(takeAndCommit(channel, 1)).toEqual([null]);
    restartChannel(channel);
    expect(takeAndCommit(channel, 2)).toEqual(['1', null]);
  });

  it('F9 testCapacity: a rolled back take frees no slot', () => {
    const channel = fileOf(5);
    putAll(channel, '1', '2', '3', '4', '5');
    const { transaction } = takeSome(channel, 1);
    rollback(channel, transaction);
    expect(putAll(channel, '6')).toMatch(
      /^The channel has reached it's capacity\..*\[channel=fc\]$/,
    );
    expect(takeAndCommit(channel, 5)).toEqual(['1', '2', '3', '4', '5']);
  });

  it('F11 testTakeTransactionCrossingCheckpoint: a commit behind the checkpoint still counts', () => {
    const channel = fileOf(3);
    putAll(channel, '1', '2', '3');
    const { transaction } = takeSome(channel, 1);
    writeCheckpoint(channel.store as FileChannel);
    commit(channel, transaction);
    restartChannel(channel);
    expect(takeAndCommit(channel, 3)).toEqual(['2', '3', null]);
  });

  it('replays 1 to 4 committed, 1 taken and committed, 2 taken, one uncommitted put as 2 3 4', () => {
    const channel = fileOf(10);
    putAll(channel, '1', '2', '3', '4');
    takeAndCommit(channel, 1);
    takeSome(channel, 1);
    put(channel, begin(channel), createEvent('5'));
    restartChannel(channel);
    expect(takeAndCommit(channel, 4)).toEqual(['2', '3', '4', null]);
    // All ten slots are free again: the void put gave its slot back.
    expect(putAll(channel, ...'a b c d e f g h i j'.split(' '))).toBeNull();
  });

  it('takes a slot at each put, before any commit', () => {
    const channel = fileOf(2);
    const open: Transaction = begin(channel);
    put(channel, open, createEvent('1'));
    put(channel, open, createEvent('2'));
    expect(putAll(channel, '3')).not.toBeNull();
    rollback(channel, open);
    expect(putAll(channel, '3')).toBeNull();
  });

  it('refuses puts and takes in one transaction', () => {
    const channel = fileOf(5);
    putAll(channel, '1');
    const { transaction } = takeSome(channel, 1);
    put(channel, transaction, createEvent('2'));
    expect(commit(channel, transaction)).toEqual({
      refused: 'nonzero puts and takes [channel=fc]',
    });
  });

  it('gives a null header back as an empty text', () => {
    const channel = fileOf(5);
    const transaction = begin(channel);
    put(channel, transaction, createEvent('x', -1, new Map([['h', null]])));
    commit(channel, transaction);
    const event = take(channel, begin(channel));
    expect(event).toMatchObject({ headers: new Map([['h', '']]) });
  });

  it.each([
    [
      { capacity: '5000' },
      'File Channel transaction capacity cannot be greater than the capacity of the channel.',
    ],
    [{ capacity: '10k' }, 'For input string: "10k"'],
  ])('refuses %o', (settings, message) => {
    expect(() => file(settings)).toThrow(message);
  });
});

describe('the life of a transaction', () => {
  it.each([
    ['NEW', 'put()', 'put() called when transaction is NEW!'],
    ['OPEN', 'begin()', 'begin() called when transaction is OPEN!'],
    ['COMPLETED', 'commit()', 'commit() called when transaction is COMPLETED!'],
  ] as const)('in state %s %s throws %s', (state, call, message) => {
    expect(() => checkCall({ ...createTransaction(0), state }, call)).toThrow(message);
  });

  it.each([
    ['NEW', 'begin()'],
    ['OPEN', 'take()'],
    ['OPEN', 'rollback()'],
  ] as const)('in state %s %s is allowed', (state, call) => {
    expect(() => checkCall({ ...createTransaction(0), state }, call)).not.toThrow();
  });
});
