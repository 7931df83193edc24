import { describe, expect, it } from 'vitest';
import { readProperties } from '../../../workers/jvm/properties.ts';
import { readFlumeConfiguration } from '../../../workers/engines/flume/configuration/flumeConfiguration.ts';
import { materializeConfiguration } from '../../../workers/engines/flume/configuration/materialize.ts';
import { createReport } from '../../../workers/engines/flume/configuration/report.ts';
import { propertyOf, withProperty } from '../../../workers/engines/flume/config.ts';

/** One seq source r1, a memory channel c1, a null sink k1: what every row below spoils. */
const base = `
a.sources = r1
a.channels = c1
a.sinks = k1
a.sources.r1.type = seq
a.sources.r1.channels = c1
a.channels.c1.type = memory
a.sinks.k1.type = null
a.sinks.k1.channel = c1
`;

function errorsOf(text: string): string[] {
  const report = createReport();
  readFlumeConfiguration(readProperties(text).values, report);
  return report.errors.map(
    ({ error, component, key }) => `${error}(${component}${key && `, ${key}`})`,
  );
}

/** Names of what is left of agent a: sources | channels | sinks. */
function left(text: string): string {
  const { sources, channels, runners } = materializeConfiguration(text, 'a');
  const names = (components: readonly { name: string }[]) =>
    components.map(({ name }) => name).join(' ');
  return [sources, channels, runners.flatMap(({ sinks }) => sinks)].map(names).join(' | ');
}

function logOf(text: string): string {
  return materializeConfiguration(text, 'a')
    .report.log.map((line) => line.text)
    .join('\n');
}

describe('pass A: FlumeConfiguration', () => {
  it('F30 testFlumeConfigAddsErrorOnInvalidConfig', () => {
    expect(errorsOf('agent.channels = c1\nagent.channel.c1 = cc1')).toEqual([
      'INVALID_PROPERTY(agent, channel.c1)',
      'CONFIG_ERROR(agent, c1)',
      'PROPERTY_VALUE_NULL(agent, channels)',
      'AGENT_CONFIGURATION_INVALID(agent)',
    ]);
  });

  it.each([
    ['something =', 'PROPERTY_VALUE_NULL(something)'],
    ['something = value', 'AGENT_NAME_MISSING(something)'],
    ['.something = value', 'AGENT_NAME_MISSING(.something)'],
    ['agent. = something', 'PROPERTY_NAME_NULL(agent.)'],
  ])('%s: %s', (text, error) => {
    expect(errorsOf(text)).toEqual([error]);
  });
});

describe('what a mistake leaves of the agent, and what the log says', () => {
  it('keeps a good configuration whole', () => {
    expect(left(base)).toBe('r1 | c1 | k1');
  });

  // Each row was observed on the real 1.11.0: the change, what is left, the gist of the log.
  it.each<[string, string, string, string]>([
    [
      'no channels list',
      base.replace('a.channels = c1', ''),
      ' |  | ',
      'does not contain any channels. Marking it as invalid.\n',
    ],
    [
      'then no configuration',
      base.replace('a.channels = c1', ''),
      ' |  | ',
      'No configuration found for this host:a',
    ],
    [
      'a listed source without properties',
      base.replace('= r1', '= r1 r2'),
      'r1 | c1 | k1',
      'Configuration empty for: r2.Removed.',
    ],
    [
      'a listed sink without properties',
      base.replace('= k1', '= k1 k2'),
      'r1 | c1 | k1',
      'no context for sinkk2',
    ],
    [
      'the last channel invalid',
      base.replace('a.channels.c1.type = memory', ''),
      ' |  | ',
      'does not contain any valid channels',
    ],
    [
      'a component without type',
      base.replace('a.sources.r1.type = seq', ''),
      ' | c1 | k1',
      'Component has no type. Cannot configure. r1',
    ],
    [
      'a sink without channel',
      base.replace('k1.channel =', 'k1.channels ='),
      'r1 | c1 | ',
      'No channel configured for sink: k1',
    ],
    [
      'a sink on an unknown channel',
      base.replace('k1.channel = c1', 'k1.channel = zz'),
      'r1 | c1 | ',
      'Channel zz not in active set.',
    ],
    [
      'a sink on two channels',
      base.replace('k1.channel = c1', 'k1.channel = c1 c2'),
      'r1 | c1 | ',
      'Channel c1 c2 not in active set.',
    ],
    [
      'a source without channels',
      base.replace('r1.channels =', 'r1.channel ='),
      ' | c1 | k1',
      'No channels set for r1',
    ],
    [
      'a source on unknown channels',
      base.replace('r1.channels = c1', 'r1.channels = zz'),
      ' | c1 | k1',
      'No Channels configured for r1',
    ],
    [
      'a source on known and unknown channels',
      base.replace('r1.channels = c1', 'r1.channels = zz c1'),
      'r1 | c1 | k1',
      '',
    ],
    [
      'a channel that nobody uses',
      `${base.replace('= c1\na.sinks', '= c1 c2\na.sinks')}a.channels.c2.type = memory`,
      'r1 | c1 | k1',
      'Channel c2 has no components connected and has been removed.',
    ],
    [
      'a comma in a list',
      base.replace('a.sinks = k1', 'a.sinks = k1,k2'),
      'r1 | c1 | ',
      'no context for sinkk1,k2',
    ],
    [
      'a misspelt section',
      base.replace('a.sources = r1', 'a.source = r1'),
      ' | c1 | k1',
      'Invalid property specified: source',
    ],
    [
      'capacity lowered alone',
      `${base}a.channels.c1.capacity = 10`,
      ' |  | ',
      'Transaction Capacity of Memory Channel cannot be higher than the capacity.',
    ],
    [
      'and what hangs in the air then',
      `${base}a.channels.c1.capacity = 10`,
      ' |  | ',
      'Source r1 is not connected to a channel',
    ],
    [
      'an unknown selector',
      `${base}a.sources.r1.selector.type = zzz`,
      ' | c1 | k1',
      'Unable to load selector type: zzz, class: zzz',
    ],
    [
      'the selector that cannot be configured',
      `${base}a.sources.r1.selector.type = load_balancing`,
      ' | c1 | k1',
      'LOAD_BALANCING',
    ],
    [
      'a selector naming a foreign channel',
      `${base}a.sources.r1.selector.type = multiplexing\na.sources.r1.selector.default = c9`,
      ' | c1 | k1',
      'Selector channel not found: c9',
    ],
    [
      'an interceptor without type',
      `${base}a.sources.r1.interceptors = i1`,
      ' | c1 | k1',
      'Interceptor.Type not specified for i1',
    ],
    [
      'an unknown interceptor',
      `${base}a.sources.r1.interceptors = i1\na.sources.r1.interceptors.i1.type = zzz`,
      ' | c1 | k1',
      'Interceptor.Builder not found.',
    ],
    [
      'a source batch above the transaction',
      `${base}a.sources.r1.batchSize = 1000`,
      ' | c1 | k1',
      "source's batch size is greater than the channels transaction capacity. Source: r1, batch size = 1000, channel c1, transaction capacity = 100",
    ],
    [
      'a sink batch above the transaction',
      `${base}a.sinks.k1.batchSize = 101`,
      'r1 | c1 | ',
      'Incompatible sink and channel settings defined.',
    ],
    [
      'a number that is none',
      `${base}a.sources.r1.batchSize = 1_0`,
      ' | c1 | k1',
      'For input string: "1_0"',
    ],
    ['a misspelt option', `${base}a.sources.r1.batchsize = 1000`, 'r1 | c1 | k1', ''],
  ])('%s', (_mistake, text, expected, gist) => {
    expect(left(text)).toBe(expected);
    expect(logOf(text)).toContain(gist);
  });

  it('runs idle under a wrong --name', () => {
    const { channels, report } = materializeConfiguration(base, 'zz');
    expect([channels.length, report.fatal]).toEqual([0, null]);
    expect(report.log.at(-1)?.text).toBe('No configuration found for this host:zz');
  });

  it.each([
    ['a.sources.r1.type = foo', 'Unable to load source type: foo, class: foo'],
    [
      'a.sinks.k1.type = elasticsearch',
      'Unable to load sink type: elasticsearch, class: org.apache.flume.sink.elasticsearch.ElasticSearchSink',
    ],
    [
      'a.sinkgroups = g\na.sinkgroups.g.processor.type = failover',
      'Cannot invoke "String.split(String)" because the return value of "org.apache.flume.Context.getString(String)" is null',
    ],
  ])('ends the process for %s', (line, message) => {
    expect(materializeConfiguration(base + line, 'a').report.fatal).toBe(message);
  });

  it('says which component is not modelled instead of running without it', () => {
    expect(materializeConfiguration(`${base}a.sources.r1.type = jms`, 'a').notModelled).toEqual([
      'The source type jms is not modelled.',
    ]);
  });

  it('F31 testSinkSourceMismatch: a batch may equal the transaction capacity, not exceed it', () => {
    const kept = (source: number, sink: number) =>
      left(`a.sources = r1
a.channels = c1
a.sinks = k1
a.sources.r1.type = seq
a.sources.r1.channels = c1
a.sources.r1.batchSize = ${source}
a.channels.c1.type = memory
a.channels.c1.capacity = 1000
a.channels.c1.transactionCapacity = 1000
a.sinks.k1.type = avro
a.sinks.k1.hostname = h
a.sinks.k1.port = 1
a.sinks.k1.batch-size = ${sink}
a.sinks.k1.channel = c1`);
    expect(kept(1000, 1000)).toBe('r1 | c1 | k1');
    expect(kept(1001, 1000)).toBe(' | c1 | k1');
    expect(kept(1000, 1001)).toBe('r1 | c1 | ');
    expect(kept(1001, 1001)).toBe(' |  | ');
  });
});

describe('sink groups', () => {
  const grouped = (group: string) => `${base.replace('a.sinks = k1', 'a.sinks = k1 k2')}
a.sinks.k2.type = null
a.sinks.k2.channel = c1
a.sinkgroups = g1
${group}`;

  it.each([
    [
      'an unknown sink',
      'a.sinkgroups.g1.sinks = k1 k9\na.sinkgroups.g1.processor.type = failover',
      'k2: k2; g1: k1',
      "sink not found: 'k9',  sink not added",
    ],
    [
      'no processor type',
      'a.sinkgroups.g1.sinks = k1 k2',
      '',
      'Unable to load sink processor type: null, class: null',
    ],
    [
      'default with two sinks',
      'a.sinkgroups.g1.sinks = k1 k2\na.sinkgroups.g1.processor.type = default',
      '',
      'DefaultSinkPolicy can only handle one sink',
    ],
    [
      'load_balance with one',
      'a.sinkgroups.g1.sinks = k1\na.sinkgroups.g1.processor.type = load_balance',
      'k2: k2',
      'The LoadBalancingSinkProcessor cannot be used for a single sink.',
    ],
    [
      'a bad selector',
      'a.sinkgroups.g1.sinks = k1 k2\na.sinkgroups.g1.processor.type = load_balance\na.sinkgroups.g1.processor.selector = zzz',
      '',
      'Unable to instantiate sink selector: zzz',
    ],
    ['no properties at all', '', 'k1: k1; k2: k2', 'Configuration error for: g1.Removed.'],
    [
      'a good group',
      'a.sinkgroups.g1.sinks = k1 k2\na.sinkgroups.g1.processor.type = load_balance',
      'g1: k1 k2',
      '',
    ],
  ])('%s', (_name, group, expected, gist) => {
    const { runners } = materializeConfiguration(grouped(group), 'a');
    const threads = runners.map(
      ({ name, sinks }) => `${name}: ${sinks.map((sink) => sink.name).join(' ')}`,
    );
    expect(threads.join('; ')).toBe(expected);
    expect(logOf(grouped(group))).toContain(gist);
  });
});

describe('a line of the text, moved by a slider', () => {
  const config = {
    id: 'a1',
    type: 'flume' as const,
    agent: 'a',
    properties: `# mine\n${base}`,
    machine: null,
    defaultFs: null,
  };

  it('is the only thing that changes', () => {
    const moved = withProperty(config, 'a.channels.c1.type', 'file');
    expect(moved.properties).toBe(config.properties.replace('= memory', '= file'));
    expect(propertyOf(moved, 'a.channels.c1.type')).toBe('file');
    expect(propertyOf(moved, 'a.channels.c1.capacity')).toBeNull();
  });
});
