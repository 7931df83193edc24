/**
 * Starting an agent (`Application.startAllComponents`, Flume 1.11.0): channels, then sinks, then
 * sources. A second life begins with what lies on disk: the position file, a spooled file's position,
 * a file channel's checkpoint and log.
 */
import { assert } from '../../kernel/assert.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import { hdfsNode, partId, targetParts } from './anatomy.ts';
import { logAndMark, logLine } from './agentLog.ts';
import type { AgentEnvironment } from './agentLog.ts';
import type {
  AgentChannel,
  AgentState,
  Outlet,
  Sink,
  SinkThread,
  SourceThread,
  SourceWork,
} from './agentState.ts';
import { gaugeChannel } from './channelTraffic.ts';
import { createChannel, depth, isDurable, restartChannel } from './channels/channel.ts';
import type { FlumeConfig } from './config.ts';
import type { ConfiguredSink, ConfiguredSource } from './configuration/materialize.ts';
import { readAgent } from './configuration/readAgent.ts';
import type { Agent } from './configuration/readAgent.ts';
import { createProcessor } from './processors/sinkProcessor.ts';
import { hasProcess } from './refusals.ts';
import { createRunnerBackoff } from './runnerBackoff.ts';
import { createHdfsOutlet } from './sinks/hdfsOutlet.ts';
import { createKafkaOutlet } from './sinks/kafkaOutlet.ts';
import { firstBackoffMs } from './sources/spooldir.ts';
import { createSpoolingReader } from './sources/spoolingReader.ts';
import { createTaildirReader, firstPositionWriteMs } from './sources/taildir.ts';

export function createAgent(config: FlumeConfig, env: AgentEnvironment): AgentState {
  const agent = readAgent(config);
  const state: AgentState = {
    config,
    process: env.process(`${config.id}/agent`),
    machine: machineOf(config, env),
    channels: [],
    sources: [],
    sinks: [],
    up: true,
    nextRequest: 0,
    log: [],
  };
  for (const { level, text } of agent.report.log) logLine(state, `${level} ${text}`);
  for (const { name, settings } of agent.channels) {
    const id = partId(agent, 'channel', name);
    const { store, nextTransaction } = createChannel(name, settings);
    state.channels.push({
      name,
      store,
      nextTransaction,
      partId: id,
      part: env.trace.part(id),
      depthGauge: env.trace.gaugeId(`${id}:depth`),
      slotsGauge: env.trace.gaugeId(`${id}:slots`),
    });
  }
  agent.sources.forEach((configured, index) => {
    state.sources.push(createSource(config, agent, configured, index, env));
  });
  agent.runners.forEach((configured, index) => {
    state.sinks.push({
      index,
      configured,
      processor: createProcessor(
        configured.processor,
        configured.sinks.map(({ name }) => name),
      ),
      sinks: configured.sinks.map((sink) => createSink(config, agent, sink, env)),
      backoff: createRunnerBackoff(),
      turn: 0,
      step: 'process',
      called: -1,
      transaction: null,
      handedOn: 0,
      ranDry: false,
      deadlineUs: 0,
      keepAliveTimer: false,
    });
  });
  startThreads(state, env);
  return state;
}

/** The new process has been started and is up: everything that lived in memory begins anew. */
export function restartAgent(state: AgentState, env: AgentEnvironment): void {
  const agent = readAgent(state.config);
  state.up = true;
  for (const channel of state.channels) {
    restartChannel(channel);
    gaugeChannel(channel, env);
    tellReplay(state, channel, env);
  }
  for (const thread of state.sources) {
    thread.work = workOf(state.config, agent, thread.configured, thread.work, env);
    thread.backoff = backoffOf(thread.configured);
    thread.events = [];
    thread.delivery = null;
    thread.answerTimer = false;
    thread.waitsFor = null;
  }
  state.sinks.forEach((thread, index) => {
    const { processor, sinks } = thread.configured;
    state.sinks[index] = {
      ...thread,
      processor: createProcessor(
        processor,
        sinks.map(({ name }) => name),
      ),
      sinks: sinks.map((sink) => createSink(state.config, agent, sink, env)),
      backoff: createRunnerBackoff(),
      step: 'process',
      called: -1,
      transaction: null,
      handedOn: 0,
      keepAliveTimer: false,
    } satisfies SinkThread;
  });
  startThreads(state, env);
}

function machineOf(config: FlumeConfig, env: AgentEnvironment): ProcessId {
  const server = `${String(config.machine)}/server`;
  return hasProcess(env.graph, server) ? env.process(server) : -1;
}

function tellReplay(state: AgentState, channel: AgentChannel, env: AgentEnvironment): void {
  if (!isDurable(channel)) return;
  const line = `Queue Size after replay: ${depth(channel)} [channel=${channel.name}]`;
  logAndMark(state, channel.part, line, env);
}

function startThreads(state: AgentState, env: AgentEnvironment): void {
  for (const { name, store } of state.channels) {
    if (store.settings.kind !== 'file') continue;
    const delayUs = store.settings.checkpointIntervalMs * 1000;
    env.after(state.process, delayUs, { type: 'checkpoint', channel: name });
  }
  for (const thread of state.sinks) {
    thread.turn++;
    env.after(state.process, 0, { type: 'sink', thread: thread.index, turn: thread.turn });
  }
  for (const thread of state.sources) {
    thread.turn++;
    env.after(state.process, 0, { type: 'source', thread: thread.index, turn: thread.turn });
    if (thread.work.kind !== 'TAILDIR') continue;
    const written = { type: 'position writer', thread: thread.index } as const;
    env.after(state.process, firstPositionWriteMs * 1000, written);
  }
}

function createSource(
  config: FlumeConfig,
  agent: Agent,
  configured: ConfiguredSource,
  index: number,
  env: AgentEnvironment,
): SourceThread {
  const id = partId(agent, 'source', configured.name);
  const pipes = configured.channels.map((channel) => {
    return env.trace.pipe(`${id} > ${partId(agent, 'channel', channel)}`);
  });
  return {
    index,
    configured,
    partId: id,
    part: env.trace.part(id),
    pipes,
    turn: 0,
    events: [],
    delivery: null,
    answerByUs: 0,
    answerTimer: false,
    waitsFor: null,
    deadlineUs: 0,
    backoff: backoffOf(configured),
    work: workOf(config, agent, configured, null, env),
  };
}

function backoffOf({ settings }: ConfiguredSource) {
  return settings.kind === 'TAILDIR'
    ? createRunnerBackoff(settings.backoffSleepIncrementMs, settings.maxBackoffSleepMs)
    : createRunnerBackoff();
}

/** @param before the work of the life before, of which only what is on disk is kept */
function workOf(
  config: FlumeConfig,
  agent: Agent,
  { name, settings }: ConfiguredSource,
  before: SourceWork | null,
  env: AgentEnvironment,
): SourceWork {
  const id = partId(agent, 'source', name);
  switch (settings.kind) {
    case 'TAILDIR':
      return {
        kind: 'TAILDIR',
        step: 'poll',
        reader: createTaildirReader(settings),
        positionFile: before?.kind === 'TAILDIR' ? before.positionFile : [],
        inputPipe: inputPipe(config, id, env),
        positionGauge: env.trace.gaugeId(`${id}:position`),
        persistedGauge: env.trace.gaugeId(`${id}:position-file`),
        request: -1,
        fileAt: 0,
        batchCount: 0,
        moreLines: false,
      };
    case 'spooldir':
      return {
        kind: 'spooldir',
        step: 'poll',
        inputPipe: inputPipe(config, id, env),
        request: -1,
        reader: createSpoolingReader(before?.kind === 'spooldir' ? before.reader.tracker : null),
        isRetiring: false,
        linesRead: 0,
        backoffMs: firstBackoffMs,
      };
    case 'exec':
      return {
        kind: 'exec',
        step: 'poll',
        inputPipe: inputPipe(config, id, env),
        request: -1,
        position: -1,
        skipTo: 0,
        readTo: before?.kind === 'exec' ? before.readTo : 0,
        buffer: [],
        pushedUs: env.nowUs,
        reading: false,
      };
    case 'seq':
      return { kind: 'seq', step: 'poll', sent: 0 };
    case 'netcat':
    case 'avro':
      return { kind: settings.kind, step: 'poll', arrivals: [] };
  }
}

/** The pipe on which the machine's lines come; a web server has one part. */
function inputPipe(config: FlumeConfig, source: string, env: AgentEnvironment): number {
  const [log] = env.graph.parts(String(config.machine));
  assert(log !== undefined, 'the machine whose files are read has a part');
  return env.trace.pipe(`${log.id} > ${source}`);
}

function createSink(
  config: FlumeConfig,
  agent: Agent,
  configured: ConfiguredSink,
  env: AgentEnvironment,
): Sink {
  const id = partId(agent, 'sink', configured.name);
  const channel = partId(agent, 'channel', configured.channel);
  return {
    configured,
    channel: agent.channels.findIndex(({ name }) => name === configured.channel),
    part: env.trace.part(id),
    partId: id,
    fromChannel: env.trace.pipe(`${channel} > ${id}`),
    outlet: createOutlet(config, configured, id, env),
  };
}

function createOutlet(
  config: FlumeConfig,
  sink: ConfiguredSink,
  id: string,
  env: AgentEnvironment,
): Outlet {
  const { settings, name } = sink;
  const targets = targetParts(config, sink, env.graph);
  const pipeTo = (target: string) => env.trace.pipe(`${id} > ${target}`);
  switch (settings.kind) {
    case 'kafka': {
      const servers = settings.producer['bootstrap.servers'].filter((server) =>
        hasProcess(env.graph, server),
      );
      const producer = { ...settings.producer, 'bootstrap.servers': servers };
      return createKafkaOutlet(producer, name, settings.topic, targets.map(pipeTo), env);
    }
    case 'hdfs': {
      const node = String(hdfsNode(config, settings.path));
      const directories = env.graph.parts(node).map((part) => {
        return { path: part.detail, pipe: pipeTo(part.id) };
      });
      return createHdfsOutlet(name, env.process(`${node}/namenode`), directories, env);
    }
    case 'avro': {
      const peer = env.process(`${settings.hostname}/agent`);
      const [target] = targets;
      assert(target !== undefined, 'the other agent listens');
      return { kind: 'avro', peer, pipe: pipeTo(target), request: -1, answer: null, giveUpUs: 0 };
    }
    default:
      return { kind: 'none' };
  }
}
