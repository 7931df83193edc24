/**
 * Sources that are written to over the network (`NetcatSource`, `AvroSource`, Flume 1.11.0). What a
 * channel refuses is the client's to send again: an avro client hears FAILED and does, a netcat client
 * hears it too, but its line is gone.
 */
import { logAndMark } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentState, Arrival, ServerWork, SourceThread } from '../agentState.ts';
import { createEvent } from '../event.ts';
import { deliver, wakeSource } from '../sourceSteps.ts';
import { failedReply, lineFits, tooLongReply } from './netcat.ts';

/** A line or an RPC came in. */
export function arrive(
  state: AgentState,
  thread: SourceThread,
  work: ServerWork,
  arrival: Arrival,
  env: AgentEnvironment,
): void {
  work.arrivals.push(arrival);
  if (work.step === 'poll' && work.arrivals.length === 1) wakeSource(state, thread, 0, env);
}

export function serverPoll(
  state: AgentState,
  thread: SourceThread,
  work: ServerWork,
  env: AgentEnvironment,
): void {
  const [arrival] = work.arrivals;
  if (arrival === undefined) return;
  const { settings } = thread.configured;
  const line = arrival.events[0]?.body ?? '';
  if (settings.kind === 'netcat' && !lineFits(settings, line)) {
    logAndMark(state, thread.part, tooLongReply(settings), env);
    env.lost(arrival.record, thread.partId, 'the line was too long');
    return next(state, thread, work, env);
  }
  const events = arrival.events.map(({ body, record, headers }) =>
    createEvent(body, record, new Map(headers)),
  );
  deliver(state, thread, events, env);
}

export function serverDelivered(
  state: AgentState,
  thread: SourceThread,
  work: ServerWork,
  env: AgentEnvironment,
): void {
  reply(state, work, 'OK', env);
  next(state, thread, work, env);
}

export function serverRefused(
  state: AgentState,
  thread: SourceThread,
  work: ServerWork,
  message: string,
  env: AgentEnvironment,
): void {
  logAndMark(state, thread.part, failedReply(message), env);
  const record = work.arrivals[0]?.record ?? -1;
  if (work.kind === 'netcat' && record >= 0) {
    env.lost(record, thread.partId, 'the channel was full');
  }
  reply(state, work, 'FAILED', env);
  next(state, thread, work, env);
}

function reply(
  state: AgentState,
  work: ServerWork,
  status: 'OK' | 'FAILED',
  env: AgentEnvironment,
): void {
  const [arrival] = work.arrivals;
  if (work.kind !== 'avro' || arrival === undefined) return;
  env.send(state.process, arrival.from, {
    type: 'avro.status',
    request: arrival.request,
    status,
  });
}

function next(
  state: AgentState,
  thread: SourceThread,
  work: ServerWork,
  env: AgentEnvironment,
): void {
  work.arrivals = work.arrivals.slice(1);
  work.step = 'poll';
  if (work.arrivals.length > 0) wakeSource(state, thread, 0, env);
}
