/**
 * What each kind of sink does with its events (Flume 1.11.0): how it begins a transaction, takes
 * events in, and learns that the system behind has them all.
 */
import type { AgentEnvironment } from '../agentLog.ts';
import { logLine } from '../agentLog.ts';
import type { AgentState, Sink, SinkThread } from '../agentState.ts';
import type { Transaction } from '../channels/transaction.ts';
import type { FlumeEvent } from '../event.ts';
import { avroAnswer, beginAvro, sendAvroBatch } from './avroOutlet.ts';
import { acceptIntoHdfs, beginHdfs, finishHdfs } from './hdfsOutlet.ts';
import { acceptIntoKafka, beginKafka, finishKafka } from './kafkaOutlet.ts';
import { loggerLine } from './loggerLine.ts';

export type OutletAnswer =
  /** Not yet; with `giveUpUs` the time at which the sink stops waiting. */
  | { readonly is: 'pending'; readonly giveUpUs: number | null }
  | { readonly is: 'done' }
  /** Roll back and answer BACKOFF, without an exception. */
  | { readonly is: 'backoff'; readonly message: string }
  /** Roll back and throw. */
  | { readonly is: 'failed'; readonly message: string };

const done: OutletAnswer = { is: 'done' };

export function beginOutlet(sink: Sink, transaction: Transaction): void {
  const { outlet } = sink;
  if (outlet.kind === 'kafka') beginKafka(outlet, transaction);
  if (outlet.kind === 'hdfs') beginHdfs(outlet);
  if (outlet.kind === 'avro') beginAvro(outlet);
}

/**
 * Hands on the events that were taken, from the one at `first`.
 *
 * @returns what went wrong, or null
 */
export function acceptEvents(
  state: AgentState,
  sink: Sink,
  thread: SinkThread,
  takes: readonly FlumeEvent[],
  first: number,
  env: AgentEnvironment,
): OutletAnswer | null {
  const { outlet } = sink;
  switch (outlet.kind) {
    case 'kafka':
      return acceptIntoKafka(state, sink, outlet, takes, first, env);
    case 'hdfs':
      return acceptIntoHdfs(state, sink, outlet, thread, takes.slice(first), env);
    case 'avro':
      return null;
    case 'none':
      for (const event of takes.slice(first)) {
        if (event.recordId >= 0) env.trace.leave(sink.part, event.recordId);
        if (sink.configured.settings.kind === 'logger') {
          logLine(state, `Event: ${loggerLine(event)}`);
        }
      }
      return null;
  }
}

/** @param overdue whether the time to give up has come */
export function finishOutlet(
  state: AgentState,
  sink: Sink,
  thread: SinkThread,
  overdue: boolean,
  env: AgentEnvironment,
): OutletAnswer {
  const events = thread.transaction?.takes ?? [];
  const { outlet } = sink;
  if (events.length === 0) return done;
  switch (outlet.kind) {
    case 'none':
      return done;
    case 'kafka':
      return finishKafka(state, outlet, sink, env);
    case 'hdfs':
      return finishHdfs(state, sink, outlet, thread, overdue, env);
    case 'avro':
      if (outlet.request < 0) return sendAvroBatch(state, sink, outlet, events, env);
      return avroAnswer(outlet, overdue);
  }
}
