import { describe, expect, it } from 'vitest';
import { refusalsOf } from '../workers/assembly.ts';
import { buildInputs } from '../workers/input/build.ts';
import { summaryOf } from '../workers/results/summary.ts';
import type { Scenario } from '../workers/scenario/scenario.ts';
import { createSimulation } from '../workers/simulation.ts';
import { shortOpening } from './laws/lawScenarios.ts';

type Node = Scenario['nodes'][number];

const withNodes = (change: (node: Node) => Node, more: readonly Node[] = []): Scenario => ({
  ...shortOpening({ durationMs: 5_000 }),
  nodes: [...shortOpening().nodes.map(change), ...more],
});

function summaryAtEnd(scenario: Scenario) {
  const simulation = createSimulation(scenario, buildInputs(scenario, new Map()).records);
  simulation.advance();
  return summaryOf(simulation);
}

const intoNetcat = (node: Node): Node => {
  if (node.type === 'web-server') return { ...node, output: { kind: 'tcp', to: 'a1/r1' } };
  if (node.type !== 'flume') return node;
  const properties = `${node.properties}
a1.sources.r1.type = netcat
a1.sources.r1.bind = 0.0.0.0
a1.sources.r1.port = 6666
`;
  return { ...node, properties };
};

describe('a node that is refused', () => {
  it('takes what needs it along, and the rest runs', () => {
    const scenario = withNodes((node) =>
      node.type === 'kafka'
        ? { ...node, topics: node.topics.map((topic) => ({ ...topic, replicationFactor: 2 })) }
        : node,
    );
    const refused = refusalsOf(scenario);
    expect(refused.map(({ node, field }) => [node, field])).toEqual([
      ['kafka', 'topics'],
      ['a1', 'properties'],
      ['spark', 'source'],
      ['storm', 'source'],
      ['flink', 'source'],
    ]);
    const { lanes, shared } = summaryAtEnd(scenario);
    expect(lanes.map(({ refusal }) => refusal)).toEqual(
      lanes.map(() => `kafka: ${refused[0]!.message}`),
    );
    // The web server writes its file all the same, and nobody reads it.
    expect(shared.records).toBeGreaterThan(100);
    for (const { ledger } of lanes) expect(ledger.inFlight.onTheWay).toBe(shared.records);
  });

  it('is not there for an avro sink', () => {
    const { nodes } = shortOpening();
    const agent = nodes.find((node) => node.type === 'flume')!;
    const front = `a0.sources = r1
a0.channels = c1
a0.sinks = k1
a0.sources.r1.type = seq
a0.sources.r1.channels = c1
a0.channels.c1.type = memory
a0.sinks.k1.type = avro
a0.sinks.k1.hostname = a1
a0.sinks.k1.port = 4141
a0.sinks.k1.channel = c1
`;
    const scenario = withNodes(
      (node) =>
        node.type === 'flume'
          ? {
              ...node,
              properties: `${node.properties.replace('kafka:9092', 'nobody:9092')}
a1.sources.r1.type = avro
a1.sources.r1.bind = 0.0.0.0
a1.sources.r1.port = 4141
`,
            }
          : node,
      [{ ...agent, id: 'a0', agent: 'a0', properties: front }],
    );
    expect(refusalsOf(scenario).map(({ node, message }) => [node, message])).toEqual([
      ['a1', 'No resolvable bootstrap urls given in bootstrap.servers'],
      ['a0', 'Unable to create Rpc client using hostname: a1, port: 4141'],
    ]);
    expect(summaryAtEnd(scenario).shared.records).toBeGreaterThan(100);
  });
});

describe('a web server that sends its lines over TCP', () => {
  it('reaches the netcat source', () => {
    expect(summaryAtEnd(withNodes(intoNetcat)).shared.lost).toEqual([]);
  });

  it.each<[string, (node: Node) => Node]>([
    [
      'an agent that is refused',
      (node) =>
        node.type === 'flume'
          ? { ...node, properties: node.properties.replace('kafka:9092', 'nobody:9092') }
          : node,
    ],
    ...['a1', 'a1/c1', 'a1/r2', 'kafka/weblog-0', 'web/log', 'storm/spout'].map(
      (to): [string, (node: Node) => Node] => [
        to,
        (node) => (node.type === 'web-server' ? { ...node, output: { kind: 'tcp', to } } : node),
      ],
    ),
  ])('finds nobody at %s, and every line is lost', (_, change) => {
    const { lanes, shared } = summaryAtEnd(withNodes((node) => change(intoNetcat(node))));
    expect(shared.lost).toEqual([
      { part: 'web/log', cause: 'nobody listened at the source’s port', records: shared.records },
    ]);
    for (const { ledger } of lanes) expect(ledger.lostBefore).toBe(shared.records);
  });
});
