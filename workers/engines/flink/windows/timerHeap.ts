/**
 * Timers of one operator subtask. A watermark fires all timers at or before it in the order of their
 * timestamps; timers of equal timestamp come out in the order of the binary heap, which surprises
 * people: a, b, c … g registered in that order fire as a g f e d c b.
 *
 * Follows Flink 1.20 `HeapPriorityQueue` (1-based array, compared by timestamp only). Whether a timer is
 * registered already is asked of its pane, not of the heap. RocksDB timers order ties by key bytes and are
 * not modelled.
 */

export interface Timer {
  readonly timestampMs: number;
  readonly key: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** Position 0 stays unused, so that the children of `i` are `2i` and `2i+1`. */
export type TimerHeap = (Timer | null)[];

export function createTimerHeap(): TimerHeap {
  return [null];
}

export function timerCount(heap: TimerHeap): number {
  return heap.length - 1;
}

/** The earliest timer, or null. */
export function peekTimer(heap: TimerHeap): Timer | null {
  return heap[1] ?? null;
}

export function addTimer(heap: TimerHeap, timer: Timer): void {
  heap.push(timer);
  siftUp(heap, heap.length - 1);
}

/** Removes and returns the earliest timer; null if there is none. */
export function pollTimer(heap: TimerHeap): Timer | null {
  const earliest = heap[1] ?? null;
  if (earliest !== null) removeAt(heap, 1);
  return earliest;
}

/** Removes the one timer with this timestamp, key and window; a no-op if there is none. */
export function deleteTimer(
  heap: TimerHeap,
  timestampMs: number,
  key: string,
  startMs: number,
  endMs: number,
): void {
  const index = heap.findIndex(
    (timer) =>
      timer !== null &&
      timer.timestampMs === timestampMs &&
      timer.key === key &&
      timer.startMs === startMs &&
      timer.endMs === endMs,
  );
  if (index > 0) removeAt(heap, index);
}

/** The last timer takes the freed place and moves down; if it did not move, it may have to move up. */
function removeAt(heap: TimerHeap, index: number): void {
  const last = heap.pop() as Timer;
  if (index === heap.length) return;
  heap[index] = last;
  siftDown(heap, index);
  if (heap[index] === last) siftUp(heap, index);
}

function siftUp(heap: TimerHeap, from: number): void {
  const timer = heap[from] as Timer;
  let index = from;
  while (index > 1) {
    const parent = heap[index >>> 1] as Timer;
    if (timer.timestampMs >= parent.timestampMs) break;
    heap[index] = parent;
    index >>>= 1;
  }
  heap[index] = timer;
}

function siftDown(heap: TimerHeap, from: number): void {
  const timer = heap[from] as Timer;
  let index = from;
  for (;;) {
    const child = smallerChild(heap, index);
    if (child === 0 || (heap[child] as Timer).timestampMs >= timer.timestampMs) break;
    heap[index] = heap[child] as Timer;
    index = child;
  }
  heap[index] = timer;
}

/** The right child only if it is strictly earlier; 0 if there is no child. */
function smallerChild(heap: TimerHeap, index: number): number {
  const left = 2 * index;
  if (left >= heap.length) return 0;
  const right = heap[left + 1] ?? null;
  return right !== null && right.timestampMs < (heap[left] as Timer).timestampMs ? left + 1 : left;
}
