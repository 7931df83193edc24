/**
 * An Apache Flume 1.11.0 agent: sources read, channels keep, sinks write on, each hand-over in a
 * transaction. Nothing acknowledges from end to end: a channel forgets an event when the sink's take
 * commits, a source when its put does. So what a crash costs depends on where events are kept in
 * between: in a file they come twice, in memory they are gone, unless their source reads them again.
 *
 * The configuration is the agent's real properties text. What is left out stands in `omissions` and
 * at the head of each file.
 */
import type { Engine } from '../../kernel/engine.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import { anatomyOf, pipesOf } from './anatomy.ts';
import { crashAgent } from './agentCrash.ts';
import type { AgentEnvironment } from './agentLog.ts';
import { createAgent, restartAgent } from './agentStart.ts';
import { receiveMessage } from './agentMessages.ts';
import type { AgentEvent, AgentState } from './agentState.ts';
import { viewOf } from './agentView.ts';
import { channelOf } from './channelTraffic.ts';
import { usedSlots } from './channels/channel.ts';
import { writeCheckpoint } from './channels/fileChannel.ts';
import type { FileChannel } from './channels/fileChannel.ts';
import type { FlumeConfig } from './config.ts';
import { refusalsOf } from './refusals.ts';
import { knobs } from './settingsTable.ts';
import { keepAliveIsOver, outletMoved, runSink } from './sinkThread.ts';
import { closeByTimer } from './sinks/hdfsOutlet.ts';
import { kafkaTimerRang } from './sinks/kafkaOutlet.ts';
import { answerIsOverdue } from './sourceSteps.ts';
import { runSource } from './sourceThread.ts';
import { writePositionFile } from './sources/taildirThread.ts';

export const flumeEngine: Engine<FlumeConfig, AgentState, AgentEvent> = {
  type: 'flume',
  version: 'Apache Flume 1.11.0',
  omissions: [
    'Sources: TAILDIR, spooldir, exec with tail -F, seq, netcat and avro; the others are refused by name.',
    'Channels: memory and file. Sinks: Kafka, HDFS, avro, logger and null.',
    'Positions in taildir_position.json count lines here, and bytes in the real file.',
    'A changed properties file is read at once, as a new scenario; the real agent looks every 30 s.',
    'Regular expressions: the part of Java’s that can be matched in linear time.',
    'A component whose start fails is not tried again every 3 s.',
    'Times in HDFS paths are UTC; files hold lines, whatever hdfs.fileType says.',
    'Takes that were open at a file channel’s checkpoint return backwards after a crash; the real order is that of a hash of file offsets.',
  ],
  knobs,
  claims: [
    {
      name: 'a channel never holds more than its capacity',
      holds: (state) =>
        state.channels.every((channel) => {
          const used = usedSlots(channel);
          return used >= 0 && used <= channel.store.settings.capacity;
        }),
    },
    {
      name: 'a written position is never ahead of what was committed',
      holds: (state) =>
        state.sources.every(({ work }) => {
          if (work.kind !== 'TAILDIR' || !work.reader.loaded) return true;
          return work.positionFile.every(({ inode, pos }) => {
            return pos <= (work.reader.tailFiles.get(inode)?.pos ?? Infinity);
          });
        }),
    },
  ],
  refusals: refusalsOf,
  processes: () => ['agent'],
  anatomy: anatomyOf,
  pipes: pipesOf,
  programText: () => null,
  start: createAgent,
  handle,
  receive: receiveMessage,
  crash: (state, _process, env) => crashAgent(state, env),
  restart: (_state, process, env) => {
    env.after(process, env.costs.flumeStartUs, { type: 'started' });
  },
  view: (state, part) => viewOf(state, part),
};

function handle(
  state: AgentState,
  _process: ProcessId,
  event: AgentEvent,
  env: AgentEnvironment,
): void {
  switch (event.type) {
    case 'started':
      return restartAgent(state, env);
    case 'source': {
      const thread = state.sources[event.thread];
      if (thread?.turn === event.turn) runSource(state, thread, env);
      return;
    }
    case 'sink': {
      const thread = state.sinks[event.thread];
      if (thread?.turn === event.turn) runSink(state, thread, env);
      return;
    }
    case 'no answer': {
      const thread = state.sources[event.thread];
      if (thread && answerIsOverdue(state, thread, env)) runSource(state, thread, env);
      return;
    }
    case 'keep-alive': {
      const thread = state.sinks[event.thread];
      if (thread) keepAliveIsOver(state, thread, env);
      return;
    }
    case 'position writer': {
      const thread = state.sources[event.thread];
      if (thread?.work.kind === 'TAILDIR') writePositionFile(state, thread, thread.work, env);
      return;
    }
    case 'checkpoint': {
      const { store } = channelOf(state, event.channel);
      if (store.settings.kind !== 'file') return;
      writeCheckpoint(store as FileChannel);
      return env.after(state.process, store.settings.checkpointIntervalMs * 1000, event);
    }
    case 'kafka client':
      for (const thread of state.sinks) {
        for (const sink of thread.sinks) {
          if (sink.outlet.kind !== 'kafka' || sink.outlet.clientId !== event.clientId) continue;
          kafkaTimerRang(state, sink.outlet, env);
          outletMoved(state, thread, sink, env);
        }
      }
      return;
    case 'close bucket': {
      const outlet = state.sinks[event.thread]?.sinks[event.sink]?.outlet;
      if (outlet?.kind === 'hdfs') closeByTimer(state, outlet, event, env);
    }
  }
}
