/**
 * A sink runner's thread (`SinkRunner`, with the `process()` of its sinks, Flume 1.11.0): open a take
 * transaction, take up to a batch, hand each event on, and commit when the system behind has it.
 *
 * An empty memory channel is waited for up to keep-alive at each take, so the last, short batch of a
 * quiet stream commits late: that is when its slots come free, and how long a crash can repeat it.
 *
 * Simplification: what is in the channel is taken at once and handed on after the time that it costs,
 * instead of one event after the other.
 */
import { assert } from '../../kernel/assert.ts';
import { begin, commit, isDurable, rollback, take, takeWaitS } from './channels/channel.ts';
import type { Channel } from './channels/channel.ts';
import type { Transaction } from './channels/transaction.ts';
import { logAndMark } from './agentLog.ts';
import type { AgentEnvironment } from './agentLog.ts';
import type { AgentChannel, AgentState, Sink, SinkThread } from './agentState.ts';
import { channelOfSink, gaugeChannel, wakeSinksOf, wakeSourcesOf } from './channelTraffic.ts';
import { nowMs } from './clock.ts';
import type { FlumeEvent } from './event.ts';
import { beginProcess, sinkAnswered, sinkThrew, warningOf } from './processors/sinkProcessor.ts';
import type { Call } from './processors/sinkProcessor.ts';
import { sleepAfter } from './runnerBackoff.ts';
import { acceptEvents, beginOutlet, finishOutlet } from './sinks/outlets.ts';
import type { OutletAnswer } from './sinks/outlets.ts';
import { sinkBatchSize } from './sinks/sinkSettings.ts';

function wakeSink(
  state: AgentState,
  thread: SinkThread,
  delayUs: number,
  env: AgentEnvironment,
): void {
  thread.turn++;
  env.after(state.process, Math.max(0, delayUs), {
    type: 'sink',
    thread: thread.index,
    turn: thread.turn,
  });
}

/** Its wake has come. */
export function runSink(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  switch (thread.step) {
    case 'process':
      return callProcess(state, thread, env);
    case 'taking':
      return takeMore(state, thread, true, env);
    case 'accepting':
      return accept(state, thread, env);
    case 'finishing':
      return hear(state, thread, finishOutlet(state, called(thread), thread, true, env), env);
  }
}

/** The system behind the called sink has said something: perhaps the batch is through. */
export function outletMoved(
  state: AgentState,
  thread: SinkThread,
  sink: Sink,
  env: AgentEnvironment,
): void {
  if (thread.step !== 'finishing' || thread.sinks[thread.called] !== sink) return;
  hear(state, thread, finishOutlet(state, sink, thread, false, env), env);
}

/** `SinkProcessor.process`. */
function callProcess(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  const random = () => env.random(`${thread.configured.name} selector`);
  follow(state, thread, beginProcess(thread.processor, nowMs(env), random), env);
}

function called(thread: SinkThread): Sink {
  const sink = thread.sinks[thread.called];
  assert(sink !== undefined, 'a sink is called');
  return sink;
}

function follow(state: AgentState, thread: SinkThread, call: Call, env: AgentEnvironment): void {
  if ('refused' in call) {
    const part = (thread.sinks[0] as Sink).part;
    logAndMark(state, part, `Unable to deliver event. Exception follows. ${call.refused}`, env);
    return sleep(state, thread, sleepAfter(thread.backoff, 'exception'), env);
  }
  thread.called = thread.sinks.findIndex((sink) => sink.configured.name === call.sink);
  const sink = called(thread);
  const channel = channelOfSink(state, sink);
  thread.transaction = begin(channel);
  thread.handedOn = 0;
  thread.ranDry = false;
  beginOutlet(sink, thread.transaction);
  thread.deadlineUs = takeDeadlineUs(channel, env);
  takeMore(state, thread, true, env);
}

function openTransaction({ transaction }: SinkThread): Transaction {
  assert(transaction !== null, 'a called sink has a transaction');
  return transaction;
}

function takeDeadlineUs(channel: Channel, env: AgentEnvironment): number {
  return env.nowUs + takeWaitS(channel) * 1_000_000;
}

/** @param patient whether an empty channel is still waited for */
function takeMore(
  state: AgentState,
  thread: SinkThread,
  patient: boolean,
  env: AgentEnvironment,
): void {
  const sink = called(thread);
  const transaction = openTransaction(thread);
  const channel = channelOfSink(state, sink);
  const batchSize = sinkBatchSize(sink.configured.settings);
  let empty = false;
  while (!empty && transaction.takes.length < batchSize) {
    const event = take(channel, transaction);
    if (event === null) empty = true;
    else if ('refused' in event) return fail(state, thread, event.refused, env);
  }
  if (transaction.takes.length > thread.handedOn) {
    return startAccepting(state, thread, sink, channel, env);
  }
  if (empty && patient && takeWaitS(channel) > 0) {
    thread.step = 'taking';
    if (!thread.keepAliveTimer) startKeepAliveTimer(state, thread, env);
    return;
  }
  thread.ranDry = empty;
  finish(state, thread, env);
}

/** One timer watches over all waits of a thread, since nearly all of them end with an event. */
function startKeepAliveTimer(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  thread.keepAliveTimer = true;
  env.at(state.process, thread.deadlineUs, { type: 'keep-alive', thread: thread.index });
}

/** The timer rang; the wait that it was set for may have ended long ago. */
export function keepAliveIsOver(
  state: AgentState,
  thread: SinkThread,
  env: AgentEnvironment,
): void {
  thread.keepAliveTimer = false;
  if (thread.step !== 'taking') return;
  if (env.nowUs >= thread.deadlineUs) takeMore(state, thread, false, env);
  else startKeepAliveTimer(state, thread, env);
}

function startAccepting(
  state: AgentState,
  thread: SinkThread,
  sink: Sink,
  channel: AgentChannel,
  env: AgentEnvironment,
): void {
  const { takes } = openTransaction(thread);
  for (let i = thread.handedOn; i < takes.length; i++) {
    const { recordId } = takes[i] as FlumeEvent;
    if (recordId >= 0) env.trace.send(sink.fromChannel, recordId, env.nowUs);
  }
  gaugeChannel(channel, env);
  thread.step = 'accepting';
  // A file channel never waits for more, so what was taken is also what is committed, with one fsync.
  const syncUs = isDurable(channel) ? env.costs.flumeFileSyncUs : 0;
  const sendingUs = (takes.length - thread.handedOn) * env.costs.flumeEventUs;
  const busyUs = (sendingUs + syncUs) * env.slowness(state.process);
  wakeSink(state, thread, Math.max(1, busyUs), env);
}

function accept(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  const sink = called(thread);
  const { takes } = openTransaction(thread);
  const first = thread.handedOn;
  thread.handedOn = takes.length;
  const problem = acceptEvents(state, sink, thread, takes, first, env);
  if (problem !== null) return hear(state, thread, problem, env);
  thread.deadlineUs = takeDeadlineUs(channelOfSink(state, sink), env);
  takeMore(state, thread, true, env);
}

function finish(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  thread.step = 'finishing';
  thread.deadlineUs = -1;
  hear(state, thread, finishOutlet(state, called(thread), thread, false, env), env);
}

function hear(
  state: AgentState,
  thread: SinkThread,
  answer: OutletAnswer,
  env: AgentEnvironment,
): void {
  switch (answer.is) {
    case 'pending':
      if (answer.giveUpUs === null || answer.giveUpUs === thread.deadlineUs) return;
      thread.deadlineUs = answer.giveUpUs;
      return wakeSink(state, thread, answer.giveUpUs - env.nowUs, env);
    case 'done':
      return succeed(state, thread, env);
    case 'backoff':
      logAndMark(state, called(thread).part, answer.message, env);
      rollBack(state, thread, env);
      return answered(state, thread, false, env);
    case 'failed':
      return fail(state, thread, answer.message, env);
  }
}

function succeed(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  const sink = called(thread);
  const transaction = openTransaction(thread);
  const channel = channelOfSink(state, sink);
  const taken = transaction.takes.length;
  const outcome = commit(channel, transaction);
  assert(outcome === 'committed', 'a transaction of takes can always commit');
  thread.transaction = null;
  gaugeChannel(channel, env);
  if (taken > 0) wakeSourcesOf(state, channel, env);
  const { kind } = sink.configured.settings;
  // The null sink calls a batch that ran dry BACKOFF even with events in it.
  answered(state, thread, taken > 0 && !(kind === 'null' && thread.ranDry), env);
}

function fail(state: AgentState, thread: SinkThread, message: string, env: AgentEnvironment): void {
  const sink = called(thread);
  rollBack(state, thread, env);
  const { name } = sink.configured;
  const warning = warningOf(thread.processor, name);
  if (warning !== null) logAndMark(state, sink.part, warning, env);
  const call = sinkThrew(thread.processor, name, message, nowMs(env));
  thread.called = -1;
  follow(state, thread, call, env);
}

/** The events go back to the head of their channel; copies that are out already stay out. */
function rollBack(state: AgentState, thread: SinkThread, env: AgentEnvironment): void {
  const sink = called(thread);
  const transaction = openTransaction(thread);
  const channel = channelOfSink(state, sink);
  for (const { recordId } of transaction.takes) {
    if (recordId < 0) continue;
    env.trace.leave(sink.part, recordId);
    env.trace.write(channel.part, recordId);
  }
  rollback(channel, transaction);
  thread.transaction = null;
  gaugeChannel(channel, env);
  wakeSinksOf(state, channel, env);
}

function answered(
  state: AgentState,
  thread: SinkThread,
  ready: boolean,
  env: AgentEnvironment,
): void {
  sinkAnswered(thread.processor, ready);
  const sleepMs = sleepAfter(thread.backoff, ready ? 'READY' : 'BACKOFF');
  if (sleepMs > 0) return sleep(state, thread, sleepMs, env);
  // A wake that was meant for the last call finds this one waiting for events, and looks in vain.
  callProcess(state, thread, env);
}

function sleep(
  state: AgentState,
  thread: SinkThread,
  sleepMs: number,
  env: AgentEnvironment,
): void {
  thread.called = -1;
  thread.step = 'process';
  wakeSink(state, thread, sleepMs * 1000, env);
}
