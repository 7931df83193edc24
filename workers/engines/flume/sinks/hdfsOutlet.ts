/**
 * An HDFS sink at work (`HDFSEventSink.process`, Flume 1.11.0): every event to the writer of its
 * bucket, a flush of all writers at the end of the batch, then the commit.
 *
 * An IOException rolls back and answers BACKOFF; anything else, such as an event without the header
 * that its path needs, throws. Either way what was written of the batch stays, and comes again.
 *
 * Simplifications: the file operations of a batch run after it was taken, not between its events; a
 * close that fails is not tried again every 180 s, so its file keeps the in-use name.
 */
import {
  createHdfsClient,
  giveUp,
  isIdle,
  onHdfsReply,
  perform,
} from '../../../clients/hdfs/client.ts';
import type { FileOperation, HdfsClientPort } from '../../../clients/hdfs/client.ts';
import type { ProcessId } from '../../../kernel/environment.ts';
import type { HdfsReply, HdfsRequest } from '../../../wire/hdfs.ts';
import { logLine } from '../agentLog.ts';
import type { AgentEnvironment } from '../agentLog.ts';
import type { AgentEvent, AgentState, Outlet, Sink, SinkThread } from '../agentState.ts';
import { nowMs } from '../clock.ts';
import type { FlumeEvent } from '../event.ts';
import { isKnownFileType } from './hdfs.ts';
import type { HdfsSinkSettings } from './hdfs.ts';
import {
  abandonBuckets,
  appendToBuckets,
  closeOnTime,
  flushBuckets,
  idleTimers,
} from './hdfsBuckets.ts';
import type { BucketTimer } from './hdfsBuckets.ts';
import type { OutletAnswer } from './outlets.ts';
import { EventDeliveryException } from './sinkException.ts';

type HdfsOutlet = Outlet & { kind: 'hdfs' };

export function createHdfsOutlet(
  name: string,
  nameNode: ProcessId,
  pipes: HdfsOutlet['pipes'],
  env: AgentEnvironment,
): HdfsOutlet {
  return {
    kind: 'hdfs',
    nameNode,
    client: createHdfsClient(`${env.node}/${name}`),
    writers: new Map(),
    sent: [],
    touched: new Set(),
    problem: null,
    giveUpUs: -1,
    pipes,
  };
}

export function beginHdfs(outlet: HdfsOutlet): void {
  outlet.touched.clear();
  outlet.sent = [];
  outlet.problem = null;
  outlet.giveUpUs = -1;
}

export function acceptIntoHdfs(
  state: AgentState,
  sink: Sink,
  outlet: HdfsOutlet,
  thread: SinkThread,
  events: readonly FlumeEvent[],
  env: AgentEnvironment,
): OutletAnswer | null {
  const settings = sink.configured.settings as HdfsSinkSettings;
  if (!isKnownFileType(settings)) {
    return {
      is: 'backoff',
      message: `HDFS IO error: File type ${settings.fileType} not supported`,
    };
  }
  const operations: FileOperation[] = [];
  let problem: OutletAnswer | null = null;
  for (const event of events) {
    try {
      appendEvent(state, sink, outlet, thread, event, operations, env);
    } catch (thrown) {
      if (!(thrown instanceof EventDeliveryException)) throw thrown;
      problem = { is: 'failed', message: `process failed: ${thrown.message}` };
      break;
    }
  }
  perform(outlet.client, operations, hdfsPort(state, outlet, env));
  return problem;
}

function appendEvent(
  state: AgentState,
  sink: Sink,
  outlet: HdfsOutlet,
  thread: SinkThread,
  event: FlumeEvent,
  operations: FileOperation[],
  env: AgentEnvironment,
): void {
  const settings = sink.configured.settings as HdfsSinkSettings;
  const agent = { nowMs: nowMs(env), host: state.config.machine ?? env.node };
  const directory = withoutHost(settings.path);
  const timer = appendToBuckets(outlet, event, directory, settings, agent, operations);
  if (timer !== null) startTimer(state, sink, thread, timer, env);
}

/** Flushes every file of the batch, and waits until all of it is answered. */
export function finishHdfs(
  state: AgentState,
  sink: Sink,
  outlet: HdfsOutlet,
  thread: SinkThread,
  overdue: boolean,
  env: AgentEnvironment,
): OutletAnswer {
  const settings = sink.configured.settings as HdfsSinkSettings;
  if (outlet.giveUpUs < 0) {
    outlet.giveUpUs = giveUpUs(settings, env);
    const operations: FileOperation[] = [];
    flushBuckets(outlet, operations);
    perform(outlet.client, operations, hdfsPort(state, outlet, env));
  } else if (overdue) {
    const file = outlet.client.path;
    const message = `Callable timed out after ${settings.callTimeoutMs} ms on file: ${file}`;
    outlet.problem = giveUp(outlet.client, message);
  }
  if (outlet.problem !== null) {
    const operations: FileOperation[] = [];
    abandonBuckets(outlet, operations);
    perform(outlet.client, operations, hdfsPort(state, outlet, env));
    return { is: 'backoff', message: `HDFS IO error: ${outlet.problem}` };
  }
  if (!isIdle(outlet.client)) {
    return { is: 'pending', giveUpUs: outlet.giveUpUs === Infinity ? null : outlet.giveUpUs };
  }
  for (const timer of idleTimers(outlet, settings)) startTimer(state, sink, thread, timer, env);
  return { is: 'done' };
}

/** `hdfs.callTimeout` is of one call, and not of the batch; without it a call waits for ever. */
function giveUpUs({ callTimeoutMs }: HdfsSinkSettings, env: AgentEnvironment): number {
  return callTimeoutMs > 0 ? env.nowUs + callTimeoutMs * 1000 : Infinity;
}

function startTimer(
  state: AgentState,
  sink: Sink,
  thread: SinkThread,
  { lookupPath, bucketPath, flushes, afterS }: BucketTimer,
  env: AgentEnvironment,
): void {
  env.after(state.process, afterS * 1_000_000, {
    type: 'close bucket',
    thread: thread.index,
    sink: thread.sinks.indexOf(sink),
    lookupPath,
    bucketPath,
    flushes,
  });
}

/** rollInterval or idleTimeout has passed. */
export function closeByTimer(
  state: AgentState,
  outlet: HdfsOutlet,
  event: AgentEvent & { type: 'close bucket' },
  env: AgentEnvironment,
): void {
  const operations: FileOperation[] = [];
  if (!closeOnTime(outlet, event, operations)) return;
  logLine(state, `Closing ${event.bucketPath}`);
  perform(outlet.client, operations, hdfsPort(state, outlet, env));
}

export function hdfsAnswered(
  state: AgentState,
  sink: Sink,
  outlet: HdfsOutlet,
  reply: HdfsReply,
  env: AgentEnvironment,
): void {
  const problem = onHdfsReply(outlet.client, reply, hdfsPort(state, outlet, env));
  if (problem !== null) outlet.problem = problem;
  // The next call begins, with all of its time.
  if (outlet.giveUpUs >= 0)
    outlet.giveUpUs = giveUpUs(sink.configured.settings as HdfsSinkSettings, env);
}

/** The NameNode is gone: what waited for it fails. */
export function hdfsDisconnected(outlet: HdfsOutlet, problem: string): void {
  if (!isIdle(outlet.client)) outlet.problem = giveUp(outlet.client, problem);
}

function hdfsPort(state: AgentState, outlet: HdfsOutlet, env: AgentEnvironment): HdfsClientPort {
  return {
    send(request) {
      const dueUs = env.send(state.process, outlet.nameNode, request, bytesOf(request));
      if (dueUs >= 0 && request.type === 'hdfs.hflush') traceLines(outlet, request, dueUs, env);
    },
  };
}

function traceLines(
  outlet: HdfsOutlet,
  request: HdfsRequest & { type: 'hdfs.hflush' },
  dueUs: number,
  env: AgentEnvironment,
): void {
  const entry = outlet.pipes.find(({ path }) => request.path.startsWith(`${path}/`));
  for (const { record } of request.lines) {
    if (record < 0) continue;
    outlet.sent.push(record);
    if (entry !== undefined) env.trace.send(entry.pipe, record, dueUs);
  }
}

function bytesOf(request: HdfsRequest): number {
  if (request.type !== 'hdfs.hflush') return request.path.length;
  return request.lines.reduce((bytes, line) => bytes + line.bytes, 0);
}

/** `hdfs://cluster/logs` names host and path. */
export function splitHdfsPath(path: string): { host: string | null; path: string } {
  const found = /^hdfs:\/\/([^/:]*)(?::\d+)?(\/.*)?$/.exec(path);
  if (found === null) return { host: null, path };
  return { host: found[1] === '' ? null : (found[1] as string), path: found[2] ?? '/' };
}

function withoutHost(path: string): string {
  return splitHdfsPath(path).path;
}
