/**
 * An executor's receive queue: a ring of tuple numbers (a parsing bolt's go by the numbers of their trees), as the real one (`JCQueue`, Storm 2.8.8) is a ring buffer.
 *
 * Left out: it grows instead of being full (`topology.executor.receive.buffer.size`).
 */
import type { TupleNumber } from './state.ts';

export interface ReceiveQueue {
  /** As long as a power of two. */
  ring: Int32Array;
  /** The place of the oldest tuple. */
  head: number;
  size: number;
}

const FIRST_PLACES = 256;

export function createReceiveQueue(): ReceiveQueue {
  return { ring: new Int32Array(FIRST_PLACES), head: 0, size: 0 };
}

export function enqueue(queue: ReceiveQueue, tuple: TupleNumber): void {
  if (queue.size === queue.ring.length) grow(queue);
  queue.ring[placeOf(queue, queue.size)] = tuple;
  queue.size += 1;
}

/** Takes the oldest tuple. */
export function dequeue(queue: ReceiveQueue): TupleNumber {
  const tuple = queue.ring[queue.head]!;
  queue.head = placeOf(queue, 1);
  queue.size -= 1;
  return tuple;
}

/** The oldest first. */
export function queuedTuples(queue: ReceiveQueue): TupleNumber[] {
  return Array.from({ length: queue.size }, (_, n) => queue.ring[placeOf(queue, n)]!);
}

function placeOf({ ring, head }: ReceiveQueue, n: number): number {
  return (head + n) & (ring.length - 1);
}

function grow(queue: ReceiveQueue): void {
  const tuples = queuedTuples(queue);
  queue.ring = new Int32Array(2 * queue.ring.length);
  queue.ring.set(tuples);
  queue.head = 0;
}
