/**
 * The pending events of a run: a binary heap on (time, priority, sequence). Sequence makes the order total, so equal
 * times never depend on how the heap happens to lie. Times and ranks stand in their own arrays because the heap
 * compares them far more often than it touches an event.
 */
export interface EventQueue<T> {
  timesUs: number[];
  /** priority × 2^40 + sequence: smaller runs first among equal times. */
  ranks: number[];
  items: T[];
  nextSequence: number;
}

const SEQUENCES = 1099511627776;

export function createEventQueue<T>(): EventQueue<T> {
  return { timesUs: [], ranks: [], items: [], nextSequence: 0 };
}

/** Adds `item` at `timeUs`; among equal times a smaller `priority` (a whole number, may be negative) runs first. */
export function push<T>(queue: EventQueue<T>, timeUs: number, priority: number, item: T): void {
  const { timesUs, ranks, items } = queue;
  const rank = priority * SEQUENCES + queue.nextSequence;
  queue.nextSequence += 1;
  let hole = items.length;
  timesUs.push(timeUs);
  ranks.push(rank);
  items.push(item);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const parentTime = timesUs[parent]!;
    if (parentTime < timeUs || (parentTime === timeUs && ranks[parent]! < rank)) break;
    timesUs[hole] = parentTime;
    ranks[hole] = ranks[parent]!;
    items[hole] = items[parent]!;
    hole = parent;
  }
  timesUs[hole] = timeUs;
  ranks[hole] = rank;
  items[hole] = item;
}

/** The time of the next event, or Infinity when nothing is pending. */
export function peekTimeUs<T>(queue: EventQueue<T>): number {
  return queue.items.length === 0 ? Infinity : queue.timesUs[0]!;
}

/** Removes and returns the next event. @throws when nothing is pending. */
export function pop<T>(queue: EventQueue<T>): T {
  const { timesUs, ranks, items } = queue;
  if (items.length === 0) throw new Error('Broken invariant: pop of an empty event queue');
  const top = items[0]!;
  const item = items.pop()!;
  const timeUs = timesUs.pop()!;
  const rank = ranks.pop()!;
  const length = items.length;
  if (length === 0) return top;
  let hole = 0;
  const firstLeaf = length >> 1;
  while (hole < firstLeaf) {
    let child = 2 * hole + 1;
    const right = child + 1;
    if (
      right < length &&
      (timesUs[right]! < timesUs[child]! ||
        (timesUs[right] === timesUs[child] && ranks[right]! < ranks[child]!))
    ) {
      child = right;
    }
    const childTime = timesUs[child]!;
    if (childTime > timeUs || (childTime === timeUs && ranks[child]! > rank)) break;
    timesUs[hole] = childTime;
    ranks[hole] = ranks[child]!;
    items[hole] = items[child]!;
    hole = child;
  }
  timesUs[hole] = timeUs;
  ranks[hole] = rank;
  items[hole] = item;
  return top;
}

/** A copy that shares the events themselves: a scheduled event is never changed. */
export function copyQueue<T>(queue: EventQueue<T>): EventQueue<T> {
  return {
    timesUs: queue.timesUs.slice(),
    ranks: queue.ranks.slice(),
    items: queue.items.slice(),
    nextSequence: queue.nextSequence,
  };
}
