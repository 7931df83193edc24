/**
 * A source's thread: it reads, delivers what it has read into the channels, and sleeps. What the
 * kinds of sources do before and after a delivery stands in `sources/…Thread.ts`; the delivery is the
 * same for all.
 *
 * Simplification: an avro or netcat source works on one request after the other, where the real ones
 * have a thread for each connection.
 */
import { PatternSyntaxException } from '../../jvm/regex/syntax.ts';
import { assert } from '../../kernel/assert.ts';
import type { WireMessage } from '../../wire/message.ts';
import { logAndMark } from './agentLog.ts';
import type { AgentEnvironment } from './agentLog.ts';
import type { AgentState, SourceThread } from './agentState.ts';
import { advanceDelivery, createDelivery } from './channelProcessor.ts';
import type { ChannelBatch, DeliveryOutcome } from './channelProcessor.ts';
import { channelOf, gaugeChannel, wakeSinksOf } from './channelTraffic.ts';
import { nowMs } from './clock.ts';
import { wakeSource } from './sourceSteps.ts';
import { execAnswer, execDelivered, execRefused, execWake } from './sources/execThread.ts';
import { seqDelivered, seqPoll, seqRefused } from './sources/seqThread.ts';
import { serverDelivered, serverPoll, serverRefused } from './sources/serverThread.ts';
import {
  spooldirAnswer,
  spooldirDelivered,
  spooldirRefused,
  spooldirWake,
} from './sources/spooldirThread.ts';
import {
  taildirAnswer,
  taildirDelivered,
  taildirRefused,
  taildirWake,
} from './sources/taildirThread.ts';

/** Its wake has come. */
export function runSource(state: AgentState, thread: SourceThread, env: AgentEnvironment): void {
  const { work } = thread;
  if (thread.waitsFor !== null) return resumeDelivery(state, thread, env);
  if (work.step === 'deliver') return beginDelivery(state, thread, env);
  switch (work.kind) {
    case 'TAILDIR':
      return taildirWake(state, thread, work, env);
    case 'spooldir':
      return spooldirWake(state, thread, work, env);
    case 'exec':
      return execWake(state, thread, work, env);
    case 'seq':
      return seqPoll(state, thread, work, env);
    case 'netcat':
    case 'avro':
      return serverPoll(state, thread, work, env);
  }
}

/** An answer to a request for files, or the news that none will come. */
export function answerSource(
  state: AgentState,
  message: WireMessage | null,
  request: number,
  env: AgentEnvironment,
): void {
  for (const thread of state.sources) {
    const { work } = thread;
    if (work.step !== 'answer' || !('request' in work) || work.request !== request) continue;
    if (work.kind === 'TAILDIR') taildirAnswer(state, thread, work, message, env);
    else if (work.kind === 'exec') execAnswer(state, thread, work, message, env);
    else spooldirAnswer(state, thread, work, message, env);
  }
}

function beginDelivery(state: AgentState, thread: SourceThread, env: AgentEnvironment): void {
  const { selector, interceptors } = thread.configured;
  const surroundings = { nowMs: nowMs(env), host: state.config.machine ?? env.node };
  try {
    thread.delivery = createDelivery(interceptors, selector, thread.events, surroundings);
  } catch (problem) {
    // A replacement that names a group which the pattern has not.
    if (!(problem instanceof PatternSyntaxException)) throw problem;
    const { message } = problem;
    return end(state, thread, { is: 'failed', channelException: false, message }, env);
  }
  proceed(state, thread, true, env);
}

/** There is room again, or keep-alive has passed. */
function resumeDelivery(state: AgentState, thread: SourceThread, env: AgentEnvironment): void {
  proceed(state, thread, env.nowUs < thread.deadlineUs, env);
}

function proceed(
  state: AgentState,
  thread: SourceThread,
  patient: boolean,
  env: AgentEnvironment,
): void {
  const { delivery } = thread;
  assert(delivery !== null, 'a thread that delivers has a delivery');
  const first = delivery.next;
  const outcome = advanceDelivery(delivery, state.channels, patient);
  for (let i = first; i < delivery.next; i++) {
    const batch = delivery.batches[i] as ChannelBatch;
    if (batch.committed) tellCommitted(state, thread, batch, env);
    else
      logAndMark(
        state,
        thread.part,
        `Unable to put batch on optional channel: ${batch.channel}`,
        env,
      );
  }
  if (outcome.is === 'waiting') return waitForRoom(state, thread, outcome.channel, env);
  thread.waitsFor = null;
  if (outcome.is === 'delivered') {
    for (const event of delivery.dropped) {
      if (event.recordId >= 0) env.trace.leave(thread.part, event.recordId);
    }
  }
  end(state, thread, outcome, env);
}

function waitForRoom(
  state: AgentState,
  thread: SourceThread,
  channel: string,
  env: AgentEnvironment,
): void {
  if (thread.waitsFor !== channel) {
    const { keepAliveS } = channelOf(state, channel).store.settings;
    thread.waitsFor = channel;
    thread.deadlineUs = env.nowUs + keepAliveS * 1_000_000;
  }
  wakeSource(state, thread, thread.deadlineUs - env.nowUs, env);
}

function tellCommitted(
  state: AgentState,
  thread: SourceThread,
  batch: ChannelBatch,
  env: AgentEnvironment,
): void {
  const pipe = thread.pipes[thread.configured.channels.indexOf(batch.channel)];
  assert(pipe !== undefined, 'a source has a pipe to each of its channels');
  for (const { recordId } of batch.events) {
    if (recordId >= 0) env.trace.send(pipe, recordId, env.nowUs);
  }
  const channel = channelOf(state, batch.channel);
  gaugeChannel(channel, env);
  wakeSinksOf(state, channel, env);
}

function end(
  state: AgentState,
  thread: SourceThread,
  outcome: Exclude<DeliveryOutcome, { is: 'waiting' }>,
  env: AgentEnvironment,
): void {
  const { work, events } = thread;
  thread.delivery = null;
  thread.events = [];
  // An exec source keeps its lines: they are nowhere else.
  if (outcome.is === 'failed' && work.kind !== 'exec') {
    for (const { recordId } of events) if (recordId >= 0) env.trace.leave(thread.part, recordId);
  }
  switch (work.kind) {
    case 'TAILDIR':
      if (outcome.is === 'delivered') taildirDelivered(state, thread, work, events, env);
      else taildirRefused(state, thread, work, outcome, env);
      return;
    case 'spooldir':
      if (outcome.is === 'delivered') spooldirDelivered(state, thread, work, env);
      else spooldirRefused(state, thread, work, outcome, env);
      return;
    case 'exec':
      if (outcome.is === 'delivered') execDelivered(state, thread, work, events.length, env);
      else execRefused(state, thread, work, outcome, env);
      return;
    case 'seq':
      if (outcome.is === 'delivered') seqDelivered(state, thread, work, events.length, env);
      else seqRefused(state, thread, outcome.message, env);
      return;
    case 'netcat':
    case 'avro':
      if (outcome.is === 'delivered') serverDelivered(state, thread, work, env);
      else serverRefused(state, thread, work, outcome.message, env);
  }
}
