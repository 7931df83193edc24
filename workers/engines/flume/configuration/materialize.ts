/**
 * Pass B of reading a configuration (`AbstractConfigurationProvider.getConfiguration`, Flume 1.11.0):
 * each kept component reads its own settings and is wired to the others. One that refuses its settings
 * is removed, with what then hangs in the air; a type that cannot be loaded ends the process.
 */
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { readProperties } from '../../../jvm/properties.ts';
import { PatternSyntaxException } from '../../../jvm/regex/syntax.ts';
import { readChannelSettings } from '../channels/channelSettings.ts';
import type { ChannelSettings } from '../channels/channel.ts';
import { readInterceptors } from '../interceptors/chain.ts';
import type { Interceptor } from '../interceptors/chain.ts';
import { readProcessor } from '../processors/sinkProcessor.ts';
import type { ProcessorSettings } from '../processors/sinkProcessor.ts';
import { readSelector } from '../selectors/selector.ts';
import type { Selector } from '../selectors/selector.ts';
import { readSinkSettings, sinkBatchSize } from '../sinks/sinkSettings.ts';
import type { SinkSettings } from '../sinks/sinkSettings.ts';
import { readSourceSettings, sourceBatchSize } from '../sources/sourceSettings.ts';
import type { SourceSettings } from '../sources/sourceSettings.ts';
import { classOf, isOnClassPath } from './componentTypes.ts';
import type { ComponentKind } from './componentTypes.ts';
import { ConfigurationRefusal, refuse, subProperties } from './context.ts';
import { readFlumeConfiguration } from './flumeConfiguration.ts';
import type { AgentConfiguration, Component, SourceComponent } from './flumeConfiguration.ts';
import { createReport, warn } from './report.ts';
import type { Report } from './report.ts';

export interface ConfiguredChannel {
  readonly name: string;
  readonly type: string;
  readonly settings: ChannelSettings;
}

export interface ConfiguredSource {
  readonly name: string;
  readonly type: string;
  readonly settings: SourceSettings;
  /** In put order. */
  readonly channels: readonly string[];
  readonly selector: Selector;
  readonly interceptors: readonly Interceptor[];
}

export interface ConfiguredSink {
  readonly name: string;
  readonly type: string;
  readonly settings: SinkSettings;
  readonly channel: string;
}

/** One thread: a group, or a sink that runs alone. */
export interface ConfiguredRunner {
  readonly name: string;
  readonly processor: ProcessorSettings;
  readonly sinks: readonly ConfiguredSink[];
}

export interface MaterializedConfiguration {
  /** The whole text, of all agents, as keys and values. */
  readonly properties: ReadonlyMap<string, string>;
  readonly channels: readonly ConfiguredChannel[];
  readonly sources: readonly ConfiguredSource[];
  readonly runners: readonly ConfiguredRunner[];
  readonly report: Report;
  /** Components that the real agent would run and that are not modelled, as sentences. */
  readonly notModelled: readonly string[];
}

/** Ends the load: what the real provider throws and nobody catches. */
class FatalProblem extends Error {}

interface Load {
  readonly report: Report;
  readonly notModelled: string[];
}

/**
 * The agent `agentName` of a properties text. An agent that is not in it gives an empty configuration:
 * the real process stays up and idle.
 */
export function materializeConfiguration(
  text: string,
  agentName: string,
): MaterializedConfiguration {
  const report = createReport();
  const load: Load = { report, notModelled: [] };
  const { values: properties, problem } = readProperties(text);
  const read = { properties, report, notModelled: load.notModelled };
  const empty = { ...read, channels: [], sources: [], runners: [] };
  report.fatal = problem;
  const agents = readFlumeConfiguration(properties, report);
  if (report.fatal !== null) return empty;
  const agent = agents.get(agentName);
  if (agent === undefined) {
    warn(report, `No configuration found for this host:${agentName}`);
    return empty;
  }
  try {
    return { ...read, ...loadAgent(agent, load) };
  } catch (problemOfAll) {
    if (!(problemOfAll instanceof FatalProblem)) throw problemOfAll;
    report.fatal = problemOfAll.message;
    return empty;
  }
}

function loadAgent(agent: AgentConfiguration, load: Load) {
  const channels = agent.channels.flatMap((component) => loadChannel(component, load));
  const byName = new Map(channels.map((channel) => [channel.name, channel]));
  const sources = agent.sources.flatMap((component) => loadSource(component, byName, load));
  const sinks = agent.sinks.flatMap((component) => loadSink(component, byName, load));
  const runners = loadRunners(agent, sinks, load);
  const connected = new Set([
    ...sources.flatMap((source) => source.channels),
    ...sinks.map((sink) => sink.channel),
  ]);
  for (const { name } of channels) {
    if (connected.has(name)) continue;
    warn(load.report, `Channel ${name} has no components connected and has been removed.`);
  }
  return { channels: channels.filter((channel) => connected.has(channel.name)), sources, runners };
}

function loadChannel({ name, context }: Component, load: Load): ConfiguredChannel[] {
  const type = context.get('type') as string;
  return configured('Channel', 'channel', name, type, load, (className) => {
    const settings = readChannelSettings(className, context, load.report);
    return settings === null ? null : { name, type, settings };
  });
}

function loadSource(
  { name, context, channels }: SourceComponent,
  byName: ReadonlyMap<string, ConfiguredChannel>,
  load: Load,
): ConfiguredSource[] {
  const type = context.get('type') as string;
  return configured('Source', 'source', name, type, load, (className) => {
    const settings = readSourceSettings(className, context, load.report);
    if (settings === null) return null;
    const connected: string[] = [];
    for (const wanted of channels) {
      const channel = byName.get(wanted);
      if (channel === undefined) continue;
      checkBatch('source', name, sourceBatchSize(settings), channel);
      connected.push(channel.name);
    }
    if (connected.length === 0) {
      refuse('IllegalStateException', `Source ${name} is not connected to a channel`);
    }
    const selector = readSelector(subProperties(context, 'selector.'), connected);
    const interceptors = readInterceptors(context);
    return { name, type, settings, channels: connected, selector, interceptors };
  });
}

function loadSink(
  { name, context }: Component,
  byName: ReadonlyMap<string, ConfiguredChannel>,
  load: Load,
): ConfiguredSink[] {
  const type = context.get('type') as string;
  return configured('Sink', 'sink', name, type, load, (className) => {
    const settings = readSinkSettings(className, context, load.report);
    if (settings === null) return null;
    const channel = byName.get(context.get('channel') as string);
    if (channel === undefined) {
      refuse('IllegalStateException', `Sink ${name} is not connected to a channel`);
    }
    checkBatch('sink', name, sinkBatchSize(settings), channel);
    return { name, type, settings, channel: channel.name };
  });
}

/** One component, or none after a refusal; `read` gives null for a class that is not modelled. */
function configured<T>(
  title: string,
  kind: ComponentKind,
  name: string,
  type: string,
  load: Load,
  read: (className: string) => T | null,
): T[] {
  const className = classOf(kind, type);
  if (!isOnClassPath(kind, className)) {
    throw new FatalProblem(`Unable to load ${kind} type: ${type}, class: ${className}`);
  }
  const component = unlessRefused(`${title} ${name}`, load, () => read(className));
  if (component === undefined) return [];
  if (component === null) load.notModelled.push(`The ${kind} type ${type} is not modelled.`);
  return component === null ? [] : [component];
}

function loadRunners(
  agent: AgentConfiguration,
  sinks: readonly ConfiguredSink[],
  load: Load,
): ConfiguredRunner[] {
  const free = new Map(sinks.map((sink) => [sink.name, sink]));
  const runners: ConfiguredRunner[] = [];
  for (const group of agent.sinkGroups) {
    const members = group.sinks.map((name) => {
      const sink = free.get(name);
      if (sink === undefined) {
        throw new FatalProblem(
          `Sink ${name} of group ${group.name} does not exist or is not properly configured`,
        );
      }
      free.delete(name);
      return sink;
    });
    const processor = unlessRefused(`SinkGroup ${group.name}`, load, () =>
      readProcessor(subProperties(group.context, 'processor.'), group.sinks, load.report),
    );
    // The sinks of a refused group do not run alone: they are gone with it.
    if (processor !== undefined) runners.push({ name: group.name, processor, sinks: members });
  }
  for (const [name, sink] of free) {
    runners.push({ name, processor: { type: 'default' }, sinks: [sink] });
  }
  const order = hashMapOrder(runners.map(({ name }) => name));
  return runners.sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** `checkSourceChannelCompatibility`, `checkSinkChannelCompatibility`; equal is fine. */
function checkBatch(
  kind: 'source' | 'sink',
  name: string,
  batchSize: number | null,
  channel: ConfiguredChannel,
): void {
  if (batchSize === null) return;
  const { transactionCapacity } = channel.settings;
  if (batchSize <= transactionCapacity) return;
  const title = kind === 'source' ? 'Source' : 'Sink';
  refuse(
    'InstantiationException',
    `Incompatible ${kind} and channel settings defined. ${kind}'s batch size is greater than the ` +
      `channels transaction capacity. ${title}: ${name}, batch size = ${batchSize}, channel ` +
      `${channel.name}, transaction capacity = ${transactionCapacity}`,
  );
}

/** undefined after a refusal, which removes the component with an ERROR line. */
function unlessRefused<T>(title: string, load: Load, read: () => T): T | undefined {
  try {
    return read();
  } catch (problem) {
    const known = problem instanceof ConfigurationRefusal;
    if (!known && !(problem instanceof PatternSyntaxException)) throw problem;
    const exception = known ? problem.exception : 'PatternSyntaxException';
    const { logged, cause } = known ? problem.background : {};
    const error = (text: string) => load.report.log.push({ level: 'ERROR', text });
    if (logged !== undefined) error(logged);
    const removed = `${title} has been removed due to an error during configuration`;
    const behind = cause === undefined ? '' : `: ${cause}`;
    error(`${removed}: ${exception}: ${problem.message}${behind}`);
    return undefined;
  }
}
