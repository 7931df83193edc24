/**
 * `org.apache.flume.channel.file.FileChannel` (1.11.0): a write-ahead log of puts, takes, commits and
 * rollbacks, and a queue in memory over it. Every checkpointInterval the queue and the transactions in
 * flight are saved; after a crash the checkpoint is loaded and the log behind it replayed, so that
 * committed puts without a committed take are back.
 *
 * Unlike the memory channel it takes a slot at each put, and a take from an empty one never waits.
 *
 * Simplifications: one log without files to roll, whose records hold the events themselves, so what
 * lies before a checkpoint can go at once; no encryption, no dual checkpoints, disks never fill, and two
 * channels on one directory do not lock each other out.
 */
import { assert } from '../../../kernel/assert.ts';
import { getInteger, getLong, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import type { FlumeEvent } from '../event.ts';
import { createDeque, listItems, pushBack, pushFront, shift } from './deque.ts';
import type { Deque } from './deque.ts';
import type { Commit, Take, Transaction } from './transaction.ts';

export interface FileChannelSettings {
  readonly kind: 'file';
  readonly capacity: number;
  readonly transactionCapacity: number;
  /** Seconds that a put waits for a slot. */
  readonly keepAliveS: number;
  readonly checkpointIntervalMs: number;
  readonly checkpointDir: string;
}

/** An event in the log; `pointer` is its write-order id. */
interface StoredEvent {
  readonly pointer: number;
  readonly event: FlumeEvent;
}

type LogRecord =
  | { kind: 'put'; transaction: number; stored: StoredEvent }
  | { kind: 'take'; transaction: number; pointer: number }
  | { kind: 'commit' | 'rollback'; transaction: number };

/** What transactions have done and not yet finished, by transaction id. */
interface InFlight {
  puts: Map<number, StoredEvent[]>;
  takes: Map<number, StoredEvent[]>;
}

export interface FileChannel {
  settings: FileChannelSettings;
  queue: Deque<StoredEvent>;
  queueRemaining: number;
  inFlight: InFlight;
  nextPointer: number;
  /** On disk. */
  checkpoint: { queue: StoredEvent[]; inFlight: InFlight };
  log: LogRecord[];
}

/** `FileChannel.configure`. */
export function readFileChannel(context: Context, report: Report): FileChannelSettings {
  const capacity = positiveOr(context, 'capacity', 1_000_000, report);
  const transactionCapacity = positiveOr(context, 'transactionCapacity', 10_000, report);
  if (transactionCapacity > capacity) {
    refuse(
      'IllegalStateException',
      'File Channel transaction capacity cannot be greater than the capacity of the channel.',
    );
  }
  const checkpointIntervalMs = getLong(context, 'checkpointInterval', 30_000);
  return {
    kind: 'file',
    capacity,
    transactionCapacity,
    keepAliveS: getInteger(context, 'keep-alive', 3),
    checkpointIntervalMs: checkpointIntervalMs <= 0 ? 30_000 : checkpointIntervalMs,
    checkpointDir: context.get('checkpointDir') ?? '~/.flume/file-channel/checkpoint',
  };
}

function positiveOr(context: Context, key: string, byDefault: number, report: Report): number {
  const value = getInteger(context, key, byDefault);
  if (value > 0) return value;
  warn(
    report,
    `Invalid ${key} specified, initializing channel to default capacity of ${byDefault}`,
  );
  return byDefault;
}

export function createFileChannel(settings: FileChannelSettings): FileChannel {
  return {
    settings,
    queue: createDeque(),
    queueRemaining: settings.capacity,
    inFlight: noneInFlight(),
    nextPointer: 0,
    checkpoint: { queue: [], inFlight: noneInFlight() },
    log: [],
  };
}

/** @returns the exception's message, which the real put throws after keep-alive without a slot */
export function putIntoFile(
  name: string,
  channel: FileChannel,
  transaction: Transaction,
  event: FlumeEvent,
): string | null {
  if (transaction.puts.length === channel.settings.transactionCapacity) {
    return (
      `Put queue for FileBackedTransaction of capacity ${transaction.puts.length} full, consider ` +
      `committing more frequently, increasing capacity or increasing thread count. [channel=${name}]`
    );
  }
  if (channel.queueRemaining === 0) {
    return (
      "The channel has reached it's capacity. This might be the result of a sink on the channel " +
      'having too low of batch size, a downstream system running slower than normal, or that the ' +
      `channel capacity is just too low. [channel=${name}]`
    );
  }
  channel.queueRemaining--;
  const stored = { pointer: channel.nextPointer++, event: withoutNulls(event) };
  channel.log.push({ kind: 'put', transaction: transaction.id, stored });
  addTo(channel.inFlight.puts, transaction.id, stored);
  transaction.puts.push(event);
  return null;
}

export function takeFromFile(name: string, channel: FileChannel, transaction: Transaction): Take {
  if (transaction.takes.length === channel.settings.transactionCapacity) {
    return {
      refused:
        `Take list for FileBackedTransaction, capacity ${transaction.takes.length} full, consider ` +
        `committing more frequently, increasing capacity, or increasing thread count. [channel=${name}]`,
    };
  }
  const stored = shift(channel.queue);
  if (stored === null) return null;
  channel.log.push({ kind: 'take', transaction: transaction.id, pointer: stored.pointer });
  addTo(channel.inFlight.takes, transaction.id, stored);
  transaction.takes.push(stored.event);
  return stored.event;
}

export function commitFile(name: string, channel: FileChannel, transaction: Transaction): Commit {
  const puts = channel.inFlight.puts.get(transaction.id) ?? [];
  const takes = channel.inFlight.takes.get(transaction.id) ?? [];
  if (puts.length > 0 && takes.length > 0) {
    return { refused: putsAndTakes(name) };
  }
  for (const stored of puts) pushBack(channel.queue, stored);
  channel.queueRemaining += takes.length;
  finish(channel, transaction, 'commit');
  return 'committed';
}

/** A transaction that both put and took cannot end at all: its takes are gone until the next start. */
export function rollbackFile(
  name: string,
  channel: FileChannel,
  transaction: Transaction,
): string | null {
  const puts = channel.inFlight.puts.get(transaction.id) ?? [];
  const takes = channel.inFlight.takes.get(transaction.id) ?? [];
  channel.queueRemaining += puts.length;
  if (puts.length > 0 && takes.length > 0) return putsAndTakes(name);
  for (let i = takes.length - 1; i >= 0; i--) pushFront(channel.queue, takes[i] as StoredEvent);
  finish(channel, transaction, 'rollback');
  return null;
}

function putsAndTakes(name: string): string {
  return `nonzero puts and takes [channel=${name}]`;
}

function finish(channel: FileChannel, transaction: Transaction, kind: 'commit' | 'rollback'): void {
  channel.inFlight.puts.delete(transaction.id);
  channel.inFlight.takes.delete(transaction.id);
  channel.log.push({ kind, transaction: transaction.id });
}

/** Saves queue and in-flight sets, so that the log before this moment is no longer needed. */
export function writeCheckpoint(channel: FileChannel): void {
  channel.checkpoint = {
    queue: listItems(channel.queue),
    inFlight: {
      puts: copyLists(channel.inFlight.puts),
      takes: copyLists(channel.inFlight.takes),
    },
  };
  channel.log = [];
}

/**
 * Start after a crash: the checkpoint, then the log behind it. Unfinished transactions are void. Their takes from
 * before the checkpoint return one by one to the head, so the order of the queue is not kept.
 *
 * Simplification: they return in the order in which they were taken, and come out backwards; the real ones return in
 * the hash order of transaction ids and file offsets.
 */
export function replayFile(channel: FileChannel): void {
  const { checkpoint } = channel;
  const puts = copyLists(checkpoint.inFlight.puts);
  const openTakes = copyLists(checkpoint.inFlight.takes);
  const takes = new Map<number, number[]>();
  const live = new Map(checkpoint.queue.map((stored) => [stored.pointer, stored]));
  for (const record of channel.log) {
    switch (record.kind) {
      case 'put':
        addTo(puts, record.transaction, record.stored);
        break;
      case 'take':
        addTo(takes, record.transaction, record.pointer);
        break;
      case 'commit':
        for (const stored of puts.get(record.transaction) ?? []) live.set(stored.pointer, stored);
        for (const pointer of takes.get(record.transaction) ?? []) live.delete(pointer);
        openTakes.delete(record.transaction);
        puts.delete(record.transaction);
        takes.delete(record.transaction);
        break;
      case 'rollback':
        puts.delete(record.transaction);
        takes.delete(record.transaction);
    }
  }
  channel.queue = createDeque();
  for (const stored of live.values()) pushBack(channel.queue, stored);
  for (const stored of [...openTakes.values()].flat()) pushFront(channel.queue, stored);
  channel.queueRemaining = channel.settings.capacity - channel.queue.length;
  channel.inFlight = noneInFlight();
  assert(channel.queueRemaining >= 0, 'a replayed channel fits its capacity');
  writeCheckpoint(channel);
}

/** A null header value does not survive the log: it comes back as an empty text. */
function withoutNulls(event: FlumeEvent): FlumeEvent {
  for (const value of event.headers.values()) {
    if (value !== null) continue;
    const headers = new Map<string, string>();
    for (const [key, text] of event.headers) headers.set(key, text ?? '');
    return { ...event, headers };
  }
  return event;
}

function noneInFlight(): InFlight {
  return { puts: new Map(), takes: new Map() };
}

function addTo<T>(lists: Map<number, T[]>, key: number, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function copyLists<T>(lists: ReadonlyMap<number, readonly T[]>): Map<number, T[]> {
  return new Map([...lists].map(([key, list]) => [key, list.slice()]));
}
