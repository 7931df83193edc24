import { describe, expect, it } from 'vitest';
import { flumeEngine } from '../../../workers/engines/flume/engine.ts';
import type { Graph } from '../../../workers/kernel/engine.ts';
import { agentText } from './agentRun.ts';
import { memory, tail, toKafka, toNull } from './agentTexts.ts';

const graph: Graph = {
  node: () => undefined,
  parts: () => [],
  partitions: () => [],
  processes: (node) => (node === 'web' ? ['web/server'] : []),
};

function refusals(properties: string, machine: string | null = 'web') {
  const config = {
    id: 'a1',
    type: 'flume' as const,
    agent: 'a',
    properties,
    machine,
    defaultFs: null,
  };
  return flumeEngine.refusals(config, graph).map(({ message }) => message);
}

describe('what keeps an agent from running', () => {
  it('is none of the mistakes that remove one component', () => {
    expect(refusals(agentText(tail, memory, toNull))).toEqual([]);
    expect(refusals(agentText(tail, memory, toNull, 'sinks.k1.batchSize = 1000'))).toEqual([]);
    expect(refusals('')).toEqual([]);
  });

  it.each([
    [
      'an unknown type',
      agentText(tail, memory, toNull, 'sources.r1.type = foo'),
      'Unable to load source type: foo, class: foo',
    ],
    ['a malformed file', 'a.sources = \\u12', 'Malformed \\uxxxx encoding.'],
    [
      'a type that is not modelled',
      agentText(tail, memory, toNull, 'sinks.k1.type = hive'),
      'The sink type hive is not modelled.',
    ],
    [
      'another command than tail -F',
      agentText(
        'sources = r1\nsources.r1.type = exec\nsources.r1.command = ls\nsources.r1.channels = c1',
        memory,
        toNull,
      ),
      'The source type exec is not modelled.',
    ],
    [
      'no broker',
      agentText(tail, memory, toKafka),
      'No resolvable bootstrap urls given in bootstrap.servers',
    ],
    [
      'no HDFS',
      agentText(tail, memory, toNull, 'sinks.k1.type = hdfs\nsinks.k1.hdfs.path = hdfs://nn/x'),
      'java.net.UnknownHostException: nn',
    ],
    [
      'nobody at the port',
      agentText(
        tail,
        memory,
        toNull,
        'sinks.k1.type = avro\nsinks.k1.hostname = a2\nsinks.k1.port = 1',
      ),
      'Unable to create Rpc client using hostname: a2, port: 1',
    ],
  ])('%s', (_name, properties, message) => {
    expect(refusals(properties)).toEqual([message]);
  });

  it('a directory that is not there', () => {
    expect(refusals(agentText(tail, memory, toNull), null)).toEqual([
      'Directory does not exist: /var/log/httpd',
    ]);
  });
});

describe('anatomy', () => {
  it('tells components of one name apart, and marks changed defaults', () => {
    const properties = `a.sources = x
a.channels = x
a.sinks = x
a.sources.x.type = seq
a.sources.x.channels = x
a.channels.x.type = memory
a.channels.x.capacity = 500
a.sinks.x.type = null
a.sinks.x.channel = x`;
    const config = {
      id: 'a1',
      type: 'flume' as const,
      agent: 'a',
      properties,
      machine: null,
      defaultFs: null,
    };
    const { parts } = flumeEngine.anatomy(config);
    expect(parts.map(({ id, capacity }) => [id, capacity])).toEqual([
      ['a1/x', null],
      ['a1/channel-x', 500],
      ['a1/sink-x', null],
    ]);
    expect(parts[1]?.changedDefaults).toEqual(['capacity = 500 (default 100)']);
  });
});
