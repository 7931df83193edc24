/**
 * `kill -9` of an agent: what was only in memory is gone. An event of a memory channel is lost for
 * good when the written position lies behind its line, and comes again when it does not; what a file
 * channel holds is back after the replay, together with what its sinks had taken and not committed.
 */
import type { AgentEnvironment } from './agentLog.ts';
import type { AgentChannel, AgentState, Sink, SinkThread } from './agentState.ts';
import { channelOfSink, gaugeChannel } from './channelTraffic.ts';
import { heldEvents, isDurable, restartChannel } from './channels/channel.ts';
import type { FlumeEvent } from './event.ts';
import { willBeReadAgain } from './sources/taildirThread.ts';

const cause = 'it was in a memory channel when the agent died';

export function crashAgent(state: AgentState, env: AgentEnvironment): void {
  state.up = false;
  const durable = recordsInFileChannels(state);
  dropAtSources(state, env);
  for (const thread of state.sinks) dropAtSinks(state, thread, durable, env);
  for (const channel of state.channels) {
    if (!isDurable(channel)) dropChannel(state, channel, durable, env);
    gaugeChannel(channel, env);
  }
}

function recordsInFileChannels(state: AgentState): Set<number> {
  const records = new Set<number>();
  for (const channel of state.channels) {
    if (!isDurable(channel)) continue;
    for (const event of heldEvents(channel)) records.add(event.recordId);
  }
  return records;
}

/** What a source had read comes again from its file, or from a client that was not answered. */
function dropAtSources(state: AgentState, env: AgentEnvironment): void {
  for (const { events, part, partId, work } of state.sources) {
    const read = work.kind === 'exec' ? work.buffer : events;
    for (const { recordId } of read) {
      if (work.kind === 'exec') env.lost(recordId, partId, 'tail -F has no position to go back to');
      if (recordId >= 0) env.trace.leave(part, recordId);
    }
    if (work.kind !== 'netcat') continue;
    for (const { record } of work.arrivals) {
      env.lost(record, partId, 'its agent died before it was in a channel');
    }
  }
}

function dropAtSinks(
  state: AgentState,
  thread: SinkThread,
  durable: ReadonlySet<number>,
  env: AgentEnvironment,
): void {
  const sink = thread.sinks[thread.called];
  if (sink === undefined || thread.transaction === null) return;
  const channel = channelOfSink(state, sink);
  const { takes } = thread.transaction;
  const left = recordsThatLeft(sink, takes);
  for (const event of takes) {
    const { recordId } = event;
    if (recordId < 0) continue;
    const out = left.has(recordId);
    if (isDurable(channel)) {
      if (!out) env.trace.leave(sink.part, recordId);
      env.trace.write(channel.part, recordId);
    } else if (!out) {
      drop(state, event, sink.part, sink.partId, durable, env);
    }
  }
}

/** The records of which a copy is on its way to the next system. */
function recordsThatLeft({ outlet }: Sink, takes: readonly FlumeEvent[]): ReadonlySet<number> {
  if (outlet.kind === 'hdfs') return new Set(outlet.sent);
  if (outlet.kind === 'kafka') return new Set(outlet.sent.flat().map(({ record }) => record));
  const isSent = outlet.kind === 'avro' && outlet.request >= 0;
  return new Set(isSent ? takes.map(({ recordId }) => recordId) : []);
}

function dropChannel(
  state: AgentState,
  channel: AgentChannel,
  durable: ReadonlySet<number>,
  env: AgentEnvironment,
): void {
  for (const event of heldEvents(channel)) {
    if (event.recordId >= 0) drop(state, event, channel.part, channel.partId, durable, env);
  }
  restartChannel(channel);
}

function drop(
  state: AgentState,
  event: FlumeEvent,
  part: number,
  id: string,
  durable: ReadonlySet<number>,
  env: AgentEnvironment,
): void {
  env.trace.drop(part, event.recordId, cause);
  const comesAgain = state.sources.some(
    ({ work }) => work.kind === 'TAILDIR' && willBeReadAgain(work, event),
  );
  if (!comesAgain && !durable.has(event.recordId)) env.lost(event.recordId, id, cause);
}
