import type { FaultStep } from './faults.ts';
import type { Life } from './life.ts';
import { copyQueue, createEventQueue, popDue, push, type EventQueue } from './eventQueue.ts';

/**
 * What is to happen, in columns by the queue's slots: an object for each event would be most of a run's garbage.
 * Whoever takes an event reads its row before the next one is scheduled.
 */
export interface Pending {
  readonly queue: EventQueue;
  /** Whom it is for; nobody (−1) for a step of a fault. */
  readonly to: Life[];
  /** The sender of a message; −1 for a timer. */
  readonly from: Life[];
  /** A timer's event, a message, or a FaultStep. Never changed once it is scheduled, so copies share it. */
  readonly content: unknown[];
}

/** Faults come first among equal times: a process that dies at t does nothing more at t. */
const FAULT_PRIORITY = -1000;

export function createPending(): Pending {
  return {
    queue: createEventQueue(),
    to: [],
    from: [],
    content: [],
  };
}

export function copyPending(pending: Pending): Pending {
  return {
    queue: copyQueue(pending.queue),
    to: pending.to.slice(),
    from: pending.from.slice(),
    content: pending.content.slice(),
  };
}

export function addTimer(
  pending: Pending,
  timeUs: number,
  priority: number,
  to: Life,
  event: unknown,
): void {
  const slot = push(pending.queue, timeUs, priority);
  pending.to[slot] = to;
  pending.from[slot] = -1;
  pending.content[slot] = event;
}

export function addMessage(
  pending: Pending,
  timeUs: number,
  to: Life,
  from: Life,
  message: unknown,
): void {
  const slot = push(pending.queue, timeUs, 0);
  pending.to[slot] = to;
  pending.from[slot] = from;
  pending.content[slot] = message;
}

export function addFault(pending: Pending, timeUs: number, step: FaultStep): void {
  const slot = push(pending.queue, timeUs, FAULT_PRIORITY);
  pending.to[slot] = -1;
  pending.from[slot] = -1;
  pending.content[slot] = step;
}

/** Takes the next event out if it is due by `untilUs`, or NOTHING; its row stays readable until something new is scheduled. */
export function takeDue(pending: Pending, untilUs: number): number {
  return popDue(pending.queue, untilUs);
}
