// From anything to a scenario, or to what is wrong with it. Nothing is repaired and nothing is left
// out in silence: a run of half a scenario would be another run.

import * as v from 'valibot';
import { isBench, readBenchScenario, type BenchScenario } from './benchScenario.ts';
import { scenarioProblems } from './checkers.ts';
import { problemOfIssue, PROBLEMS_SHOWN, refused, type Answer } from './problem.ts';
import { scenarioSchema, type Scenario } from './scenario.ts';

export const SCENARIO_TEXT_LIMIT = 4 * 1024 * 1024;

export function readScenario(input: unknown): Answer<Scenario> {
  const parsed = v.safeParse(scenarioSchema, input);
  const problems = parsed.success
    ? scenarioProblems(parsed.output)
    : parsed.issues.map(problemOfIssue);
  if (parsed.success && problems.length === 0) return { ok: true, value: parsed.output };
  return { ok: false, problems: problems.slice(0, PROBLEMS_SHOWN) };
}

/** The scenario that a JSON text holds. */
export function readScenarioText(text: string): Answer<Scenario> {
  const input = parseText(text);
  return input.ok ? readScenario(input.value) : input;
}

/** The pipeline or the bench that a JSON text holds. */
export function readPipelineOrBench(text: string): Answer<Scenario | BenchScenario> {
  const input = parseText(text);
  return input.ok ? readPipelineOrBenchData(input.value) : input;
}

export function readPipelineOrBenchData(input: unknown): Answer<Scenario | BenchScenario> {
  return isBench(input) ? readBenchScenario(input) : readScenario(input);
}

export function parseText(text: string): Answer<unknown> {
  if (text.length > SCENARIO_TEXT_LIMIT) {
    const megabytes = (text.length / 1024 / 1024).toFixed(1);
    return refused('', `a scenario has at most 4 MB of text, and this has ${megabytes} MB`);
  }
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'unknown';
    return refused('', `this is not JSON: ${reason}`);
  }
}
