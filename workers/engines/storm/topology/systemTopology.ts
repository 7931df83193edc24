/**
 * From components to tasks to executors, as Nimbus does it (Storm 2.8.8, `StormCommon` and `Utils`).
 *
 * Nimbus adds the ackers, sorts all components by id as Java strings, and numbers the tasks from 1 on,
 * component by component. So in a topology of small letters the ackers get the lowest ids. The tasks
 * of a component are fixed for the topology's life; its executors, the threads that share them, are not.
 */
import { assert, present } from '../../../kernel/assert.ts';

/** A spout or bolt as a user declares it. */
export interface ComponentSpec {
  readonly id: string;
  /** The third argument of `setBolt`; executors, and tasks too unless `topology.tasks` says more. */
  readonly parallelismHint: number | null;
  readonly 'topology.tasks': number | null;
}

export interface TopologySettings {
  readonly 'topology.workers': number;
  /** Null: as many as workers. */
  readonly 'topology.acker.executors': number | null;
  readonly 'topology.max.task.parallelism': number | null;
}

export interface TaskIds {
  readonly component: string;
  /** Ascending. */
  readonly tasks: readonly number[];
}

/** An executor is named by its first and last task. */
export interface Executor {
  readonly component: string;
  readonly startTask: number;
  readonly endTask: number;
}

const ackerComponentId = '__acker';

/** Tasks of every component with at least one, in order of their ids. */
export function assignTaskIds(
  components: readonly ComponentSpec[],
  settings: TopologySettings,
): TaskIds[] {
  let next = 1;
  return withAckers(components, settings).map((component) => {
    const first = next;
    next += taskCount(component, settings);
    return { component: component.id, tasks: range(first, next) };
  });
}

/** The executors of all components, in order of their first task. */
export function assignExecutors(
  components: readonly ComponentSpec[],
  settings: TopologySettings,
): Executor[] {
  const specs = new Map(withAckers(components, settings).map((spec) => [spec.id, spec]));
  return assignTaskIds(components, settings).flatMap(({ component, tasks }) => {
    const hint = present(specs.get(component), component).parallelismHint ?? 1;
    return partitionFixed(tasks, hint).map((chunk) => ({
      component,
      startTask: present(chunk[0], 'an executor has a task'),
      endTask: present(chunk.at(-1), 'an executor has a task'),
    }));
  });
}

/** `Utils.partitionFixed`: at most `chunks` contiguous runs, the longer ones first. */
export function partitionFixed<T>(items: readonly T[], chunks: number): T[][] {
  assert(chunks > 0, 'a component has at least one executor');
  const runs: T[][] = [];
  let from = 0;
  for (let chunk = 0; chunk < Math.min(chunks, items.length); chunk++) {
    const size = Math.floor(items.length / chunks) + (chunk < items.length % chunks ? 1 : 0);
    runs.push(items.slice(from, from + size));
    from += size;
  }
  return runs;
}

function withAckers(
  components: readonly ComponentSpec[],
  settings: TopologySettings,
): ComponentSpec[] {
  const ackers = settings['topology.acker.executors'] ?? settings['topology.workers'];
  const all = [...components];
  // Without ackers the component exists, but it has no tasks.
  if (ackers > 0)
    all.push({ id: ackerComponentId, parallelismHint: ackers, 'topology.tasks': null });
  return all.sort((a, b) => (a.id < b.id ? -1 : 1));
}

function taskCount(component: ComponentSpec, settings: TopologySettings): number {
  const wanted = component['topology.tasks'] ?? component.parallelismHint ?? 1;
  return Math.min(wanted, settings['topology.max.task.parallelism'] ?? wanted);
}

function range(from: number, end: number): number[] {
  return Array.from({ length: end - from }, (_, i) => from + i);
}
