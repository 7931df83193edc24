import type { FaultStep } from './faults.ts';
import { copyQueue, createEventQueue, popDue, push, type EventQueue } from './eventQueue.ts';

/**
 * What is to happen, in columns by the queue's slots: an object for each event would be most of a run's garbage.
 * Whoever takes an event reads its row before the next one is scheduled.
 */
export interface Pending {
  readonly queue: EventQueue;
  /** Whom it is for; nobody (−1) for a step of a fault. */
  readonly process: number[];
  /** The incarnation of that process when it was scheduled. */
  readonly incarnation: number[];
  /** The sender of a message and its incarnation; −1 for a timer. */
  readonly from: number[];
  readonly fromIncarnation: number[];
  /** A timer's event, a message, or a FaultStep. Never changed once it is scheduled, so copies share it. */
  readonly content: unknown[];
}

/** Faults come first among equal times: a process that dies at t does nothing more at t. */
const FAULT_PRIORITY = -1000;

export function createPending(): Pending {
  return {
    queue: createEventQueue(),
    process: [],
    incarnation: [],
    from: [],
    fromIncarnation: [],
    content: [],
  };
}

export function copyPending(pending: Pending): Pending {
  return {
    queue: copyQueue(pending.queue),
    process: pending.process.slice(),
    incarnation: pending.incarnation.slice(),
    from: pending.from.slice(),
    fromIncarnation: pending.fromIncarnation.slice(),
    content: pending.content.slice(),
  };
}

export function addTimer(
  pending: Pending,
  timeUs: number,
  priority: number,
  process: number,
  incarnation: number,
  event: unknown,
): void {
  const slot = push(pending.queue, timeUs, priority);
  pending.process[slot] = process;
  pending.incarnation[slot] = incarnation;
  pending.from[slot] = -1;
  pending.fromIncarnation[slot] = -1;
  pending.content[slot] = event;
}

export function addMessage(
  pending: Pending,
  timeUs: number,
  process: number,
  incarnation: number,
  from: number,
  fromIncarnation: number,
  message: unknown,
): void {
  const slot = push(pending.queue, timeUs, 0);
  pending.process[slot] = process;
  pending.incarnation[slot] = incarnation;
  pending.from[slot] = from;
  pending.fromIncarnation[slot] = fromIncarnation;
  pending.content[slot] = message;
}

export function addFault(pending: Pending, timeUs: number, step: FaultStep): void {
  const slot = push(pending.queue, timeUs, FAULT_PRIORITY);
  pending.process[slot] = -1;
  pending.incarnation[slot] = -1;
  pending.from[slot] = -1;
  pending.fromIncarnation[slot] = -1;
  pending.content[slot] = step;
}

/** Takes the next event out if it is due by `untilUs`, or NOTHING; its row stays readable until something new is scheduled. */
export function takeDue(pending: Pending, untilUs: number): number {
  return popDue(pending.queue, untilUs);
}
