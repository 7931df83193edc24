/**
 * What keeps a whole agent from running. Most mistakes in a properties file do not: they remove one
 * component and the rest goes on, which the agent's log tells.
 *
 * Simplification: a sink or source that cannot reach its machine is tried again every 3 s by the real
 * supervisor, for ever; here such an agent does not start.
 */
import type { Graph, Refusal } from '../../kernel/engine.ts';
import { hdfsNode, readDirectory, targetParts } from './anatomy.ts';
import type { FlumeConfig } from './config.ts';
import { readAgent } from './configuration/readAgent.ts';
import type { ConfiguredSink, ConfiguredSource } from './configuration/materialize.ts';

export function refusalsOf(config: FlumeConfig, graph: Graph): Refusal[] {
  const agent = readAgent(config);
  const { fatal } = agent.report;
  const refusals: Refusal[] = [];
  if (fatal !== null) {
    refusals.push(
      refusal(fatal, 'A fatal error occurred while running. Exception follows. (Application.main)'),
    );
  }
  for (const sentence of agent.notModelled) refusals.push(refusal(sentence, 'Stream Table'));
  for (const source of agent.sources) refusals.push(...sourceRefusals(config, source, graph));
  for (const sink of agent.sinks) refusals.push(...sinkRefusals(config, sink, graph));
  return refusals;
}

function refusal(message: string, source: string): Refusal {
  return { field: 'properties', message, source };
}

function sourceRefusals(config: FlumeConfig, source: ConfiguredSource, graph: Graph): Refusal[] {
  const directory = readDirectory(source.settings);
  if (directory === null) return [];
  if (config.machine !== null && hasProcess(graph, `${config.machine}/server`)) return [];
  return [
    refusal(`Directory does not exist: ${directory}`, `IllegalStateException (${source.type})`),
  ];
}

function sinkRefusals(config: FlumeConfig, sink: ConfiguredSink, graph: Graph): Refusal[] {
  const { settings } = sink;
  switch (settings.kind) {
    case 'kafka': {
      const servers = settings.producer['bootstrap.servers'];
      if (servers.some((server) => hasProcess(graph, server))) return [];
      return [
        refusal(
          'No resolvable bootstrap urls given in bootstrap.servers',
          'org.apache.kafka.common.config.ConfigException (ClientUtils.parseAndValidateAddresses)',
        ),
      ];
    }
    case 'hdfs': {
      const node = hdfsNode(config, settings.path) ?? 'localhost';
      if (hasProcess(graph, `${node}/namenode`)) return [];
      return [refusal(`java.net.UnknownHostException: ${node}`, 'HDFSEventSink')];
    }
    case 'avro':
      if (targetParts(config, sink, graph).length > 0) return [];
      return [
        refusal(
          `Unable to create Rpc client using hostname: ${settings.hostname}, port: ${settings.port}`,
          'FlumeException (AbstractRpcSink)',
        ),
      ];
    default:
      return [];
  }
}

export function hasProcess(graph: Graph, process: string): boolean {
  return graph.processes(process.slice(0, process.indexOf('/'))).includes(process);
}
