/**
 * The pending events of a run in the order of (time, priority, sequence). Sequence makes the order total, so equal
 * times never depend on how a heap happens to lie.
 *
 * An event here is the number of a slot; what is to happen stands in columns of whoever pushed it (pending.ts). Most
 * events follow one another at once, while some hundred timers wait for seconds: the longest wait of a fetch, the end
 * of a session. So the next few stand in a short sorted list, into which a new one slips near its end, and only the
 * others in a heap.
 */
export interface EventQueue {
  /** The next events, the very next one last. */
  readonly near: SlotList;
  /** A binary heap of the others. */
  readonly far: SlotList;
  /** By slot: priority × 2^40 + sequence. The smaller runs first among equal times. */
  readonly ranks: number[];
  /** Slots that were used and popped. */
  readonly free: number[];
  nextSequence: number;
  /** The time of the event that was popped last. */
  nowUs: number;
}

/** Times stand in their own array because they are compared far more often than a slot is looked into. */
interface SlotList {
  readonly timesUs: number[];
  readonly slots: number[];
}

const SEQUENCES = 1099511627776;

/** No slot. */
export const NOTHING = -1;

/** What lies further ahead waits in the heap, and so does what finds the list full. Only speed depends on them. */
const NEAR_US = 20_000;
const NEAR_MAX = 64;

export function createEventQueue(): EventQueue {
  return { near: emptyList(), far: emptyList(), ranks: [], free: [], nextSequence: 0, nowUs: 0 };
}

/**
 * Adds an event at `timeUs`; among equal times a smaller `priority` (a whole number, may be negative) runs first.
 * @returns its slot: a small number that no other pending event has
 */
export function push(queue: EventQueue, timeUs: number, priority: number): number {
  const { near, far, ranks, free } = queue;
  const slot = free.length > 0 ? free.pop()! : ranks.length;
  ranks[slot] = priority * SEQUENCES + queue.nextSequence;
  queue.nextSequence += 1;
  if (timeUs - queue.nowUs < NEAR_US && near.slots.length < NEAR_MAX)
    insert(near, ranks, timeUs, slot);
  else siftUp(far, ranks, timeUs, slot);
  return slot;
}

/** The time of the next event, or Infinity when nothing is pending. */
export function peekTimeUs({ near, far }: EventQueue): number {
  const nearUs = near.slots.length === 0 ? Infinity : near.timesUs[near.slots.length - 1]!;
  const farUs = far.slots.length === 0 ? Infinity : far.timesUs[0]!;
  return nearUs < farUs ? nearUs : farUs;
}

/** The largest number of events that were pending at once: an event that is popped leaves its slot to another. */
export function pendingMax({ ranks }: EventQueue): number {
  return ranks.length;
}

/** Removes the next event if it is due by `untilUs` and returns its slot, which the next push may use again; or NOTHING. */
export function popDue(queue: EventQueue, untilUs: number): number {
  const { near, far, ranks, free } = queue;
  const isNear = isNearFirst(near, far, ranks);
  if (!isNear && far.slots.length === 0) return NOTHING;
  const timeUs = isNear ? near.timesUs[near.slots.length - 1]! : far.timesUs[0]!;
  if (timeUs > untilUs) return NOTHING;
  queue.nowUs = timeUs;
  const slot = isNear ? takeLast(near) : takeTop(far, ranks);
  free.push(slot);
  return slot;
}

export function copyQueue({ near, far, ranks, free, nextSequence, nowUs }: EventQueue): EventQueue {
  return {
    near: { timesUs: near.timesUs.slice(), slots: near.slots.slice() },
    far: { timesUs: far.timesUs.slice(), slots: far.slots.slice() },
    ranks: ranks.slice(),
    free: free.slice(),
    nextSequence,
    nowUs,
  };
}

function emptyList(): SlotList {
  return { timesUs: [], slots: [] };
}

function isNearFirst(near: SlotList, far: SlotList, ranks: readonly number[]): boolean {
  const last = near.slots.length - 1;
  if (last < 0) return false;
  if (far.slots.length === 0) return true;
  const nearUs = near.timesUs[last]!;
  const farUs = far.timesUs[0]!;
  if (nearUs !== farUs) return nearUs < farUs;
  return ranks[near.slots[last]!]! < ranks[far.slots[0]!]!;
}

/** Moves what runs earlier towards the end, and puts the slot before it. */
function insert(
  { timesUs, slots }: SlotList,
  ranks: readonly number[],
  timeUs: number,
  slot: number,
): void {
  const rank = ranks[slot]!;
  let hole = slots.length;
  timesUs.push(timeUs);
  slots.push(slot);
  while (hole > 0) {
    const beforeUs = timesUs[hole - 1]!;
    if (beforeUs > timeUs || (beforeUs === timeUs && ranks[slots[hole - 1]!]! > rank)) break;
    timesUs[hole] = beforeUs;
    slots[hole] = slots[hole - 1]!;
    hole -= 1;
  }
  timesUs[hole] = timeUs;
  slots[hole] = slot;
}

function takeLast({ timesUs, slots }: SlotList): number {
  timesUs.pop();
  return slots.pop()!;
}

function siftUp(
  { timesUs, slots }: SlotList,
  ranks: readonly number[],
  timeUs: number,
  slot: number,
): void {
  const rank = ranks[slot]!;
  let hole = slots.length;
  timesUs.push(timeUs);
  slots.push(slot);
  while (hole > 0) {
    const parent = (hole - 1) >> 1;
    const parentUs = timesUs[parent]!;
    if (parentUs < timeUs || (parentUs === timeUs && ranks[slots[parent]!]! < rank)) break;
    timesUs[hole] = parentUs;
    slots[hole] = slots[parent]!;
    hole = parent;
  }
  timesUs[hole] = timeUs;
  slots[hole] = slot;
}

/** The last entry takes the place of the top and sinks. */
function takeTop({ timesUs, slots }: SlotList, ranks: readonly number[]): number {
  const top = slots[0]!;
  const slot = slots.pop()!;
  const timeUs = timesUs.pop()!;
  const length = slots.length;
  if (length === 0) return top;
  const rank = ranks[slot]!;
  let hole = 0;
  const firstLeaf = length >> 1;
  while (hole < firstLeaf) {
    let child = 2 * hole + 1;
    const right = child + 1;
    if (
      right < length &&
      (timesUs[right]! < timesUs[child]! ||
        (timesUs[right] === timesUs[child] && ranks[slots[right]!]! < ranks[slots[child]!]!))
    ) {
      child = right;
    }
    const childUs = timesUs[child]!;
    if (childUs > timeUs || (childUs === timeUs && ranks[slots[child]!]! > rank)) break;
    timesUs[hole] = childUs;
    slots[hole] = slots[child]!;
    hole = child;
  }
  timesUs[hole] = timeUs;
  slots[hole] = slot;
  return top;
}
