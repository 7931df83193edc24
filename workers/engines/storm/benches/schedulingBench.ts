/** A bench of Nimbus: task ids, executors, and where the default scheduler puts them. */
import * as v from 'valibot';
import { schedule, type SlotAssignment } from '../scheduling/defaultScheduler.ts';
import { slotName, type WorkerSlot } from '../scheduling/slots.ts';
import { assignExecutors, assignTaskIds, type Executor } from '../topology/systemTopology.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';

const nullable = v.optional(v.nullable(natural), null);

interface NimbusBench {
  readonly executors: readonly Executor[];
  readonly workers: number;
  assignment: SlotAssignment[];
}

export const scheduler = benchOf({
  component: 'storm/scheduler',
  meaning:
    'Nimbus and one topology. Configuration: components with id, parallelismHint and topology.tasks; topology.workers, topology.acker.executors, topology.max.task.parallelism. Each step is a round: the slots that are there, and those whose workers are dead. Answers: first tasks of the executors by slot, in the order of their names.',
  config: v.strictObject({
    components: v.array(
      v.strictObject({ id: v.string(), parallelismHint: nullable, 'topology.tasks': nullable }),
    ),
    'topology.workers': v.optional(natural, 1),
    'topology.acker.executors': nullable,
    'topology.max.task.parallelism': nullable,
  }),
  step: v.strictObject({
    slots: v.array(v.strictObject({ supervisor: v.string(), port: natural })),
    dead: v.optional(v.array(v.string()), []),
  }),
  create({ components, ...settings }): NimbusBench {
    const executors = assignExecutors(components, settings);
    const tasks = assignTaskIds(components, settings).flatMap((component) => component.tasks);
    return {
      executors,
      workers: Math.min(settings['topology.workers'], tasks.length),
      assignment: [],
    };
  },
  play(nimbus, { slots, dead }) {
    const isThere = (slot: WorkerSlot) => slots.some((one) => slotName(one) === slotName(slot));
    const alive = nimbus.assignment.filter(
      ({ slot }) => isThere(slot) && !dead.includes(slotName(slot)),
    );
    // A slot whose worker is dead is hidden for the round.
    const visible = slots.filter((slot) => !dead.includes(slotName(slot)));
    nimbus.assignment = schedule(
      nimbus.executors,
      alive,
      { slots: visible, taken: [] },
      nimbus.workers,
    );
    return nimbus.assignment
      .map(({ slot, executors }) => ({
        slot: slotName(slot),
        tasks: executors.map(({ startTask }) => startTask),
      }))
      .sort((a, b) => (a.slot < b.slot ? -1 : 1))
      .map(({ slot, tasks }) => [slot, tasks]);
  },
});
