/** `SequenceGeneratorSource.process` (Flume 1.11.0): a refused batch is logged, and tried again at once. */
import { logLine } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, SeqWork, SourceThread } from '../agentState.ts';
import { createEvent } from '../event.ts';
import { deliver, endPoll } from '../sourceSteps.ts';
import { nextNumbers } from './seq.ts';
import type { SeqSettings } from './seq.ts';

export function seqPoll(
  state: AgentState,
  thread: SourceThread,
  work: SeqWork,
  env: AgentEnvironment,
): void {
  const numbers = nextNumbers(thread.configured.settings as SeqSettings, work.sent);
  if (numbers.length === 0) return endPoll(state, thread, 'BACKOFF', env);
  const events = numbers.map((number) => createEvent(number));
  deliver(state, thread, events, env);
}

export function seqDelivered(
  state: AgentState,
  thread: SourceThread,
  work: SeqWork,
  count: number,
  env: AgentEnvironment,
): void {
  work.sent += count;
  endPoll(state, thread, 'READY', env);
}

export function seqRefused(
  state: AgentState,
  thread: SourceThread,
  message: string,
  env: AgentEnvironment,
): void {
  logLine(state, `${thread.configured.name} source could not write to channel. ${message}`);
  endPoll(state, thread, 'READY', env);
}
