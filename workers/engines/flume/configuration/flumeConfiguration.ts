/**
 * Pass A of reading a configuration (`org.apache.flume.conf.FlumeConfiguration`, 1.11.0): from
 * properties to agents with the components that can be kept. A mistake drops its component with a log
 * line and an error entry, and the rest goes on; only an agent that is left without channels, or
 * without any source and sink, is dropped whole.
 *
 * Simplifications: properties of one hash bucket are visited in the order of the text, which shows only
 * in the order of log lines; config filters are not run.
 */
import { copiedTableLength, hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { ConfigurationRefusal, refuse, splitNames, subProperties } from './context.ts';
import type { Context } from './context.ts';
import { addError, warn } from './report.ts';
import type { ErrorType, Report } from './report.ts';

const sections = ['sources', 'sinks', 'channels', 'sinkgroups', 'configfilters'] as const;
type Section = (typeof sections)[number];

/** One agent as its properties describe it, before anything is checked. */
interface RawAgent {
  lists: Map<Section, string>;
  contexts: Map<Section, Map<string, Map<string, string>>>;
}

export interface Component {
  name: string;
  context: Context;
}

export interface SourceComponent extends Component {
  /** In the order in which the source will write to them, which is hash order. */
  channels: string[];
}

export interface GroupComponent extends Component {
  sinks: string[];
}

export interface AgentConfiguration {
  channels: Component[];
  sources: SourceComponent[];
  sinks: Component[];
  sinkGroups: GroupComponent[];
}

/** All valid agents of one properties file, by name. */
export function readFlumeConfiguration(
  properties: ReadonlyMap<string, string>,
  report: Report,
): Map<string, AgentConfiguration> {
  const raw = new Map<string, RawAgent>();
  for (const key of hashMapOrder(properties.keys())) {
    const value = properties.get(key) as string;
    if (addRawProperty(raw, key.trim(), value.trim(), report)) continue;
    warn(report, `Configuration property ignored: ${key} = ${value}`);
  }
  const agents = new Map<string, AgentConfiguration>();
  for (const name of hashMapOrder(raw.keys())) {
    const agent = validateAgent(name, raw.get(name) as RawAgent, report);
    if (agent !== null) {
      agents.set(name, agent);
      continue;
    }
    warn(report, `Agent configuration invalid for agent '${name}'. It will be removed.`);
    addError(report, 'AGENT_CONFIGURATION_INVALID', name);
  }
  return agents;
}

/** @returns whether the property has a place; its error is in the report otherwise */
function addRawProperty(
  agents: Map<string, RawAgent>,
  name: string,
  value: string,
  report: Report,
): boolean {
  const dot = name.indexOf('.');
  const agentName = name.slice(0, dot);
  const key = name.slice(dot + 1);
  const problem = problemOf(dot, key, value);
  if (problem !== null) {
    addError(report, problem, name);
    return false;
  }
  const agent = agents.get(agentName) ?? { lists: new Map(), contexts: new Map() };
  agents.set(agentName, agent);
  const list = sections.find((section) => section === key);
  if (list !== undefined) {
    agent.lists.set(list, value);
    return true;
  }
  if (addComponentProperty(agent, key, value)) return true;
  warn(report, `Invalid property specified: ${key}`);
  addError(report, 'INVALID_PROPERTY', agentName, key);
  return false;
}

function problemOf(dot: number, key: string, value: string): ErrorType | null {
  if (value === '') return 'PROPERTY_VALUE_NULL';
  if (dot <= 0) return 'AGENT_NAME_MISSING';
  return key === '' ? 'PROPERTY_NAME_NULL' : null;
}

/** `<section>.<name>.<key>`; a name ends at the next dot, so it cannot contain one. */
function addComponentProperty(agent: RawAgent, key: string, value: string): boolean {
  const section = sections.find((candidate) => key.startsWith(`${candidate}.`));
  if (section === undefined) return false;
  const start = section.length + 1;
  const dot = key.indexOf('.', start + 1);
  if (dot < 0 || dot + 1 === key.length) return false;
  const name = key.slice(start, dot).trim();
  const contexts = agent.contexts.get(section) ?? new Map<string, Map<string, string>>();
  agent.contexts.set(section, contexts);
  const context = contexts.get(name) ?? new Map<string, string>();
  contexts.set(name, context);
  context.set(key.slice(dot + 1), value);
  return true;
}

/** @returns null for an agent that has to be removed */
function validateAgent(name: string, agent: RawAgent, report: Report): AgentConfiguration | null {
  if (!agent.lists.has('configfilters')) {
    warn(report, `Agent configuration for '${name}' has no configfilters.`);
  }
  if (!agent.lists.has('channels')) {
    warn(
      report,
      `Agent configuration for '${name}' does not contain any channels. Marking it as invalid.`,
    );
    addError(report, 'PROPERTY_VALUE_NULL', name, 'channels');
    return null;
  }
  const channels = validateChannels(name, agent, report);
  if (channels.length === 0) {
    warn(
      report,
      `Agent configuration for '${name}' does not contain any valid channels. Marking it as invalid.`,
    );
    addError(report, 'PROPERTY_VALUE_NULL', name, 'channels');
    return null;
  }
  const channelNames = new Set(channels.map((channel) => channel.name));
  const sources = validateSources(name, agent, channelNames, report);
  const sinks = validateSinks(name, agent, channelNames, report);
  const sinkGroups = validateGroups(name, agent, sinks, report);
  if (sources.length === 0 && sinks.length === 0) {
    warn(
      report,
      `Agent configuration for '${name}' has no sources or sinks. Will be marked invalid.`,
    );
    addError(report, 'PROPERTY_VALUE_NULL', name, 'sources');
    addError(report, 'PROPERTY_VALUE_NULL', name, 'sinks');
    return null;
  }
  return { channels, sources, sinks, sinkGroups };
}

function validateChannels(agentName: string, agent: RawAgent, report: Report): Component[] {
  const kept: Component[] = [];
  for (const name of listed(agent, 'channels')) {
    const context = agent.contexts.get('channels')?.get(name);
    if (context === undefined) {
      addError(report, 'CONFIG_ERROR', agentName, name);
      continue;
    }
    keepUnlessRefused(report, `Could not configure channel ${name} due to: `, () => {
      requireType(name, context, report);
      kept.push({ name, context });
    });
  }
  return kept;
}

function validateSources(
  agentName: string,
  agent: RawAgent,
  channelNames: ReadonlySet<string>,
  report: Report,
): SourceComponent[] {
  if (!agent.lists.has('sources')) {
    warn(report, `Agent configuration for '${agentName}' has no sources.`);
    addError(report, 'PROPERTY_VALUE_NULL', agentName, 'sources', 'WARNING');
    return [];
  }
  const kept: SourceComponent[] = [];
  for (const name of listed(agent, 'sources')) {
    const context = agent.contexts.get('sources')?.get(name);
    if (context === undefined) {
      addError(report, 'CONFIG_ERROR', agentName, name);
      warn(report, `Configuration empty for: ${name}.Removed.`);
      continue;
    }
    keepUnlessRefused(report, `Could not configure source  ${name} due to: `, () => {
      requireType(name, context, report);
      requireSourceChannels(name, context, report);
      const wanted = hashMapOrder(splitNames(context.get('channels') as string));
      const channels = wanted.filter((channel) => channelNames.has(channel));
      if (channels.length === 0) {
        refuse('ConfigurationException', `No Channels configured for ${name}`);
      }
      kept.push({ name, context, channels });
    });
  }
  return kept;
}

function requireSourceChannels(name: string, context: Context, report: Report): void {
  if (!context.has('channels')) {
    addError(report, 'PROPERTY_VALUE_NULL', name, 'Channel');
    addError(report, 'CONFIG_ERROR', name, 'ChannelSelector');
    refuse(
      'ConfigurationException',
      `Failed to configure component!: ConfigurationException: No channels set for ${name}`,
    );
  }
  // This selector was shipped without the constant that its configuration looks up.
  const selector = subProperties(context, 'selector.').get('type')?.toLowerCase();
  if (
    selector === 'load_balancing' ||
    selector === 'org.apache.flume.channel.loadbalancingchannelselector'
  ) {
    addError(report, 'CONFIG_ERROR', name, 'ChannelSelector');
    refuse(
      'ConfigurationException',
      'Failed to configure component!: ConfigurationException: Could not create configuration!  Due to ' +
        'IllegalArgumentException: No enum constant ' +
        'org.apache.flume.conf.channel.ChannelSelectorConfiguration.ChannelSelectorConfigurationType.LOAD_BALANCING',
    );
  }
}

function validateSinks(
  agentName: string,
  agent: RawAgent,
  channelNames: ReadonlySet<string>,
  report: Report,
): Component[] {
  if (!agent.lists.has('sinks')) {
    warn(report, `Agent configuration for '${agentName}' has no sinks.`);
    addError(report, 'PROPERTY_VALUE_NULL', agentName, 'sinks', 'WARNING');
    return [];
  }
  const kept: Component[] = [];
  for (const name of listed(agent, 'sinks')) {
    const context = agent.contexts.get('sinks')?.get(name);
    if (context === undefined) {
      warn(report, `no context for sink${name}`);
      addError(report, 'CONFIG_ERROR', agentName, name);
      continue;
    }
    keepUnlessRefused(report, `Could not configure sink  ${name} due to: `, () => {
      requireType(name, context, report);
      const channel = context.get('channel');
      if (channel === undefined) {
        addError(report, 'PROPERTY_VALUE_NULL', name, 'channel');
        return refuse('ConfigurationException', `No channel configured for sink: ${name}`);
      }
      if (!channelNames.has(channel)) {
        refuse('ConfigurationException', `Channel ${channel} not in active set.`);
      }
      kept.push({ name, context });
    });
  }
  return kept;
}

/** What a JDK 17 says of the null that the list is then. */
const noSinks =
  'Cannot invoke "String.split(String)" because the return value of ' +
  '"org.apache.flume.Context.getString(String)" is null';

function validateGroups(
  agentName: string,
  agent: RawAgent,
  sinks: readonly Component[],
  report: Report,
): GroupComponent[] {
  const sinkNames = new Set(sinks.map((sink) => sink.name));
  const groupOf = new Map<string, string>();
  const kept: GroupComponent[] = [];
  // Unlike every other list, this one is cut at blanks alone: a tab is part of a name.
  const names = (agent.lists.get('sinkgroups') ?? '').split(' ').filter((name) => name !== '');
  for (const name of hashMapOrder(names)) {
    const context = agent.contexts.get('sinkgroups')?.get(name);
    if (context === undefined) {
      addError(report, 'CONFIG_ERROR', agentName, name);
      warn(report, `Configuration error for: ${name}.Removed.`);
      continue;
    }
    const list = context.get('sinks');
    // The one mistake of this pass that nobody catches.
    if (list === undefined) {
      report.fatal ??= noSinks;
      continue;
    }
    const wanted = splitNames(list);
    const available = hashMapOrder(wanted, copiedTableLength(wanted.length)).filter((sink) =>
      claimSink(agentName, name, sink, sinkNames, groupOf, report),
    );
    if (available.length > 0) {
      kept.push({ name, context, sinks: available });
      continue;
    }
    addError(report, 'CONFIG_ERROR', agentName, name);
    addError(report, 'CONFIG_ERROR', agentName, name);
    warn(
      report,
      `Could not configure sink group ${name} due to: ` +
        `No available sinks for sinkgroup: ${name}. Sinkgroup will be removed`,
    );
  }
  return kept;
}

function claimSink(
  agentName: string,
  group: string,
  sink: string,
  sinkNames: ReadonlySet<string>,
  groupOf: Map<string, string>,
  report: Report,
): boolean {
  const start = `Agent configuration for '${agentName}' sinkgroup '${group}' sink`;
  const owner = groupOf.get(sink);
  if (owner !== undefined) {
    warn(report, `${start} '${sink}' in use by another group: '${owner}', sink not added`);
    addError(report, 'PROPERTY_PART_OF_ANOTHER_GROUP', agentName, group);
    return false;
  }
  if (!sinkNames.has(sink)) {
    warn(report, `${start} not found: '${sink}',  sink not added`);
    addError(report, 'INVALID_PROPERTY', agentName, sink);
    return false;
  }
  groupOf.set(sink, group);
  return true;
}

/** Listed names as `new HashSet(Arrays.asList(list.split("\\s+")))` visits them. */
function listed(agent: RawAgent, section: Section): string[] {
  const names = splitNames(agent.lists.get(section) ?? '');
  return hashMapOrder(names, copiedTableLength(names.length));
}

function requireType(name: string, context: Context, report: Report): void {
  if (context.has('type')) return;
  addError(report, 'ATTRS_MISSING', name, 'type');
  refuse('ConfigurationException', `Component has no type. Cannot configure. ${name}`);
}

function keepUnlessRefused(report: Report, introduction: string, validate: () => void): void {
  try {
    validate();
  } catch (problem) {
    if (!(problem instanceof ConfigurationRefusal)) throw problem;
    warn(report, introduction + problem.message);
  }
}
