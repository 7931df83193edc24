import { engineOf } from './engines/registry.ts';
import type { Records } from './input/records.ts';
import { assert, present } from './kernel/assert.ts';
import { costsWith, type Costs } from './kernel/costs.ts';
import type { Anatomy, Graph, Refusal } from './kernel/engine.ts';
import type { ProcessId } from './kernel/environment.ts';
import type { Fault } from './kernel/faults.ts';
import type { AnyEngine, KernelSetup, Member } from './kernel/kernel.ts';
import type { LinkSpeed } from './kernel/network.ts';
import type { NodeRefusal } from './protocol.ts';
import { createLaneBook, createSilentBook, type LaneBook } from './results/laneBook.ts';
import { createLossBook, type LossBook } from './results/losses.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { Series, TraceHeader } from './trace/format.ts';
import { createRecorder, type OwnedRecorder } from './trace/recorder.ts';

/** A lane of the run: what follows the branch point, in one engine. */
export interface Lane {
  readonly id: string;
  readonly type: string;
  readonly program: Scenario['programs'][number];
  readonly book: LaneBook;
  /** Why the real system would not run it; a lane with refusals takes no part. */
  readonly refusals: readonly Refusal[];
}

export interface Assembly {
  readonly setup: KernelSetup;
  readonly header: TraceHeader;
  readonly recorder: OwnedRecorder;
  readonly lanes: readonly Lane[];
  readonly losses: LossBook;
  readonly graph: Graph;
}

type Node = Scenario['nodes'][number];

interface Placed {
  readonly node: Node;
  readonly engine: AnyEngine;
  readonly config: unknown;
  readonly anatomy: Anatomy;
  readonly processes: readonly string[];
}

/**
 * Puts a scenario together for a run: finds each node's engine, asks it for its parts, pipes and processes, and turns
 * names into numbers. Nothing has happened yet.
 * @param isLook whether the run only serves to look at states: it writes no trace and keeps no books
 */
export function assemble(scenario: Scenario, records: Records, isLook = false): Assembly {
  const placed = scenario.nodes.map((node) => place(node, scenario));
  const { running, graph, refusals } = whatRuns(placed);
  const processNames = running.flatMap(({ processes }) => processes);
  const header = headerOf(running, graph, processNames);
  const recorder = createRecorder(header);
  recorder.muted = isLook;
  const nowUs = () => recorder.nowUs;
  const losses = createLossBook(nowUs);
  const newBook = () => (isLook ? createSilentBook() : createLaneBook(nowUs, records.count));
  const lanes = placed.flatMap(({ node }) =>
    laneOf(node, scenario, newBook, refusals.get(node.id) ?? []),
  );
  const members: Member[] = running.map(({ node, engine, config }) => ({
    node: node.id,
    engine,
    config,
    results: lanes.find(({ id }) => id === node.id)?.book ?? null,
  }));
  const owner = running.flatMap(({ processes }, member) => processes.map(() => member));
  const costs = costsWith(scenario.costs);
  const setup: KernelSetup = {
    seed: scenario.seed,
    startEpochMs: scenario.startEpochMs,
    graph,
    records,
    costs,
    members,
    processNames,
    memberOf: owner,
    markPartOf: processNames.map((name) => header.parts.findIndex((part) => part.process === name)),
    downSeriesOf: processNames.map((name) => recorder.seriesId(downSeriesId(name))),
    faults: faultsOf(scenario, processNames),
    speed: speedOf(scenario, costs, running, owner),
    recorder,
    shared: losses,
  };
  return { setup, header, recorder, lanes, losses, graph };
}

export function downSeriesId(process: string): string {
  return `${process}:down`;
}

function place(node: Node, scenario: Scenario): Placed {
  const engine = present(engineOf(node.type), `an engine for ${node.type}`);
  const config = resolvedConfig(node, scenario);
  const processes = engine.processes(config).map((name) => `${node.id}/${name}`);
  return { node, engine, config, anatomy: engine.anatomy(config), processes };
}

/** A node as its engine takes it: with its program in the place of the program's name. */
export function resolvedConfig(node: Node, scenario: Scenario): unknown {
  return 'program' in node ? { ...node, program: programOf(node.program, scenario) } : node;
}

/** What the real systems would refuse of a scenario, node by node. */
export function refusalsOf(scenario: Scenario): NodeRefusal[] {
  const { refusals } = whatRuns(scenario.nodes.map((node) => place(node, scenario)));
  return [...refusals].flatMap(([node, own]) => own.map((refusal) => ({ ...refusal, node })));
}

/** The nodes that run, and what refuses the others: who needs a node that is refused finds nothing there. */
function whatRuns(placed: readonly Placed[]) {
  const refusals = new Map<string, readonly Refusal[]>();
  for (let running = placed; ;) {
    const graph = graphOf(running);
    const rest = running.filter(({ node, engine, config }) => {
      const own = [...missingSource(node, graph, refusals), ...engine.refusals(config, graph)];
      if (own.length > 0) refusals.set(node.id, own);
      return own.length === 0;
    });
    if (rest.length === running.length) return { running, graph, refusals };
    running = rest;
  }
}

/** A lane reads nothing from a node that is refused. */
function missingSource(
  node: Node,
  graph: Graph,
  refusals: ReadonlyMap<string, readonly Refusal[]>,
): Refusal[] {
  if (!('source' in node) || graph.node(node.source.node)) return [];
  return (refusals.get(node.source.node) ?? []).map(({ message, source }) => ({
    field: 'source',
    message: `${node.source.node}: ${message}`,
    source,
  }));
}

function programOf(id: string, scenario: Scenario): Scenario['programs'][number] {
  return present(
    scenario.programs.find((program) => program.id === id),
    `the program ${id}`,
  );
}

function graphOf(placed: readonly Placed[]): Graph {
  const byId = new Map(placed.map((entry) => [entry.node.id, entry]));
  const parts = (node: string) => byId.get(node)?.anatomy.parts ?? [];
  return {
    node: (id) => byId.get(id)?.node,
    parts,
    partitions: (node, topic) =>
      parts(node).filter(
        ({ id, glyph }) =>
          glyph === 'partition' && id.slice(0, id.lastIndexOf('-')) === `${node}/${topic}`,
      ),
    processes: (node) => byId.get(node)?.processes ?? [],
  };
}

function headerOf(
  running: readonly Placed[],
  graph: Graph,
  processNames: readonly string[],
): TraceHeader {
  const down: Series[] = processNames.map((name) => ({
    id: downSeriesId(name),
    node: name.slice(0, name.indexOf('/')),
    what: 'down',
    label: `${name} is down`,
  }));
  const parts = running.flatMap(({ anatomy }) => anatomy.parts);
  const known = new Set(parts.map(({ id }) => id));
  const pipes = running.flatMap(({ engine, config }) => engine.pipes(config, graph));
  for (const { id, from, to } of pipes)
    assert(known.has(from) && known.has(to), `both ends of the pipe ${id} exist`);
  return {
    parts,
    pipes,
    gauges: running.flatMap(({ anatomy, engine, config }) => [
      ...anatomy.gauges,
      ...(engine.gauges?.(config, graph) ?? []),
    ]),
    series: [...running.flatMap(({ anatomy }) => anatomy.series), ...down],
  };
}

function laneOf(
  node: Node,
  scenario: Scenario,
  newBook: () => LaneBook,
  refusals: readonly Refusal[],
): Lane[] {
  if (!('program' in node)) return [];
  const program = programOf(node.program, scenario);
  return [{ id: node.id, type: node.type, program, book: newBook(), refusals }];
}

function faultsOf(scenario: Scenario, processNames: readonly string[]): Fault[] {
  const named = (target: string): ProcessId[] =>
    processNames.flatMap((name, process) =>
      name === target || name.startsWith(`${target}/`) ? [process] : [],
    );
  return scenario.faults.map((fault): Fault => {
    const atUs = fault.atMs * 1000;
    if (fault.type === 'crash') {
      const { restartAfterMs } = fault;
      const restartUs = restartAfterMs === null ? null : atUs + restartAfterMs * 1000;
      return { type: 'crash', processes: named(fault.target), atUs, restartUs };
    }
    const untilUs = fault.untilMs * 1000;
    return fault.type === 'slow'
      ? { type: 'slow', processes: named(fault.target), atUs, untilUs, factor: fault.factor }
      : { type: 'cut', from: named(fault.from), to: named(fault.to), atUs, untilUs };
  });
}

/** A web server and the Flume agent that reads its files stand on one machine; every other pair is on the network. */
function speedOf(
  scenario: Scenario,
  costs: Costs,
  running: readonly Placed[],
  owner: readonly number[],
): KernelSetup['speed'] {
  const local: LinkSpeed = { latencyUs: costs.localLatencyUs, bytesPerSecond: 1e12 };
  const remote: LinkSpeed = {
    latencyUs: costs.linkLatencyUs,
    bytesPerSecond: costs.linkBytesPerSecond,
  };
  const table = running.map(({ node: a }) =>
    running.map(({ node: b }): LinkSpeed => {
      const link = scenario.links.find(
        ({ from, to }) => (from === a.id && to === b.id) || (from === b.id && to === a.id),
      );
      if (link) return { latencyUs: link.latencyMs * 1000, bytesPerSecond: link.bytesPerSecond };
      const types: readonly string[] = [a.type, b.type];
      return types.includes('web-server') && types.includes('flume') ? local : remote;
    }),
  );
  return (from, to) => table[owner[from]!]![owner[to]!]!;
}
