/** A bench of what Storm checks when a topology is submitted. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { refuseSetting } from '../submitting/configValidation.ts';

export const configValidation = benchOf({
  component: 'storm/config-validation',
  meaning:
    'ConfigValidation. Each step is a setting, or several, by their official keys; the answer is the message of the exception for the first that is refused, or null.',
  config: v.strictObject({}),
  step: v.record(v.string(), v.nullable(v.union([v.boolean(), v.number(), v.string()]))),
  create: () => null,
  play: (_, settings) =>
    Object.entries(settings)
      .map(([key, value]) => refuseSetting(key, value))
      .find((message) => message !== null) ?? null,
});
