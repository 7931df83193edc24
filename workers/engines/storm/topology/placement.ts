/**
 * Which task of a lane's topology runs in which worker.
 *
 * The lane's cluster has one supervisor of four slots for each worker, named `supervisor-1` on, and the
 * default scheduler deals the executors out. Every executor here has one task, as it is by default.
 */
import { assert, present } from '../../../kernel/assert.ts';
import { schedule } from '../scheduling/defaultScheduler.ts';
import { assignExecutors, type ComponentSpec, type TopologySettings } from './systemTopology.ts';

const slotsPorts = [6700, 6701, 6702, 6703];

export interface PlacedTask {
  /** From 1 on. */
  readonly task: number;
  readonly component: string;
  /** Index of its worker, from 0 on. */
  readonly worker: number;
}

/** All tasks in order of their ids. */
export function placeTasks(
  components: readonly ComponentSpec[],
  settings: TopologySettings,
): PlacedTask[] {
  const executors = assignExecutors(components, settings);
  // More workers than executors would have nothing to do.
  const workers = Math.min(settings['topology.workers'], executors.length);
  const supervisors = Array.from({ length: settings['topology.workers'] }, (_, i) => i + 1);
  const slots = supervisors.flatMap((n) =>
    slotsPorts.map((port) => ({ supervisor: `supervisor-${String(n)}`, port })),
  );
  const assignment = schedule(executors, [], { slots, taken: [] }, workers);
  return executors.map(({ component, startTask, endTask }) => {
    assert(startTask === endTask, 'an executor of a lane has one task');
    const worker = assignment.findIndex((one) =>
      one.executors.some((executor) => executor.startTask === startTask),
    );
    assert(worker >= 0, 'every executor has a worker');
    return { task: startTask, component, worker };
  });
}

/** The tasks of one component, ascending. */
export function tasksOf(placed: readonly PlacedTask[], component: string): PlacedTask[] {
  return placed.filter((one) => one.component === component);
}

/** The part that draws a task: `count`, or `parse-2` where there are several. */
export function partName(placed: readonly PlacedTask[], task: number): string {
  const { component } = present(
    placed.find((one) => one.task === task),
    `task ${String(task)}`,
  );
  const tasks = tasksOf(placed, component);
  const name = component.replace('__', '');
  const index = tasks.findIndex((one) => one.task === task);
  return tasks.length === 1 ? name : `${name}-${String(index + 1)}`;
}
