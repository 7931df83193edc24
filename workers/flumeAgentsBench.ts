import * as v from 'valibot';
import type { AgentState } from './engines/flume/agentState.ts';
import { buildInputs } from './input/build.ts';
import { benchOfScript, MisreadByBench } from './kernel/bench.ts';
import { problemText } from './scenario/problem.ts';
import { readScenario } from './scenario/reader.ts';
import { createSimulation, type Simulation } from './simulation.ts';

/** Long enough for every sleep, timeout and penalty of an agent: until then all is quiet. */
const STEP_MS = 120_000;
/** An agent's log keeps no more lines. */
const LINES_MAX = 50;

const STEPS_MAX = 20;

const step = v.union([v.strictObject({ start: v.string() }), v.strictObject({ kill: v.string() })]);

type Steps = readonly v.InferOutput<typeof step>[];

/** Whole agents, each a node of a run of its own, which the steps start and kill. */
export const flumeAgentsBench = benchOfScript({
  component: 'flume/agents',
  meaning:
    'The agents of one properties text, each a process on a machine of its name. Steps: {start: agent}, {kill: agent} ' +
    'with kill -9; the answer lists the bodies that logger sinks have printed until everything is quiet again.',
  config: v.strictObject({ properties: v.string() }),
  step,
  playAll({ properties }, steps) {
    if (steps.length > STEPS_MAX)
      throw new MisreadByBench(`at most ${STEPS_MAX} steps are expected`);
    const agents = [...new Set(steps.map((step) => ('start' in step ? step.start : step.kill)))];
    const simulation = runOf(properties, agents, steps);
    const seen = new Map(agents.map((agent) => [agent, 0]));
    return steps.map((_step, i) => {
      simulation.advance((i + 1) * STEP_MS * 1000);
      return agents.flatMap((agent) => {
        const { log } = simulation.kernel.state(agent) as AgentState;
        if (log.length >= LINES_MAX) throw new MisreadByBench(`the log of ${agent} is too long`);
        const from = seen.get(agent) ?? 0;
        seen.set(agent, log.length);
        return log.slice(from).flatMap(printedBody);
      });
    });
  },
});

function runOf(properties: string, agents: readonly string[], steps: Steps): Simulation {
  const scenario = readScenario({
    version: 1,
    title: '',
    seed: 1,
    durationMs: steps.length * STEP_MS,
    startEpochMs: 1_767_603_600_000,
    inputs: [],
    programs: [],
    nodes: agents.map((agent) => {
      return { id: agent, type: 'flume', agent, properties, machine: null, defaultFs: null };
    }),
    links: [],
    faults: agents.flatMap((agent) => downTimes(agent, steps)),
    costs: {},
  });
  if (!scenario.ok) throw new MisreadByBench(scenario.problems.map(problemText).join('; '));
  const { records } = buildInputs(scenario.value, new Map());
  return createSimulation(scenario.value, records);
}

/** An agent is down until it is started, and from each kill to the next start. */
function downTimes(agent: string, steps: Steps): unknown[] {
  const faults: unknown[] = [];
  let downSinceMs: number | null = 0;
  for (const [i, step] of steps.entries()) {
    const atMs = i * STEP_MS;
    if ('kill' in step) {
      if (step.kill === agent) downSinceMs = atMs;
    } else if (step.start === agent && downSinceMs !== null) {
      if (atMs > downSinceMs) {
        const restartAfterMs = atMs - downSinceMs;
        faults.push({ type: 'crash', target: agent, atMs: downSinceMs, restartAfterMs });
      }
      downSinceMs = null;
    }
  }
  if (downSinceMs !== null) {
    faults.push({ type: 'crash', target: agent, atMs: downSinceMs, restartAfterMs: null });
  }
  return faults;
}

function printedBody(line: string): string[] {
  const body = /^Event: .*body: (?:[0-9A-F]{2} ){1,16} *(.*) \}$/.exec(line)?.[1];
  return body === undefined ? [] : [body];
}
