/**
 * `org.apache.storm.scheduler.DefaultScheduler` (Storm 2.8.8) for one topology: which executor runs in
 * which worker.
 *
 * Executors go round robin, by first task, over the slots; so every worker gets a mix of components.
 * Where workers have another size than the even split wants, healthy workers are freed too. A new idle
 * supervisor attracts nothing: only a failure, a squeezed topology or a rebalance moves executors.
 */
import type { Executor } from '../topology/systemTopology.ts';
import { slotHashOrder, slotName, sortSlots, type WorkerSlot } from './slots.ts';

export interface SlotAssignment {
  readonly slot: WorkerSlot;
  readonly executors: readonly Executor[];
}

export interface Cluster {
  /** Every slot of the supervisors that are present; a port that is hidden this round is not listed. */
  readonly slots: readonly WorkerSlot[];
  /** Slots that other topologies hold. */
  readonly taken: readonly WorkerSlot[];
}

/**
 * One round of scheduling.
 *
 * @param executors all executors of the topology, in order of their first task
 * @param alive what is still assigned: slots whose workers answered
 * @param numWorkers `topology.workers`, at most the number of executors
 */
export function schedule(
  executors: readonly Executor[],
  alive: readonly SlotAssignment[],
  cluster: Cluster,
  numWorkers: number,
): SlotAssignment[] {
  const assigned = alive.reduce((sum, worker) => sum + worker.executors.length, 0);
  if (numWorkers <= alive.length && assigned === executors.length) return [...alive];
  const present = new Set(cluster.slots.map(slotName));
  const reusable = alive.filter(({ slot }) => present.has(slotName(slot))).length;
  const target = Math.min(numWorkers, reusable + freeSlots(cluster, alive).length);
  const kept =
    target > alive.length || assigned < executors.length
      ? keepEvenSlots(alive, executors.length, target)
      : [...alive];
  return [...kept, ...scheduleEvenly(executors, kept, cluster, numWorkers)];
}

/** The alive slots whose size the even split still wants; all others are freed. */
export function keepEvenSlots(
  alive: readonly SlotAssignment[],
  executors: number,
  workers: number,
): SlotAssignment[] {
  // `badSlots` answers null for no workers at all, and nothing is freed.
  if (workers === 0) return [...alive];
  const base = Math.floor(executors / workers);
  const wanted = new Map([[base, workers - (executors % workers)]]);
  if (executors % workers > 0) wanted.set(base + 1, executors % workers);
  const bySlot = new Map(alive.map((worker) => [slotName(worker.slot), worker]));
  return slotHashOrder(alive.map(({ slot }) => slot)).flatMap((slot) => {
    const worker = bySlot.get(slotName(slot));
    const left = worker && wanted.get(worker.executors.length);
    if (!worker || !left) return [];
    wanted.set(worker.executors.length, left - 1);
    return [worker];
  });
}

/** `EvenScheduler.scheduleTopology`: the unassigned executors, round robin over the first free slots. */
export function scheduleEvenly(
  executors: readonly Executor[],
  kept: readonly SlotAssignment[],
  cluster: Cluster,
  numWorkers: number,
): SlotAssignment[] {
  const free = sortSlots(freeSlots(cluster, kept));
  const slots = free.slice(
    0,
    Math.max(0, Math.min(numWorkers, free.length + kept.length) - kept.length),
  );
  const held = new Set(
    kept.flatMap((worker) => worker.executors.map((executor) => executor.startTask)),
  );
  const unassigned = executors.filter((executor) => !held.has(executor.startTask));
  return slots
    .map((slot, k) => ({ slot, executors: unassigned.filter((_, i) => i % slots.length === k) }))
    .filter((worker) => worker.executors.length > 0);
}

function freeSlots(cluster: Cluster, held: readonly SlotAssignment[]): WorkerSlot[] {
  const used = new Set([...cluster.taken, ...held.map(({ slot }) => slot)].map(slotName));
  return cluster.slots.filter((slot) => !used.has(slotName(slot)));
}
