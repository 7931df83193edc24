// Any one setting of a scenario by its official name: what a lesson offers to change, and what its
// stored solution changes.

import { readProperties, replaceProperty } from '../jvm/properties.ts';
import { present } from '../kernel/assert.ts';
import { commonKnobs, knobValue, turnKnob } from './knobs.ts';
import type { Scenario, ScenarioNode } from './scenario.ts';

export type Setting =
  /** One of the settings that everybody moves, in milliseconds: `slide`. */
  | { readonly kind: 'knob'; readonly name: string }
  /** A line of a Flume agent's properties: `a1.channels.c1.type`. */
  | { readonly kind: 'property'; readonly node: string; readonly key: string }
  /** A setting of a node: `deliveryGuarantee`. */
  | { readonly kind: 'field'; readonly node: string; readonly key: string };

export type SettingValue = string | number | boolean | null;

/** What is set, or null where nothing is. */
export function settingOf(scenario: Scenario, setting: Setting): SettingValue {
  if (setting.kind === 'knob') return knobValue(knobNamed(setting.name), scenario);
  const node = nodeNamed(scenario, setting.node);
  if (setting.kind === 'property')
    return readProperties(propertiesOf(node)).values.get(setting.key) ?? null;
  const entry = Object.entries(node).find(([key]) => key === setting.key);
  return (entry?.[1] ?? null) as SettingValue;
}

/** The scenario with the setting at `value`, which is not checked here: `readScenario` does that. */
export function withSetting(scenario: Scenario, setting: Setting, value: SettingValue): Scenario {
  if (setting.kind === 'knob') return turnKnob(knobNamed(setting.name), scenario, Number(value));
  const changed = (node: ScenarioNode) =>
    setting.kind === 'property'
      ? { ...node, properties: replaceProperty(propertiesOf(node), setting.key, String(value)) }
      : { ...node, [setting.key]: value };
  const target = nodeNamed(scenario, setting.node);
  return {
    ...scenario,
    nodes: scenario.nodes.map((node) => (node === target ? (changed(node) as typeof node) : node)),
  };
}

function knobNamed(name: string) {
  return present(
    commonKnobs.find((knob) => knob.name === name),
    `a knob ${name}`,
  );
}

function nodeNamed(scenario: Scenario, id: string): ScenarioNode {
  return present(
    scenario.nodes.find((node) => node.id === id),
    `a node ${id}`,
  );
}

function propertiesOf(node: ScenarioNode): string {
  return present(node.type === 'flume' ? node.properties : null, `properties of ${node.id}`);
}
