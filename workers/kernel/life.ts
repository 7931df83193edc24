import type { ProcessId } from './environment.ts';

/**
 * A process in one of its lives, as one whole number: timers and messages are for a life, so a crash makes those of
 * the life before void. Lives are counted from 0 and grow at each crash and at each return; a process is down in the odd ones.
 */
export type Life = number;

/** The lower bits are the process, those above them the life. */
const PROCESS_BITS = 12;
export const PROCESSES_MAX = 1 << PROCESS_BITS;

export function firstLife(process: ProcessId): Life {
  return process;
}

export function nextLife(life: Life): Life {
  return life + PROCESSES_MAX;
}

export function processOf(life: Life): ProcessId {
  return life & (PROCESSES_MAX - 1);
}

/** How many crashes and returns there were before. */
export function turnsBefore(life: Life): number {
  return life >> PROCESS_BITS;
}

export function isUp(life: Life): boolean {
  return turnsBefore(life) % 2 === 0;
}
