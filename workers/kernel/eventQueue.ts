/**
 * The pending events of a run in the order of (time, priority, sequence). Sequence makes the order total, so equal
 * times never depend on how a heap happens to lie.
 *
 * There are two heaps. Most events follow one another at once, while some hundred timers wait for seconds: the longest
 * wait of a fetch, the end of a session. In one heap every event would have to sift past all of these.
 */
export interface EventQueue<T> {
  readonly near: Heap<T>;
  readonly far: Heap<T>;
  nextSequence: number;
  /** The time of the event that was popped last. */
  nowUs: number;
}

/** A binary heap. Times and ranks stand in their own arrays because they are compared far more often than an event is touched. */
interface Heap<T> {
  timesUs: number[];
  /** priority × 2^40 + sequence: smaller runs first among equal times. */
  ranks: number[];
  items: T[];
}

const SEQUENCES = 1099511627776;

/** What lies further ahead waits in the far heap. Only speed depends on it. */
const NEAR_US = 20_000;

export function createEventQueue<T>(): EventQueue<T> {
  return { near: createHeap(), far: createHeap(), nextSequence: 0, nowUs: 0 };
}

/** Adds `item` at `timeUs`; among equal times a smaller `priority` (a whole number, may be negative) runs first. */
export function push<T>(queue: EventQueue<T>, timeUs: number, priority: number, item: T): void {
  const rank = priority * SEQUENCES + queue.nextSequence;
  queue.nextSequence += 1;
  siftUp(timeUs - queue.nowUs < NEAR_US ? queue.near : queue.far, timeUs, rank, item);
}

/** The time of the next event, or Infinity when nothing is pending. */
export function peekTimeUs<T>(queue: EventQueue<T>): number {
  const { near, far } = queue;
  const nearUs = near.items.length === 0 ? Infinity : near.timesUs[0]!;
  const farUs = far.items.length === 0 ? Infinity : far.timesUs[0]!;
  return nearUs < farUs ? nearUs : farUs;
}

/** How many events are pending. */
export function pendingCount<T>({ near, far }: EventQueue<T>): number {
  return near.items.length + far.items.length;
}

/** Removes and returns the next event. @throws when nothing is pending. */
export function pop<T>(queue: EventQueue<T>): T {
  const { near, far } = queue;
  const heap = isFirst(near, far) ? near : far;
  if (heap.items.length === 0) throw new Error('Broken invariant: pop of an empty event queue');
  queue.nowUs = heap.timesUs[0]!;
  return takeTop(heap);
}

/** A copy that shares the events themselves: a scheduled event is never changed. */
export function copyQueue<T>({ near, far, nextSequence, nowUs }: EventQueue<T>): EventQueue<T> {
  return { near: copyHeap(near), far: copyHeap(far), nextSequence, nowUs };
}

/** Whether the top of `a` runs before the top of `b`; an empty heap comes last. */
function isFirst<T>(a: Heap<T>, b: Heap<T>): boolean {
  if (a.items.length === 0) return false;
  if (b.items.length === 0) return true;
  const aUs = a.timesUs[0]!;
  const bUs = b.timesUs[0]!;
  return aUs < bUs || (aUs === bUs && a.ranks[0]! < b.ranks[0]!);
}

function createHeap<T>(): Heap<T> {
  return { timesUs: [], ranks: [], items: [] };
}

function copyHeap<T>({ timesUs, ranks, items }: Heap<T>): Heap<T> {
  return { timesUs: timesUs.slice(), ranks: ranks.slice(), items: items.slice() };
}

function siftUp<T>(heap: Heap<T>, timeUs: number, rank: number, item: T): void {
  const { timesUs, ranks, items } = heap;
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

/** The last entry takes the place of the top and sinks. */
function takeTop<T>({ timesUs, ranks, items }: Heap<T>): T {
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
