// The settings that everybody moves. They have short names in links, where their unit is the second,
// and one slider each on the page; moving one makes another scenario.

import type { Scenario, ScenarioNode } from './scenario.ts';

export interface CommonKnob {
  /** Its name in a link. */
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  /** The scenario with `change` applied to each place, in milliseconds, that the knob moves. */
  readonly map: (scenario: Scenario, change: (valueMs: number) => number) => Scenario;
}

/** A knob of every program that has windows. */
const ofPrograms =
  (field: 'windowIntervalMs' | 'slideIntervalMs'): CommonKnob['map'] =>
  (scenario, change) => ({
    ...scenario,
    programs: scenario.programs.map((program) => {
      const valueMs = program[field];
      return valueMs === null ? program : { ...program, [field]: change(valueMs) };
    }),
  });

/** A knob of the nodes that have it. */
const ofNodes =
  (
    changed: (node: ScenarioNode, change: (valueMs: number) => number) => ScenarioNode,
  ): CommonKnob['map'] =>
  (scenario, change) => ({
    ...scenario,
    nodes: scenario.nodes.map((node) => changed(node, change)),
  });

const STORM_LAG = 'topology.bolts.tuple.timestamp.max.lag.ms';

export const commonKnobs: readonly CommonKnob[] = [
  {
    name: 'batch',
    label: 'Batch interval',
    meaning: 'How often Spark cuts a batch. Storm and Flink take each record by itself.',
    map: ofNodes((node, change) =>
      node.type === 'spark' ? { ...node, batchIntervalMs: change(node.batchIntervalMs) } : node,
    ),
  },
  {
    name: 'slide',
    label: 'Slide interval',
    meaning: 'How often there is a result.',
    map: ofPrograms('slideIntervalMs'),
  },
  {
    name: 'window',
    label: 'Window interval',
    meaning: 'How far back a result looks.',
    map: ofPrograms('windowIntervalMs'),
  },
  {
    name: 'lag',
    label: 'Watermark delay',
    meaning: 'How long Storm and Flink wait for records that are late. Spark counts by arrival.',
    map: ofNodes((node, change) => {
      if (node.type === 'flink')
        return { ...node, outOfOrdernessMs: change(node.outOfOrdernessMs) };
      return node.type === 'storm' ? { ...node, [STORM_LAG]: change(node[STORM_LAG]) } : node;
    }),
  },
];

/** The knob's value, or null where the scenario has none or several. */
export function knobValue(knob: CommonKnob, scenario: Scenario): number | null {
  const valuesMs = new Set<number>();
  knob.map(scenario, (valueMs) => {
    valuesMs.add(valueMs);
    return valueMs;
  });
  const [only] = valuesMs;
  return valuesMs.size === 1 && only !== undefined ? only : null;
}

/** The scenario with the knob at `valueMs`. */
export function turnKnob(knob: CommonKnob, scenario: Scenario, valueMs: number): Scenario {
  return knob.map(scenario, () => valueMs);
}
