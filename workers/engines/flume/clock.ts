/** The agent's clock in milliseconds since the epoch, as `System.currentTimeMillis()` gives it. */
import type { AgentEnvironment } from './agentLog.ts';

export function nowMs(env: AgentEnvironment): number {
  return env.startEpochMs + Math.floor(env.nowUs / 1000);
}
