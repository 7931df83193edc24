import type { NodeRefusal } from '../../workers/protocol.ts';
import type { Scenario, ScenarioNode } from '../../workers/scenario/scenario.ts';

/**
 * An engine that refuses an interval goes on with the last ones that it accepted, while the others move on. Such a lane
 * gets a program of its own, named after it, which is part of the scenario: a link shows the same thing to everybody.
 */

/** What each lane last ran with, by node id. */
export type AcceptedLanes = ReadonlyMap<
  string,
  { readonly node: ScenarioNode; readonly program: Scenario['programs'][number] }
>;

const ownProgramId = (lane: string) => `accepted-${lane}`.slice(0, 32);

/** The lanes that a scenario leaves behind: an opened link runs them with what they bring. */
export function acceptedIn(scenario: Scenario, before: AcceptedLanes): AcceptedLanes {
  const accepted = new Map(before);
  for (const node of scenario.nodes) {
    if (!('program' in node) || node.program !== ownProgramId(node.id)) continue;
    const program = scenario.programs.find(({ id }) => id === node.program);
    if (program) accepted.set(node.id, { node, program });
  }
  return accepted;
}

/** The scenario that the person asks for: every lane that was left behind is brought back to the first program. */
export function wantedScenario(scenario: Scenario): Scenario {
  const [main] = scenario.programs;
  if (!main) return scenario;
  const isOwn = (node: ScenarioNode) => 'program' in node && node.program === ownProgramId(node.id);
  const own = new Set(scenario.nodes.filter(isOwn).map((node) => ownProgramId(node.id)));
  if (own.size === 0) return scenario;
  return {
    ...scenario,
    programs: scenario.programs.filter(({ id }) => !own.has(id)),
    nodes: scenario.nodes.map(
      (node) => (isOwn(node) ? { ...node, program: main.id } : node) as ScenarioNode,
    ),
  };
}

/** The scenario that runs: lanes with refusals stay at what they last accepted, if there is such a thing. */
export function runnableScenario(
  wanted: Scenario,
  refusals: readonly NodeRefusal[],
  accepted: AcceptedLanes,
): Scenario {
  const programs = [...wanted.programs];
  const nodes = wanted.nodes.map((node): ScenarioNode => {
    const last = accepted.get(node.id);
    if (!last || !refusals.some((refusal) => refusal.node === node.id)) return node;
    programs.push({ ...last.program, id: ownProgramId(node.id) });
    return { ...last.node, program: ownProgramId(node.id) } as ScenarioNode;
  });
  return programs.length === wanted.programs.length ? wanted : { ...wanted, programs, nodes };
}

/** What the lanes of a scenario run with, added to what was known; refused lanes keep what they had. */
export function acceptedAfter(
  wanted: Scenario,
  refusals: readonly NodeRefusal[],
  before: AcceptedLanes,
): AcceptedLanes {
  const accepted = new Map(before);
  for (const node of wanted.nodes) {
    if (!('program' in node) || refusals.some((refusal) => refusal.node === node.id)) continue;
    const program = wanted.programs.find(({ id }) => id === node.program);
    if (program) accepted.set(node.id, { node, program });
  }
  return accepted;
}
