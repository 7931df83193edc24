/** What is drawn and measured of a Spark lane. */
import type { Anatomy, Graph } from '../../kernel/engine.ts';
import type { Gauge, Pipe } from '../../trace/format.ts';
import type { SparkConfig } from './config.ts';
import { changedSettings } from './settings.ts';
import { windowConfigOf } from './windowConfig.ts';

export const directStream = (lane: string): string => `${lane}/direct-stream`;
export const batches = (lane: string): string => `${lane}/batches`;
export const results = (lane: string): string => `${lane}/results`;

/** From a partition of the topic into the lane. */
export const readPipe = (partition: string, lane: string): string =>
  `${partition} > ${directStream(lane)}`;

/** Inside the lane, from the task that read a record into its batch. */
export const batchPipe = (lane: string): string => `${directStream(lane)} > ${batches(lane)}`;

export function anatomyOf(config: SparkConfig): Anatomy {
  const { id } = config;
  const { method } = windowConfigOf(config);
  const changedDefaults = changedSettings(config).map(
    ({ key, value, fallback }) => `${key} = ${value} (default ${fallback})`,
  );
  const common = { node: id, holds: 'queue', capacity: null, changedDefaults: [] } as const;
  return {
    parts: [
      {
        ...common,
        id: directStream(id),
        process: `${id}/executor`,
        glyph: 'receiver',
        label: 'direct stream',
        detail: 'DirectKafkaInputDStream',
        changedDefaults,
      },
      {
        ...common,
        id: batches(id),
        process: `${id}/driver`,
        glyph: 'batches',
        label: 'batches',
        detail: method,
      },
      {
        ...common,
        id: results(id),
        process: `${id}/driver`,
        glyph: 'results',
        label: 'results',
        detail: 'pprint()',
        holds: 'nothing',
      },
    ],
    gauges: [
      {
        id: `${batches(id)}:queue`,
        part: batches(id),
        label: 'batches waiting or running',
        unit: 'count',
      },
      {
        id: `${batches(id)}:scheduling-delay`,
        part: batches(id),
        label: 'scheduling delay',
        unit: 'us',
      },
      {
        id: `${batches(id)}:processing-delay`,
        part: batches(id),
        label: 'processing delay',
        unit: 'us',
      },
      { id: `${batches(id)}:state`, part: batches(id), label: 'pairs cached', unit: 'count' },
      {
        id: `${directStream(id)}:lag`,
        part: directStream(id),
        label: 'records behind',
        unit: 'records',
      },
      {
        id: `${directStream(id)}:rate-limit`,
        part: directStream(id),
        label: 'rate limit',
        unit: 'records',
      },
    ],
    series: [
      { id: `${id}:batch`, node: id, what: 'batch', label: 'batches' },
      { id: `${id}:job`, node: id, what: 'job', label: 'jobs' },
    ],
  };
}

export function pipesOf(config: SparkConfig, graph: Graph): readonly Pipe[] {
  const { id, source } = config;
  const read = graph.partitions(source.node, source.topic).map((partition) => ({
    id: readPipe(partition.id, id),
    from: partition.id,
    to: directStream(id),
    takes: false,
  }));
  return [...read, { id: batchPipe(id), from: directStream(id), to: batches(id), takes: true }];
}

/** How far the batches reach in each partition of the topic. */
export function positionGauges(config: SparkConfig, graph: Graph): readonly Gauge[] {
  const { id, source } = config;
  return graph.partitions(source.node, source.topic).map((_partition, n) => ({
    id: `${directStream(id)}:position-${n}`,
    part: directStream(id),
    label: `${source.topic}-${n} read up to`,
    unit: 'offset',
  }));
}
