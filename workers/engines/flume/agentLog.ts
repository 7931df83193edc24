/** The agent's log: what the real one would write, kept for the inspector and marked on the trace. */
import type { Environment } from '../../kernel/environment.ts';
import type { AgentEvent, AgentState } from './agentState.ts';

const linesKept = 50;

export type AgentEnvironment = Environment<AgentEvent>;

export function logLine(state: AgentState, line: string): void {
  state.log.push(line);
  if (state.log.length > linesKept) state.log.shift();
}

/** A line that is worth seeing on the axis. */
export function logAndMark(
  state: AgentState,
  part: number,
  line: string,
  env: AgentEnvironment,
): void {
  logLine(state, line);
  env.trace.mark(part, line);
}
