/**
 * The events that wait in a window manager, in the order of their arrival.
 *
 * Storm's own queue is a linked one, from whose middle an event can be taken. Here it is columns with a
 * moving head: almost all events leave at the head, and columns of numbers are quickly copied.
 */
import { growColumns, numbers } from '../../../kernel/columns.ts';
import { evict, type EvictionPolicy } from './evictionPolicy.ts';

/** A row an event, of which there are as many as `tuples`; what lies before `head` is gone. */
export interface EventQueue<T> {
  readonly tuples: T[];
  readonly columns: { tsMs: Float64Array };
  head: number;
}

export function createEventQueue<T>(): EventQueue<T> {
  return { tuples: [], columns: { tsMs: numbers() }, head: 0 };
}

export function queuedCount<T>(queue: EventQueue<T>): number {
  return queue.tuples.length - queue.head;
}

export function append<T>(queue: EventQueue<T>, tuple: T, tsMs: number): void {
  const { columns, tuples } = queue;
  const row = tuples.length;
  if (row === columns.tsMs.length) growColumns(columns);
  tuples.push(tuple);
  columns.tsMs[row] = tsMs;
}

export interface Scan<T> {
  readonly expired: T[];
  /** Those that belong to the window. */
  readonly processed: T[];
  /** Tuples of this window that the scan did not reach, because one ahead of its time ended it. */
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
  dropHead(queue);
  const { tuples } = queue;
  const { tsMs } = queue.columns;
  const expired: T[] = [];
  const processed: T[] = [];
  const hidden: T[] = [];
  let kept = queue.head;
  let next = queue.head;
  for (; next < tuples.length; next++) {
    const action = evict(policy, tsMs[next]!, nowMs);
    if (action === 'EXPIRE') {
      expired.push(tuples[next] as T);
      if (kept === queue.head) kept = queue.head = next + 1;
      continue;
    }
    if (!full) break;
    if (action === 'STOP') {
      collectHidden(queue, next + 1, policy, nowMs, hidden);
      break;
    }
    if (action === 'PROCESS') processed.push(tuples[next] as T);
    if (kept < next) moveRow(queue, next, kept);
    kept += 1;
  }
  closeGap(queue, kept, next);
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
  for (let row = from; row < queue.tuples.length; row++) {
    if (evict(policy, queue.columns.tsMs[row]!, nowMs) === 'PROCESS') {
      hidden.push(queue.tuples[row] as T);
    }
  }
}

function moveRow<T>({ tuples, columns }: EventQueue<T>, from: number, to: number): void {
  tuples[to] = tuples[from] as T;
  columns.tsMs[to] = columns.tsMs[from]!;
}

/** Moves the rows from `next` on up to `kept`. */
function closeGap<T>(queue: EventQueue<T>, kept: number, next: number): void {
  if (kept === next) return;
  const { tuples, columns } = queue;
  columns.tsMs.copyWithin(kept, next, tuples.length);
  tuples.splice(kept, next - kept);
}

/** Gives the room before the head back once it is more than the events themselves take. */
function dropHead<T>(queue: EventQueue<T>): void {
  const { head } = queue;
  if (head < 1024 || head * 2 < queue.tuples.length) return;
  queue.head = 0;
  closeGap(queue, 0, head);
}

/** How many events are not younger than the reference time; `getEventCount`. */
export function countUpTo<T>(
  { tuples, columns, head }: EventQueue<T>,
  referenceMs: number,
): number {
  let count = 0;
  for (let row = head; row < tuples.length; row++)
    if (columns.tsMs[row]! <= referenceMs) count += 1;
  return count;
}

/** The earliest event time in (startMs, endMs], or null; `getEarliestEventTs`. */
export function earliestBetween<T>(
  queue: EventQueue<T>,
  startMs: number,
  endMs: number,
): number | null {
  let earliestMs: number | null = null;
  for (let row = queue.head; row < queue.tuples.length; row++) {
    const eventMs = queue.columns.tsMs[row]!;
    const isBetween = eventMs > startMs && eventMs <= endMs;
    if (isBetween && (earliestMs === null || eventMs < earliestMs)) earliestMs = eventMs;
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
  for (let row = queue.head; row < queue.tuples.length; row++) {
    const eventMs = queue.columns.tsMs[row]!;
    if (eventMs <= startMs || eventMs > endMs) continue;
    latestMs = Math.max(latestMs, eventMs);
    seen += 1;
    if (seen % count === 0) timesMs.push(latestMs);
  }
  return timesMs;
}
