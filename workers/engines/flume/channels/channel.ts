/**
 * A channel as sources and sinks see it (`org.apache.flume.Channel`, 1.11.0), whichever kind it is.
 */
import type { FlumeEvent } from '../event.ts';
import { listItems } from './deque.ts';
import {
  commitFile,
  createFileChannel,
  putIntoFile,
  replayFile,
  rollbackFile,
  takeFromFile,
} from './fileChannel.ts';
import type { FileChannel, FileChannelSettings } from './fileChannel.ts';
import {
  commitMemory,
  createMemoryChannel,
  loseMemory,
  putIntoMemory,
  rollbackMemory,
  takeFromMemory,
} from './memoryChannel.ts';
import type { MemoryChannel, MemoryChannelSettings } from './memoryChannel.ts';
import { checkCall, createTransaction } from './transaction.ts';
import type { Commit, Take, Transaction } from './transaction.ts';

export type ChannelSettings = MemoryChannelSettings | FileChannelSettings;

export interface Channel {
  readonly name: string;
  store: MemoryChannel | FileChannel;
  nextTransaction: number;
}

export function createChannel(name: string, settings: ChannelSettings): Channel {
  const store =
    settings.kind === 'memory' ? createMemoryChannel(settings) : createFileChannel(settings);
  return { name, store, nextTransaction: 0 };
}

/** One of an agent's few channels. */
export function channelNamed<C extends Channel>(
  channels: readonly C[],
  name: string,
): C | undefined {
  for (const channel of channels) if (channel.name === name) return channel;
  return undefined;
}

/** `getTransaction()` and `begin()`. */
export function begin(channel: Channel): Transaction {
  const transaction = createTransaction(channel.nextTransaction++);
  checkCall(transaction, 'begin()');
  transaction.state = 'OPEN';
  return transaction;
}

/** @returns the ChannelException's message, or null */
export function put(channel: Channel, transaction: Transaction, event: FlumeEvent): string | null {
  checkCall(transaction, 'put()');
  return isMemory(channel.store)
    ? putIntoMemory(channel.store, transaction, event)
    : putIntoFile(channel.name, channel.store, transaction, event);
}

export function take(channel: Channel, transaction: Transaction): Take {
  checkCall(transaction, 'take()');
  return isMemory(channel.store)
    ? takeFromMemory(channel.store, transaction)
    : takeFromFile(channel.name, channel.store, transaction);
}

export function commit(channel: Channel, transaction: Transaction): Commit {
  checkCall(transaction, 'commit()');
  const answer = isMemory(channel.store)
    ? commitMemory(channel.store, transaction)
    : commitFile(channel.name, channel.store, transaction);
  if (answer === 'committed') transaction.state = 'COMPLETED';
  return answer;
}

/** @returns the exception's message, or null */
export function rollback(channel: Channel, transaction: Transaction): string | null {
  checkCall(transaction, 'rollback()');
  transaction.state = 'COMPLETED';
  if (!isMemory(channel.store)) return rollbackFile(channel.name, channel.store, transaction);
  rollbackMemory(channel.store, transaction);
  return null;
}

/** Events that a take would find now. */
export function depth(channel: Channel): number {
  return channel.store.queue.length;
}

/** Slots that are used: by queued events, by uncommitted takes, and in a file channel by puts. */
export function usedSlots(channel: Channel): number {
  return channel.store.settings.capacity - channel.store.queueRemaining;
}

/** How long a take from the empty channel waits for an event; a file channel's answers at once. */
export function takeWaitS(channel: Channel): number {
  return isMemory(channel.store) ? channel.store.settings.keepAliveS : 0;
}

/** `kill -9` and a new start: a memory channel comes back empty, a file channel replays its log. */
export function restartChannel(channel: Channel): void {
  if (isMemory(channel.store)) loseMemory(channel.store);
  else replayFile(channel.store);
}

/** The queued events, oldest first; those that a transaction has taken are not among them. */
export function heldEvents(channel: Channel): FlumeEvent[] {
  return isMemory(channel.store)
    ? listItems(channel.store.queue)
    : listItems(channel.store.queue).map(({ event }) => event);
}

/** Whether committed events outlive the process. */
export function isDurable(channel: Channel): boolean {
  return !isMemory(channel.store);
}

function isMemory(store: MemoryChannel | FileChannel): store is MemoryChannel {
  return store.settings.kind === 'memory';
}
