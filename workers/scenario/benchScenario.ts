// The other kind of scenario: one named component of a system, with a script of inputs. What a
// component makes of its configuration and steps is its own affair; here they are only bounded.

import * as v from 'valibot';
import { list, text } from './common.ts';
import { problemOfIssue, PROBLEMS_SHOWN, type Answer } from './problem.ts';

const STEPS_LIMIT = 10_000;
/** Far deeper than any component's steps, and shallow enough for whatever walks through them. */
const DEPTH_LIMIT = 30;

const bounded = v.pipe(
  v.unknown(),
  v.check(
    (data) => isWithin(data, DEPTH_LIMIT),
    `at most ${String(DEPTH_LIMIT)} lists within lists are expected`,
  ),
);

export const benchScenarioSchema = v.strictObject({
  version: v.literal(1),
  kind: v.literal('bench'),
  title: text(100),
  /** `flink/watermark-valve` */
  component: text(100),
  config: bounded,
  script: list(bounded, STEPS_LIMIT),
});

export type BenchScenario = v.InferOutput<typeof benchScenarioSchema>;

/** Whether somebody means a bench, so that its problems are told and not those of a pipeline. */
export function isBench(input: unknown): boolean {
  return typeof input === 'object' && input !== null && 'kind' in input && input.kind === 'bench';
}

export function readBenchScenario(input: unknown): Answer<BenchScenario> {
  const parsed = v.safeParse(benchScenarioSchema, input);
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, problems: parsed.issues.map(problemOfIssue).slice(0, PROBLEMS_SHOWN) };
}

function isWithin(data: unknown, depth: number): boolean {
  if (typeof data !== 'object' || data === null) return true;
  return depth > 0 && Object.values(data).every((value) => isWithin(value, depth - 1));
}
