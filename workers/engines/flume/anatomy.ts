/** What is drawn and measured of an agent: its components as parts, and the ways between them. */
import { present } from '../../kernel/assert.ts';
import type { Anatomy, Graph } from '../../kernel/engine.ts';
import type { Gauge, Part, PartGlyph, Pipe } from '../../trace/format.ts';
import type { FlumeConfig } from './config.ts';
import type { ComponentKind } from './configuration/componentTypes.ts';
import { readAgent } from './configuration/readAgent.ts';
import type { Agent } from './configuration/readAgent.ts';
import type { ConfiguredSink } from './configuration/materialize.ts';
import { changedDefaults } from './settingsTable.ts';
import { splitHdfsPath } from './sinks/hdfsOutlet.ts';
import type { SourceSettings } from './sources/sourceSettings.ts';

/** The name of a component's part. */
export function partId({ partIds }: Agent, kind: ComponentKind, name: string): string {
  return present(partIds[kind].get(name), `the ${kind} ${name}`);
}

export function anatomyOf(config: FlumeConfig): Anatomy {
  const agent = readAgent(config);
  const part = (
    glyph: ComponentKind,
    name: string,
    type: string,
    capacity: number | null,
  ): Part => ({
    id: partId(agent, glyph, name),
    node: config.id,
    process: `${config.id}/agent`,
    glyph: glyph satisfies PartGlyph,
    label: name,
    detail: type,
    holds: 'queue',
    capacity,
    changedDefaults: changedDefaults(config, glyph, name),
  });
  return {
    parts: [
      ...agent.sources.map(({ name, type }) => part('source', name, type, null)),
      ...agent.channels.map(({ name, type, settings }) =>
        part('channel', name, type, settings.capacity),
      ),
      ...agent.sinks.map(({ name, type }) => part('sink', name, type, null)),
    ],
    gauges: gaugesOf(agent),
    series: [],
  };
}

function gaugesOf(agent: Agent): Gauge[] {
  const gauge = (part: string, name: string, label: string): Gauge => ({
    id: `${part}:${name}`,
    part,
    label,
    unit: 'records',
  });
  const channels = agent.channels.flatMap(({ name }) => {
    const id = partId(agent, 'channel', name);
    return [gauge(id, 'depth', 'events in the channel'), gauge(id, 'slots', 'slots in use')];
  });
  const tailing = agent.sources.filter(({ settings }) => settings.kind === 'TAILDIR');
  const positions = tailing.flatMap(({ name }) => {
    const id = partId(agent, 'source', name);
    return [
      gauge(id, 'position', 'lines committed to the channels'),
      gauge(id, 'position-file', 'lines up to the written position'),
    ];
  });
  return [...channels, ...positions];
}

export function pipesOf(config: FlumeConfig, graph: Graph): Pipe[] {
  const agent = readAgent(config);
  const pipe = (from: string, to: string, takes: boolean): Pipe => ({
    id: `${from} > ${to}`,
    from,
    to,
    takes,
  });
  const inputs = agent.sources.flatMap(({ name, settings }) => {
    if (readDirectory(settings) === null || config.machine === null) return [];
    const source = partId(agent, 'source', name);
    return graph.parts(config.machine).map(({ id }) => pipe(id, source, false));
  });
  const puts = agent.sources.flatMap(({ name, channels }) =>
    channels.map((channel) =>
      pipe(partId(agent, 'source', name), partId(agent, 'channel', channel), true),
    ),
  );
  const sinks = agent.sinks.flatMap((sink) => {
    const id = partId(agent, 'sink', sink.name);
    const taken = pipe(partId(agent, 'channel', sink.channel), id, true);
    return [taken, ...targetParts(config, sink, graph).map((target) => pipe(id, target, true))];
  });
  return [...inputs, ...puts, ...sinks];
}

/** The directory whose files a source reads, or null for one that reads none. */
export function readDirectory(settings: SourceSettings): string | null {
  switch (settings.kind) {
    case 'TAILDIR':
      return settings.groups[0]?.directory ?? '';
    case 'spooldir':
      return settings.spoolDir;
    case 'exec':
      return settings.path.slice(0, settings.path.lastIndexOf('/'));
    default:
      return null;
  }
}

/** The parts of other nodes that a sink writes to. */
export function targetParts(config: FlumeConfig, sink: ConfiguredSink, graph: Graph): string[] {
  const { settings } = sink;
  switch (settings.kind) {
    case 'kafka': {
      const node = nodeOf(settings.producer['bootstrap.servers'][0] ?? '');
      return graph.partitions(node, settings.topic).map(({ id }) => id);
    }
    case 'hdfs':
      return graph.parts(hdfsNode(config, settings.path) ?? '').map(({ id }) => id);
    case 'avro': {
      const source = avroSourcePart(graph, settings.hostname, settings.port);
      return source === null ? [] : [source];
    }
    default:
      return [];
  }
}

/** The node of an HDFS path: its host, or the machine's default file system. */
export function hdfsNode(config: FlumeConfig, path: string): string | null {
  return splitHdfsPath(path).host ?? config.defaultFs;
}

/** The avro source of another agent that listens at the port. */
function avroSourcePart(graph: Graph, node: string, port: number): string | null {
  const peer = graph.node(node);
  if (peer?.type !== 'flume') return null;
  const config = peer as FlumeConfig;
  const agent = readAgent(config);
  const source = agent.sources.find(
    ({ settings }) => settings.kind === 'avro' && settings.port === port,
  );
  return source === undefined ? null : partId(agent, 'source', source.name);
}

/** The node of a full process name. */
function nodeOf(process: string): string {
  return process.slice(0, process.indexOf('/'));
}
