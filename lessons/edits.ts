import type { Scenario } from '../workers/scenario/scenario.ts';
import { withSetting } from '../workers/scenario/settings.ts';
import type { Edit } from './lesson.ts';

/** The scenario after the edits, one after the other. */
export function edited(scenario: Scenario, edits: readonly Edit[]): Scenario {
  return edits.reduce(
    (before, { setting, value }) => withSetting(before, setting, value),
    scenario,
  );
}

export const knob = (name: string, value: number): Edit => ({
  setting: { kind: 'knob', name },
  value,
});

export const property = (key: string, value: string): Edit => ({
  setting: { kind: 'property', node: key.slice(0, key.indexOf('.')), key },
  value,
});

export const field = (node: string, key: string, value: Edit['value']): Edit => ({
  setting: { kind: 'field', node, key },
  value,
});
