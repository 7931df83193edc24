import { describe, expect, it } from 'vitest';
import { opening } from '../../workers/scenario/opening.ts';
import {
  settingOf,
  withSetting,
  type Setting,
  type SettingValue,
} from '../../workers/scenario/settings.ts';

const cases: readonly (readonly [string, Setting, SettingValue, SettingValue])[] = [
  ['a common knob', { kind: 'knob', name: 'slide' }, 4000, 3000],
  [
    'a line of a Flume agent',
    { kind: 'property', node: 'a1', key: 'a1.channels.c1.type' },
    'memory',
    'file',
  ],
  [
    'a setting of a node',
    { kind: 'field', node: 'flink', key: 'execution.checkpointing.interval' },
    5000,
    null,
  ],
];

describe('one setting by its name', () => {
  it.each(cases)('%s is read, and read as it was set', (_, setting, now, then) => {
    expect(settingOf(opening, setting)).toBe(now);
    const changed = withSetting(opening, setting, then);
    expect(settingOf(changed, setting)).toBe(then);
    expect(withSetting(changed, setting, now)).toEqual(opening);
  });

  it('is null where a property is not written down', () => {
    const setting: Setting = { kind: 'property', node: 'a1', key: 'a1.channels.c1.keep-alive' };
    expect(settingOf(opening, setting)).toBeNull();
  });

  it('keeps the comments of a Flume agent', () => {
    const [, setting] = cases[1]!;
    const agent = withSetting(opening, setting, 'file').nodes.find(({ id }) => id === 'a1');
    expect(agent?.type === 'flume' && agent.properties).toContain('# What the channel holds');
  });

  it.each([
    ['a node', { kind: 'field', node: 'nobody', key: 'api' }],
    ['a knob', { kind: 'knob', name: 'nothing' }],
    ['the properties of a node', { kind: 'property', node: 'flink', key: 'a1.sources' }],
  ] as const)('does not invent %s', (_, setting) => {
    expect(() => settingOf(opening, setting)).toThrow('is missing');
  });
});
