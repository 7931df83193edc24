/** What is drawn and measured of a Flink lane. */
import type { Anatomy, Graph } from '../../kernel/engine.ts';
import type { Gauge, Part, Pipe } from '../../trace/format.ts';
import type { FlinkConfig } from './config.ts';
import { splitOwner } from './splitOwner.ts';
import { windowConfigOf } from './windowing.ts';

export const sourcePart = (lane: string, subtask: number): string =>
  `${lane}/source-${subtask + 1}`;
export const windowPart = (lane: string, subtask: number): string =>
  `${lane}/window-${subtask + 1}`;
export const checkpointsPart = (lane: string): string => `${lane}/checkpoints`;
export const resultsPart = (lane: string): string => `${lane}/results`;

/** From a partition of the topic to the reader that owns it. */
export function readPipe(config: FlinkConfig, partition: string, index: number): string {
  const reader = splitOwner(config.source.topic, index, config['parallelism.default']);
  return `${partition} > ${sourcePart(config.id, reader)}`;
}

/** What `keyBy` does: from each source subtask to each window subtask. */
export function shufflePipe(lane: string, source: number, window: number): string {
  return `${sourcePart(lane, source)} > ${windowPart(lane, window)}`;
}

export function anatomyOf(config: FlinkConfig): Anatomy {
  const { id } = config;
  const subtasks = Array.from({ length: config['parallelism.default'] }, (_, subtask) => subtask);
  const parts = [
    ...subtasks.map((subtask) => sourceOf(config, subtask)),
    ...subtasks.map((subtask) => windowOf(config, subtask)),
    checkpointsOf(config),
    resultsOf(config),
  ];
  return {
    parts,
    gauges: [
      { id: `${id}:watermark`, part: windowPart(id, 0), label: 'watermark', unit: 'us' },
      ...subtasks.map((subtask) => ({
        id: `${sourcePart(id, subtask)}:lag`,
        part: sourcePart(id, subtask),
        label: 'records behind',
        unit: 'records' as const,
      })),
      ...subtasks.map((subtask) => ({
        id: `${windowPart(id, subtask)}:state`,
        part: windowPart(id, subtask),
        label: 'state entries',
        unit: 'count' as const,
      })),
    ],
    series: [{ id: `${id}:checkpoint`, node: id, what: 'checkpoint', label: 'checkpoints' }],
  };
}

function sourceOf(config: FlinkConfig, subtask: number): Part {
  return {
    id: sourcePart(config.id, subtask),
    node: config.id,
    process: `${config.id}/tm-${subtask + 1}`,
    glyph: 'operator',
    label: `Source: ${config.source.topic}`,
    detail: 'KafkaSource',
    holds: 'nothing',
    capacity: null,
    changedDefaults: changed(config, [
      ['execution.buffer-timeout.interval', 100],
      ['pipeline.auto-watermark-interval', 200],
    ]),
  };
}

function windowOf(config: FlinkConfig, subtask: number): Part {
  const windows = windowConfigOf(config);
  return {
    id: windowPart(config.id, subtask),
    node: config.id,
    process: `${config.id}/tm-${subtask + 1}`,
    glyph: 'window-operator',
    label: windows === null ? 'Keyed Reduce' : 'Window',
    detail: windows?.assigner.kind ?? 'KeyedStream.reduce',
    holds: 'nothing',
    capacity: null,
    changedDefaults: [],
  };
}

function checkpointsOf(config: FlinkConfig): Part {
  return {
    id: checkpointsPart(config.id),
    node: config.id,
    process: `${config.id}/jobmanager`,
    glyph: 'snapshots',
    label: 'Checkpoints',
    detail: 'JobManagerCheckpointStorage',
    holds: 'nothing',
    capacity: null,
    changedDefaults: changed(config, [
      ['execution.checkpointing.interval', null],
      ['execution.checkpointing.mode', 'EXACTLY_ONCE'],
      ['execution.checkpointing.unaligned.enabled', false],
      ['execution.checkpointing.timeout', 600_000],
      ['execution.checkpointing.min-pause', 0],
      ['restart-strategy.exponential-delay.initial-backoff', 1000],
    ]),
  };
}

function resultsOf(config: FlinkConfig): Part {
  return {
    id: resultsPart(config.id),
    node: config.id,
    process: `${config.id}/tm-1`,
    glyph: 'results',
    label: 'results',
    detail: config.deliveryGuarantee,
    holds: 'nothing',
    capacity: null,
    changedDefaults: [],
  };
}

/** Settings that differ from Flink's own default, as `key = value (default d)`. */
function changed(
  config: FlinkConfig,
  defaults: readonly (readonly [keyof FlinkConfig, string | number | boolean | null])[],
): string[] {
  return defaults.flatMap(([key, fallback]) =>
    config[key] === fallback
      ? []
      : [`${key} = ${written(config[key])} (default ${written(fallback)})`],
  );
}

function written(value: FlinkConfig[keyof FlinkConfig]): string {
  if (typeof value === 'number') return `${value} ms`;
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : 'none';
}

export function pipesOf(config: FlinkConfig, graph: Graph): readonly Pipe[] {
  const { id, source } = config;
  const subtasks = Array.from({ length: config['parallelism.default'] }, (_, subtask) => subtask);
  const readers = graph.partitions(source.node, source.topic).map((partition, index) => {
    const reader = splitOwner(source.topic, index, subtasks.length);
    const pipe = readPipe(config, partition.id, index);
    return { id: pipe, from: partition.id, to: sourcePart(id, reader), takes: false };
  });
  const shuffle = subtasks.flatMap((from) =>
    subtasks.map((to) => ({
      id: shufflePipe(id, from, to),
      from: sourcePart(id, from),
      to: windowPart(id, to),
      takes: true,
    })),
  );
  return [...readers, ...shuffle];
}

/** The gauge of how far a split has been read: the next offset of its reader. */
export function positionGauge(config: FlinkConfig, partition: number): string {
  const reader = splitOwner(config.source.topic, partition, config['parallelism.default']);
  return `${sourcePart(config.id, reader)}:position-${partition}`;
}

export function positionGauges(config: FlinkConfig, graph: Graph): readonly Gauge[] {
  const { topic, node } = config.source;
  return graph.partitions(node, topic).map((_, partition) => ({
    id: positionGauge(config, partition),
    part: sourcePart(config.id, splitOwner(topic, partition, config['parallelism.default'])),
    label: `next offset of ${topic}-${partition}`,
    unit: 'offset',
  }));
}
