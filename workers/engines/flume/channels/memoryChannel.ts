/**
 * `org.apache.flume.channel.MemoryChannel` (1.11.0): a bounded queue in the heap, with transactions.
 *
 * A put waits in its transaction's put list and needs a slot only at commit; a take hides its event
 * from others at once, but frees the slot only at commit; a rollback puts takes back at the head. A
 * crash or a stop loses everything that is in it.
 *
 * Simplifications: `queueStored` is the queue's length, since nothing here waits between acquiring a
 * permit and polling; the default byteCapacity takes the heap to be exactly the 20 MiB of flume-ng's
 * -Xmx20m.
 */
import { assert } from '../../../kernel/assert.ts';
import { getInteger, getIntegerOr, getLong, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import type { FlumeEvent } from '../event.ts';
import { clear, createDeque, pushBack, pushFront, shift } from './deque.ts';
import type { Deque } from './deque.ts';
import type { Commit, Take, Transaction } from './transaction.ts';

export interface MemoryChannelSettings {
  readonly kind: 'memory';
  readonly capacity: number;
  readonly transactionCapacity: number;
  /** Seconds that a take waits for an event, and a commit for room. */
  readonly keepAliveS: number;
  /** In units of 100 bytes of body. */
  readonly byteCapacityUnits: number;
}

export interface MemoryChannel {
  settings: MemoryChannelSettings;
  queue: Deque<FlumeEvent>;
  /** Free slots, those of uncommitted takes not counted. */
  queueRemaining: number;
  bytesRemaining: number;
}

const byteCapacitySlotSize = 100;
const defaultByteCapacity = Math.floor(20 * 1024 * 1024 * 0.8);
const noByteLimit = 2147483647;

/** `MemoryChannel.configure`: numbers that cannot be read fall back to defaults instead of failing. */
export function readMemoryChannel(context: Context, report: Report): MemoryChannelSettings {
  const capacity = positiveOr(context, 'capacity', report, 'Invalid capacity specified');
  const transactionCapacity = positiveOr(
    context,
    'transactionCapacity',
    report,
    'Invalid transation capacity specified',
  );
  if (transactionCapacity > capacity) {
    refuse(
      'IllegalStateException',
      'Transaction Capacity of Memory Channel cannot be higher than the capacity.',
    );
  }
  const buffer = getIntegerOr(context, 'byteCapacityBufferPercentage', 20);
  const byteCapacity = byteCapacityOf(context);
  const units = Math.trunc((byteCapacity * (1 - buffer * 0.01)) / byteCapacitySlotSize);
  return {
    kind: 'memory',
    capacity,
    transactionCapacity,
    keepAliveS: getIntegerOr(context, 'keep-alive', 3),
    byteCapacityUnits: units < 1 ? noByteLimit : Math.min(units, noByteLimit),
  };
}

function positiveOr(context: Context, key: string, report: Report, problem: string): number {
  const byDefault = 100;
  let value = byDefault;
  let readable = true;
  try {
    value = getInteger(context, key, byDefault);
  } catch {
    readable = false;
  }
  if (readable && value > 0) return value;
  warn(report, `${problem}, initializing channel to default capacity of ${byDefault}`);
  return byDefault;
}

function byteCapacityOf(context: Context): number {
  try {
    return getLong(context, 'byteCapacity', defaultByteCapacity);
  } catch {
    return defaultByteCapacity;
  }
}

export function createMemoryChannel(settings: MemoryChannelSettings): MemoryChannel {
  return {
    settings,
    queue: createDeque(),
    queueRemaining: settings.capacity,
    bytesRemaining: settings.byteCapacityUnits,
  };
}

/** Units of 100 bytes that a body costs; an empty one costs one, headers nothing. */
export function slotsOf(event: FlumeEvent): number {
  return Math.max(1, ((event.bodyBytes + byteCapacitySlotSize - 1) / byteCapacitySlotSize) | 0);
}

/** @returns the ChannelException's message, or null */
export function putIntoMemory(
  channel: MemoryChannel,
  transaction: Transaction,
  event: FlumeEvent,
): string | null {
  if (transaction.puts.length === channel.settings.transactionCapacity) {
    return (
      `Put queue for MemoryTransaction of capacity ${transaction.puts.length} full, consider ` +
      'committing more frequently, increasing capacity or increasing thread count'
    );
  }
  transaction.puts.push(event);
  transaction.putByteUnits += slotsOf(event);
  return null;
}

/** Null says that the real take would now wait keep-alive for an event. */
export function takeFromMemory(channel: MemoryChannel, transaction: Transaction): Take {
  if (transaction.takes.length === channel.settings.transactionCapacity) {
    return {
      refused:
        `Take list for MemoryTransaction, capacity ${transaction.takes.length} full, consider ` +
        'committing more frequently, increasing capacity, or increasing thread count',
    };
  }
  const event = shift(channel.queue);
  if (event === null) return null;
  transaction.takes.push(event);
  transaction.takeByteUnits += slotsOf(event);
  return event;
}

/** A refusal says what the real commit throws once keep-alive has passed without room. */
export function commitMemory(channel: MemoryChannel, transaction: Transaction): Commit {
  const { puts, takes } = transaction;
  const remainingChange = takes.length - puts.length;
  if (remainingChange < 0) {
    if (channel.bytesRemaining < transaction.putByteUnits) {
      const bytes = channel.settings.byteCapacityUnits * byteCapacitySlotSize;
      return {
        refused:
          // Java prints a double.
          `Cannot commit transaction. Byte capacity allocated to store event body ${bytes}.0reached. ` +
          'Please increase heap space/byte capacity allocated to the channel as the sinks may not ' +
          'be keeping up with the sources',
      };
    }
    if (channel.queueRemaining < -remainingChange) {
      return {
        refused:
          "Space for commit to queue couldn't be acquired. Sinks are likely not keeping up with " +
          'sources, or the buffer size is too tight',
      };
    }
    channel.bytesRemaining -= transaction.putByteUnits;
  }
  // A commit that frees as many slots as it fills asks for neither slots nor bytes.
  channel.queueRemaining += remainingChange;
  for (const event of puts) pushBack(channel.queue, event);
  channel.bytesRemaining += transaction.takeByteUnits;
  return 'committed';
}

export function rollbackMemory(channel: MemoryChannel, transaction: Transaction): void {
  for (let i = transaction.takes.length - 1; i >= 0; i--) {
    pushFront(channel.queue, transaction.takes[i] as FlumeEvent);
  }
  assert(
    channel.queue.length <= channel.settings.capacity,
    'rolled back takes have kept their slots',
  );
}

/** What `kill -9` leaves of it: nothing. */
export function loseMemory(channel: MemoryChannel): void {
  clear(channel.queue);
  channel.queueRemaining = channel.settings.capacity;
  channel.bytesRemaining = channel.settings.byteCapacityUnits;
}
