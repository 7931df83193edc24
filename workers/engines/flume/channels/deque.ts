/**
 * A double-ended queue as plain data, a ring of doubling size: both ends in constant time, since a
 * channel puts at the tail, takes at the head and rolls back at the head.
 */
export interface Deque<T> {
  /** Its length is a power of two. */
  ring: (T | null)[];
  head: number;
  length: number;
}

export function createDeque<T>(): Deque<T> {
  return { ring: new Array<null>(16).fill(null), head: 0, length: 0 };
}

export function pushBack<T>(deque: Deque<T>, item: T): void {
  grow(deque);
  deque.ring[(deque.head + deque.length) & (deque.ring.length - 1)] = item;
  deque.length++;
}

export function pushFront<T>(deque: Deque<T>, item: T): void {
  grow(deque);
  deque.head = (deque.head - 1) & (deque.ring.length - 1);
  deque.ring[deque.head] = item;
  deque.length++;
}

/** Removes and returns the head, or null when there is none. */
export function shift<T>(deque: Deque<T>): T | null {
  if (deque.length === 0) return null;
  const item = deque.ring[deque.head] as T;
  deque.ring[deque.head] = null;
  deque.head = (deque.head + 1) & (deque.ring.length - 1);
  deque.length--;
  return item;
}

/** The items from head to tail. */
export function listItems<T>(deque: Deque<T>): T[] {
  const mask = deque.ring.length - 1;
  return Array.from(
    { length: deque.length },
    (_unused, i) => deque.ring[(deque.head + i) & mask] as T,
  );
}

export function clear<T>(deque: Deque<T>): void {
  deque.ring.fill(null);
  deque.head = 0;
  deque.length = 0;
}

function grow<T>(deque: Deque<T>): void {
  const { ring, head, length } = deque;
  if (length < ring.length) return;
  deque.ring = ring.slice(head).concat(ring.slice(0, head), new Array<null>(length).fill(null));
  deque.head = 0;
}
