/** What reaches an agent from other processes, and which of its threads it is for. */
import { bookUndelivered } from '../../clients/kafka/undelivered.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { AgentEnvironment } from './agentLog.ts';
import type { AgentState, Sink, SinkThread } from './agentState.ts';
import { outletMoved } from './sinkThread.ts';
import { hdfsAnswered, hdfsDisconnected } from './sinks/hdfsOutlet.ts';
import { isOfCluster, kafkaAnswered, kafkaDisconnected } from './sinks/kafkaOutlet.ts';
import { answerSource } from './sourceThread.ts';
import { arrive } from './sources/serverThread.ts';

export function receiveMessage(
  state: AgentState,
  _process: ProcessId,
  from: ProcessId,
  message: WireMessage,
  env: AgentEnvironment,
): void {
  if (!state.up) return refuseConnection(state, from, message, env);
  switch (message.type) {
    case 'files.listing':
    case 'files.lines':
      return answerSource(state, message, message.request, env);
    case 'line':
      return acceptLine(state, from, message.record, env);
    case 'avro.append-batch':
      return acceptBatch(state, from, message, env);
    case 'connection-refused':
    case 'connection-reset':
      return hearUndelivered(state, from, message.undelivered, env);
    case 'peer-died':
    case 'avro.status':
    case 'hdfs.reply':
    case 'kafka.produce-response':
    case 'kafka.metadata-response':
    case 'kafka.init-producer-id-response':
    case 'kafka.api-versions-response':
      return tellSinks(state, from, message, env);
    default:
      // Nothing else is meant for an agent.
      return;
  }
}

/** A process that is still starting has opened no port yet. */
function refuseConnection(
  state: AgentState,
  from: ProcessId,
  message: WireMessage,
  env: AgentEnvironment,
): void {
  if (message.type === 'avro.append-batch') {
    const { request } = message;
    env.send(state.process, from, { type: 'avro.status', request, status: 'FAILED' });
  }
  if (message.type === 'line') loseLine(state, message.record, env);
}

function loseLine(state: AgentState, record: number, env: AgentEnvironment): void {
  const source = state.sources.find(({ work }) => work.kind === 'netcat') ?? state.sources[0];
  if (source === undefined) return;
  env.lost(record, source.partId, 'nobody listened at the source’s port');
}

/** Nobody listens on a port without a netcat source: the line is gone. */
function acceptLine(
  state: AgentState,
  from: ProcessId,
  record: number,
  env: AgentEnvironment,
): void {
  for (const thread of state.sources) {
    const { work } = thread;
    if (work.kind !== 'netcat') continue;
    const body = env.records.lines[record] as string;
    const events = [{ headers: [], body, record }];
    return arrive(state, thread, work, { from, request: -1, record, events }, env);
  }
  loseLine(state, record, env);
}

function acceptBatch(
  state: AgentState,
  from: ProcessId,
  message: WireMessage & { type: 'avro.append-batch' },
  env: AgentEnvironment,
): void {
  for (const thread of state.sources) {
    const { work, configured } = thread;
    if (work.kind !== 'avro' || configured.settings.kind !== 'avro') continue;
    if (configured.settings.port !== message.port) continue;
    const { request, events } = message;
    return arrive(state, thread, work, { from, request, record: -1, events }, env);
  }
}

/** What did not get through: a request for files, or one of a sink's. */
function hearUndelivered(
  state: AgentState,
  from: ProcessId,
  undelivered: WireMessage,
  env: AgentEnvironment,
): void {
  if (undelivered.type === 'files.list' || undelivered.type === 'files.read') {
    return answerSource(state, null, undelivered.request, env);
  }
  for (const thread of state.sinks) {
    for (const sink of thread.sinks) {
      failOutlet(state, sink, from, undelivered, env);
      outletMoved(state, thread, sink, env);
    }
  }
}

function failOutlet(
  state: AgentState,
  { outlet }: Sink,
  from: ProcessId,
  undelivered: WireMessage,
  env: AgentEnvironment,
): void {
  const peer = env.processName(from);
  if (outlet.kind === 'kafka') {
    const own = 'clientId' in undelivered && undelivered.clientId === outlet.clientId;
    if (!own) return;
    if (undelivered.type === 'kafka.produce') bookUndelivered(undelivered, peer, env);
    kafkaDisconnected(state, outlet, peer, env);
  } else if (outlet.kind === 'hdfs' && outlet.nameNode === from) {
    hdfsDisconnected(outlet, `Connection refused: ${peer}`);
  } else if (outlet.kind === 'avro' && undelivered.type === 'avro.append-batch') {
    if (undelivered.request === outlet.request) outlet.answer = 'FAILED';
  }
}

function tellSinks(
  state: AgentState,
  from: ProcessId,
  message: WireMessage,
  env: AgentEnvironment,
): void {
  for (const thread of state.sinks) {
    for (const sink of thread.sinks) tellSink(state, thread, sink, from, message, env);
  }
}

function tellSink(
  state: AgentState,
  thread: SinkThread,
  sink: Sink,
  from: ProcessId,
  message: WireMessage,
  env: AgentEnvironment,
): void {
  const { outlet } = sink;
  switch (outlet.kind) {
    case 'kafka':
      if (message.type === 'peer-died') {
        const peer = env.processName(from);
        if (isOfCluster(outlet, peer)) kafkaDisconnected(state, outlet, peer, env);
      } else if ('clientId' in message && message.clientId === outlet.clientId) {
        kafkaAnswered(state, outlet, message as KafkaResponse, env);
      }
      break;
    case 'hdfs':
      if (message.type === 'hdfs.reply' && message.client === outlet.client.name) {
        hdfsAnswered(state, sink, outlet, message, env);
      } else if (message.type === 'peer-died' && from === outlet.nameNode) {
        hdfsDisconnected(outlet, `Connection reset by peer: ${env.processName(from)}`);
      }
      break;
    case 'avro':
      if (message.type === 'avro.status' && message.request === outlet.request) {
        outlet.answer = message.status;
      } else if (message.type === 'peer-died' && from === outlet.peer && outlet.request >= 0) {
        outlet.answer = 'FAILED';
      }
      break;
    case 'none':
      return;
  }
  outletMoved(state, thread, sink, env);
}
