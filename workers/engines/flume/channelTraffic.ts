/**
 * What the threads of an agent see of each other: a commit that makes room wakes sources that wait
 * for it, one that brings events wakes sinks.
 */
import { channelNamed, depth, usedSlots } from './channels/channel.ts';
import type { AgentChannel, AgentState, Sink } from './agentState.ts';
import type { AgentEnvironment } from './agentLog.ts';
import { assert } from '../../kernel/assert.ts';

export function channelOf(state: AgentState, name: string): AgentChannel {
  const channel = channelNamed(state.channels, name);
  assert(channel !== undefined, 'a channel exists by its name');
  return channel;
}

export function channelOfSink(state: AgentState, sink: Sink): AgentChannel {
  const channel = state.channels[sink.channel];
  assert(channel !== undefined, 'a sink has a channel');
  return channel;
}

/** Writes the channel's gauges after it has changed. */
export function gaugeChannel(channel: AgentChannel, env: AgentEnvironment): void {
  env.trace.gauge(channel.depthGauge, depth(channel));
  env.trace.gauge(channel.slotsGauge, usedSlots(channel));
}

export function wakeSinksOf(state: AgentState, channel: AgentChannel, env: AgentEnvironment): void {
  for (const thread of state.sinks) {
    const sink = thread.sinks[thread.called];
    if (thread.step !== 'taking' || sink === undefined) continue;
    if (channelOfSink(state, sink) !== channel) continue;
    thread.turn++;
    env.after(state.process, 0, { type: 'sink', thread: thread.index, turn: thread.turn });
  }
}

export function wakeSourcesOf(
  state: AgentState,
  channel: AgentChannel,
  env: AgentEnvironment,
): void {
  for (const thread of state.sources) {
    if (thread.waitsFor !== channel.name) continue;
    thread.turn++;
    env.after(state.process, 0, { type: 'source', thread: thread.index, turn: thread.turn });
  }
}
