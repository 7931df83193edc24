/**
 * The events that wait in a window manager, in the order of their arrival.
 *
 * Storm's own queue is a linked one, from whose middle an event can be taken; here it is an array
 * with a moving head, because almost all events leave at the head.
 */
import { evict, type EvictionPolicy } from './evictionPolicy.ts';

export interface WindowEvent<T> {
  readonly tuple: T;
  readonly tsMs: number;
  /** The number of the last firing that contained this event; 0 before the first. */
  lastFiring: number;
}

export interface EventQueue<T> {
  /** What lies before `head` is gone. */
  events: WindowEvent<T>[];
  head: number;
}

export function createEventQueue<T>(): EventQueue<T> {
  return { events: [], head: 0 };
}

export function queuedCount<T>(queue: EventQueue<T>): number {
  return queue.events.length - queue.head;
}

export interface Scan<T> {
  readonly expired: T[];
  readonly processed: WindowEvent<T>[];
  /** Events of this window that the scan did not reach, because one ahead of its time ended it. */
  readonly hidden: T[];
}

/**
 * Asks the policy about the events one by one and takes the expired ones out; `scanEvents`.
 *
 * @param full also look behind the first event that stays; otherwise only the head is compacted
 */
export function scanEvents<T>(
  queue: EventQueue<T>,
  policy: EvictionPolicy,
  nowMs: number,
  full: boolean,
): Scan<T> {
  const { events } = queue;
  const expired: T[] = [];
  const processed: WindowEvent<T>[] = [];
  const hidden: T[] = [];
  let kept = queue.head;
  let next = queue.head;
  for (; next < events.length; next++) {
    const event = events[next] as WindowEvent<T>;
    const action = evict(policy, event.tsMs, nowMs);
    if (action === 'EXPIRE') {
      expired.push(event.tuple);
      if (kept === queue.head) kept = queue.head = next + 1;
      continue;
    }
    if (!full) break;
    if (action === 'STOP') {
      collectHidden(queue, next + 1, policy, nowMs, hidden);
      break;
    }
    if (action === 'PROCESS') processed.push(event);
    events[kept++] = event;
  }
  closeGap(events, kept, next);
  dropHead(queue);
  return { expired, processed, hidden };
}

/** Storm does not look there; a learner should. */
function collectHidden<T>(
  queue: EventQueue<T>,
  from: number,
  policy: EvictionPolicy,
  nowMs: number,
  hidden: T[],
): void {
  if (policy.kind !== 'WatermarkTimeEvictionPolicy') return;
  for (let i = from; i < queue.events.length; i++) {
    const event = queue.events[i] as WindowEvent<T>;
    if (evict(policy, event.tsMs, nowMs) === 'PROCESS') hidden.push(event.tuple);
  }
}

/** Moves what was not scanned up to the survivors. */
function closeGap<T>(events: WindowEvent<T>[], kept: number, next: number): void {
  if (kept === next) return;
  events.copyWithin(kept, next);
  events.length -= next - kept;
}

/** Gives the room before the head back once it is more than the events themselves take. */
function dropHead<T>(queue: EventQueue<T>): void {
  if (queue.head < 1024 || queue.head * 2 < queue.events.length) return;
  queue.events.copyWithin(0, queue.head);
  queue.events.length -= queue.head;
  queue.head = 0;
}

/** How many events are not younger than the reference time; `getEventCount`. */
export function countUpTo<T>(queue: EventQueue<T>, referenceMs: number): number {
  let count = 0;
  for (let i = queue.head; i < queue.events.length; i++) {
    if ((queue.events[i] as WindowEvent<T>).tsMs <= referenceMs) count += 1;
  }
  return count;
}

/** The earliest event time in (startMs, endMs], or null; `getEarliestEventTs`. */
export function earliestBetween<T>(
  queue: EventQueue<T>,
  startMs: number,
  endMs: number,
): number | null {
  let earliestMs: number | null = null;
  for (let i = queue.head; i < queue.events.length; i++) {
    const { tsMs } = queue.events[i] as WindowEvent<T>;
    if (tsMs > startMs && tsMs <= endMs && (earliestMs === null || tsMs < earliestMs))
      earliestMs = tsMs;
  }
  return earliestMs;
}

/**
 * The reference times at which every `count`-th event of (startMs, endMs] fires: the greatest
 * event time seen so far in arrival order; `getSlidingCountTimestamps`.
 */
export function slidingCountTimes<T>(
  queue: EventQueue<T>,
  startMs: number,
  endMs: number,
  count: number,
): number[] {
  const timesMs: number[] = [];
  let seen = 0;
  let latestMs = Number.NEGATIVE_INFINITY;
  for (let i = queue.head; i < queue.events.length; i++) {
    const { tsMs } = queue.events[i] as WindowEvent<T>;
    if (tsMs <= startMs || tsMs > endMs) continue;
    latestMs = Math.max(latestMs, tsMs);
    seen += 1;
    if (seen % count === 0) timesMs.push(latestMs);
  }
  return timesMs;
}
