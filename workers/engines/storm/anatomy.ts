/** What is drawn and measured of a Storm lane: one part a task, under the names of the program text. */
import type { Anatomy, Graph } from '../../kernel/engine.ts';
import type { Gauge, Part, PartGlyph, Pipe } from '../../trace/format.ts';
import { changedDefaults } from './changedDefaults.ts';
import { componentsOf, type StormConfig } from './config.ts';
import { partitionsForTask } from './kafkaSpout/partitionsForTask.ts';
import { partName, placeTasks, tasksOf, type PlacedTask } from './topology/placement.ts';

/** What was asked for last: a run asks some times at its start, and always for the same. */
let latest: { readonly config: StormConfig; readonly placed: readonly PlacedTask[] } | null = null;

export function placedTasks(config: StormConfig): readonly PlacedTask[] {
  if (latest?.config !== config) {
    const settings = { ...config, 'topology.max.task.parallelism': null };
    latest = { config, placed: placeTasks(componentsOf(config), settings) };
  }
  return latest.placed;
}

export const workerName = (worker: number): string => `worker-${String(worker + 1)}`;

/** Each worker has a task. */
export function workerNames(config: StormConfig): string[] {
  const workers = new Set(placedTasks(config).map(({ worker }) => worker));
  return Array.from(workers, (_, worker) => workerName(worker));
}

export const partOf = (config: StormConfig, placed: readonly PlacedTask[], task: number): string =>
  `${config.id}/${partName(placed, task)}`;

export const resultsPart = (lane: string): string => `${lane}/results`;

/** The windowed bolt's only task. */
export const countPart = (lane: string): string => `${lane}/count`;

export function anatomyOf(config: StormConfig): Anatomy {
  const placed = placedTasks(config);
  const parts = placed.map((one) => taskPart(config, placed, one));
  const count = countPart(config.id);
  const ackers = tasksOf(placed, '__acker').map(({ task }) => partOf(config, placed, task));
  return {
    parts: [...parts, resultsOf(config, placed)],
    gauges: [
      ...ackers.map((part) => ({
        id: `${part}:open`,
        part,
        label: 'open trees',
        unit: 'count' as const,
      })),
      { id: `${count}:state`, part: count, label: 'tuples in the window', unit: 'count' },
      { id: `${count}:watermark`, part: count, label: 'watermark', unit: 'us' },
    ],
    series: [],
  };
}

function taskPart(config: StormConfig, placed: readonly PlacedTask[], one: PlacedTask): Part {
  const drawn = drawing(config, one.component);
  return {
    id: partOf(config, placed, one.task),
    node: config.id,
    process: `${config.id}/${workerName(one.worker)}`,
    glyph: drawn.glyph,
    label: one.component,
    detail: drawn.detail,
    holds: one.component === '__acker' ? 'nothing' : 'queue',
    capacity: null,
    changedDefaults: changedDefaults(config, one.component),
  };
}

function drawing(config: StormConfig, component: string): { glyph: PartGlyph; detail: string } {
  if (component === 'spout') return { glyph: 'spout', detail: 'KafkaSpout' };
  if (component === '__acker') return { glyph: 'acker', detail: 'org.apache.storm.daemon.Acker' };
  if (component === 'parse') return { glyph: 'bolt', detail: 'BaseRichBolt' };
  return config.program.windowIntervalMs === null
    ? { glyph: 'bolt', detail: 'BaseRichBolt' }
    : { glyph: 'window-bolt', detail: 'BaseWindowedBolt' };
}

function resultsOf(config: StormConfig, placed: readonly PlacedTask[]): Part {
  const counting = placed.find(({ component }) => component === 'count');
  return {
    id: resultsPart(config.id),
    node: config.id,
    process: `${config.id}/${workerName(counting?.worker ?? 0)}`,
    glyph: 'results',
    label: 'results',
    detail: 'rows of the bolt',
    holds: 'nothing',
    capacity: null,
    changedDefaults: [],
  };
}

/** The partitions that a spout task reads, as parts, with their numbers. */
export function partitionsOfSpout(
  config: StormConfig,
  placed: readonly PlacedTask[],
  graph: Graph,
  task: number,
): { readonly part: string; readonly partition: number }[] {
  const parts = graph.partitions(config.source.node, config.source.topic);
  const spouts = tasksOf(placed, 'spout');
  const index = spouts.findIndex((spout) => spout.task === task);
  const numbers = partitionsForTask(
    parts.map((_, partition) => partition),
    index,
    spouts.length,
  );
  return numbers.map((partition) => ({ part: parts[partition]?.id ?? '', partition }));
}

/** How far a spout task has read a partition, and how far that is committed. */
export function offsetGauge(
  spoutPart: string,
  what: 'position' | 'committed',
  partition: number,
): string {
  return `${spoutPart}:${what}-${String(partition)}`;
}

/** The gauges that depend on how many partitions the topic has. */
export function gaugesOf(config: StormConfig, graph: Graph): readonly Gauge[] {
  const placed = placedTasks(config);
  return tasksOf(placed, 'spout').flatMap(({ task }) => {
    const part = partOf(config, placed, task);
    return partitionsOfSpout(config, placed, graph, task).flatMap(({ partition }) =>
      (['position', 'committed'] as const).map((what) => ({
        id: offsetGauge(part, what, partition),
        part,
        label: `${what} of ${config.source.topic}-${String(partition)}`,
        unit: 'offset' as const,
      })),
    );
  });
}

export const pipeId = (from: string, to: string): string => `${from} > ${to}`;

export function pipesOf(config: StormConfig, graph: Graph): readonly Pipe[] {
  const placed = placedTasks(config);
  const partsOf = (component: string) =>
    tasksOf(placed, component).map(({ task }) => ({ task, part: partOf(config, placed, task) }));
  const read = partsOf('spout').flatMap(({ task, part }) =>
    partitionsOfSpout(config, placed, graph, task).map((source) => pipe(source.part, part, false)),
  );
  const parsed = partsOf('spout').flatMap((spout) =>
    partsOf('parse').map((parse) => pipe(spout.part, parse.part, true)),
  );
  const counted = partsOf('parse').flatMap((parse) =>
    partsOf('count').map((count) => pipe(parse.part, count.part, true)),
  );
  return [...read, ...parsed, ...counted];
}

function pipe(from: string, to: string, takes: boolean): Pipe {
  return { id: pipeId(from, to), from, to, takes };
}
