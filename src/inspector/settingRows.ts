import type { Knob } from '../../workers/kernel/engine.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { settingOf, type Setting } from '../../workers/scenario/settings.ts';
import type { Part } from '../../workers/trace/format.ts';

/** What of a part decides on its settings. */
export type SettingsPart = Pick<Part, 'node' | 'glyph' | 'label' | 'detail'>;

/** A number of a node that can be changed, under its official key. */
export interface SettingRow {
  readonly key: string;
  readonly setting: Setting;
  readonly value: number;
  readonly knob: Knob;
}

/**
 * The settings of the node that a part belongs to. Those of a Flume agent are lines of its properties: of
 * its rows only those of this component count, with the agent's and the component's names filled in.
 */
export function settingRows(
  scenario: Scenario,
  part: SettingsPart,
  knobs: readonly Knob[],
): SettingRow[] {
  const node = scenario.nodes.find(({ id }) => id === part.node);
  if (node === undefined) return [];
  return knobs.flatMap((knob): SettingRow[] => {
    if (node.type === 'flume' && !isOf(knob, part)) return [];
    const key =
      node.type === 'flume'
        ? knob.officialKey.replace('<agent>', node.agent).replace(`<${part.glyph}>`, part.label)
        : knob.officialKey;
    const setting: Setting =
      node.type === 'flume'
        ? { kind: 'property', node: node.id, key }
        : { kind: 'field', node: node.id, key: knob.field };
    const value = Number(settingOf(scenario, setting) ?? knob.initial);
    return [{ key, setting, value: Number.isFinite(value) ? value : knob.initial, knob }];
  });
}

/** A row "memory channel: capacity" is of a channel whose type is `memory`, or a class whose name ends so. */
function isOf(knob: Knob, { glyph, detail }: Pick<Part, 'glyph' | 'detail'>): boolean {
  const type = detail.slice(detail.lastIndexOf('.') + 1).toLowerCase();
  return knob.label.toLowerCase().startsWith(`${type} ${glyph}:`);
}
