/**
 * Slots: the places for worker processes, one a port of a supervisor's machine.
 */
import { grownTableLength } from '../../../jvm/hashMapOrder.ts';
import { stringHash } from '../../../jvm/stringHash.ts';

export interface WorkerSlot {
  readonly supervisor: string;
  readonly port: number;
}

/** `sup1:6700`, as Storm writes a slot. */
export function slotName(slot: WorkerSlot): string {
  return `${slot.supervisor}:${String(slot.port)}`;
}

/**
 * `EvenScheduler.sortSlots` (Storm 2.8.8): first one slot of each supervisor, the one with the most
 * free ports first, then the second of each, and so on.
 */
export function sortSlots(free: readonly WorkerSlot[]): WorkerSlot[] {
  const groups = new Map<string, WorkerSlot[]>();
  for (const slot of [...free].sort(bySupervisorAndPort)) {
    const group = groups.get(slot.supervisor) ?? [];
    group.push(slot);
    groups.set(slot.supervisor, group);
  }
  const widestFirst = [...groups.values()].sort((a, b) => b.length - a.length);
  const longest = Math.max(0, ...widestFirst.map((group) => group.length));
  return Array.from({ length: longest }, (_, round) => round).flatMap((round) =>
    widestFirst.flatMap((group) => group.slice(round, round + 1)),
  );
}

/**
 * The order in which a `HashMap<WorkerSlot, …>` visits these slots. Slots of one bucket stay in the
 * given order, where the real map would keep the order of their insertion.
 */
export function slotHashOrder(slots: readonly WorkerSlot[]): WorkerSlot[] {
  const mask = grownTableLength(slots.length) - 1;
  const bucket = (slot: WorkerSlot) => {
    const hash = (stringHash(slot.supervisor) + 13 * slot.port) | 0;
    return (hash ^ (hash >>> 16)) & mask;
  };
  return [...slots].sort((a, b) => bucket(a) - bucket(b));
}

function bySupervisorAndPort(a: WorkerSlot, b: WorkerSlot): number {
  if (a.supervisor !== b.supervisor) return a.supervisor < b.supervisor ? -1 : 1;
  return a.port - b.port;
}
