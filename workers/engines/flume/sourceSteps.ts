/** What every kind of source asks of its thread: wake me later, take this batch, let me sleep. */
import type { WireMessage } from '../../wire/message.ts';
import type { AgentEnvironment } from './agentLog.ts';
import type { AgentState, SourceThread } from './agentState.ts';
import { isDurable } from './channels/channel.ts';
import { channelOf } from './channelTraffic.ts';
import type { FlumeEvent } from './event.ts';
import { sleepAfter } from './runnerBackoff.ts';
import type { RunnerOutcome } from './runnerBackoff.ts';

/** The thread wakes `delayUs` from now, unless something else wakes it before. */
export function wakeSource(
  state: AgentState,
  thread: SourceThread,
  delayUs: number,
  env: AgentEnvironment,
): void {
  thread.turn++;
  env.after(state.process, Math.max(0, delayUs), {
    type: 'source',
    thread: thread.index,
    turn: thread.turn,
  });
}

/** Hands a batch to the channels, after the time that reading it took. */
export function deliver(
  state: AgentState,
  thread: SourceThread,
  events: readonly FlumeEvent[],
  env: AgentEnvironment,
): void {
  thread.events = events;
  thread.work.step = 'deliver';
  let syncUs = 0;
  for (const name of thread.configured.channels) {
    if (isDurable(channelOf(state, name))) syncUs += env.costs.flumeFileSyncUs;
  }
  const readingUs = events.length * env.costs.flumeEventUs;
  // At least a microsecond, so that a source that is never refused cannot stop the clock.
  const busyUs = Math.max(1, (readingUs + syncUs) * env.slowness(state.process));
  wakeSource(state, thread, busyUs, env);
}

/** Where a sleep of no time at all would stop the clock. */
export const shortestSleepUs = 1000;

/** One `process()` of a pollable source is over; the next comes after the runner's sleep. */
export function endPoll(
  state: AgentState,
  thread: SourceThread,
  outcome: RunnerOutcome,
  env: AgentEnvironment,
): void {
  thread.work.step = 'poll';
  const sleepUs = sleepAfter(thread.backoff, outcome) * 1000;
  wakeSource(
    state,
    thread,
    outcome === 'READY' ? sleepUs : Math.max(shortestSleepUs, sleepUs),
    env,
  );
}

/** Long enough for an answer from the same machine; after it the file counts as unreadable. */
const answerWithinUs = 5_000_000;

/** Asks the machine's files something, and waits for the answer. */
export function askForFiles(
  state: AgentState,
  thread: SourceThread,
  message: WireMessage,
  env: AgentEnvironment,
): void {
  thread.work.step = 'answer';
  env.send(state.process, state.machine, message);
  thread.turn++;
  thread.answerByUs = env.nowUs + answerWithinUs;
  if (!thread.answerTimer) startAnswerTimer(state, thread, env);
}

/** One timer watches over all requests of a thread, since nearly all of them are answered. */
function startAnswerTimer(state: AgentState, thread: SourceThread, env: AgentEnvironment): void {
  thread.answerTimer = true;
  env.at(state.process, thread.answerByUs, { type: 'no answer', thread: thread.index });
}

/** The timer rang. @returns whether the thread has waited too long and should go on without */
export function answerIsOverdue(
  state: AgentState,
  thread: SourceThread,
  env: AgentEnvironment,
): boolean {
  thread.answerTimer = false;
  if (thread.work.step !== 'answer') return false;
  if (env.nowUs >= thread.answerByUs) return true;
  startAnswerTimer(state, thread, env);
  return false;
}
