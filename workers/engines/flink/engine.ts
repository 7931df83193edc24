/**
 * A Flink streaming job: KafkaSource → the program's functions → keyBy → window → sink, on a job manager and as many
 * task managers as the parallelism. Records flow one by one; event time moves with watermarks; state is snapshot at
 * barriers, and brought back with the source's offsets when the job fails.
 *
 * Follows Apache Flink 1.20.0 with the Kafka connector 3.4. Each file of this folder says what it follows and leaves out.
 */
import { createAppendColumns } from '../../kernel/appendColumns.ts';
import { createAppendLog } from '../../kernel/appendLog.ts';
import { assert, present } from '../../kernel/assert.ts';
import { integers } from '../../kernel/columns.ts';
import type { Engine } from '../../kernel/engine.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import { isOfConnection } from '../../wire/transport.ts';
import { onDisconnect, onMessage, onTimer } from '../../clients/kafka/consumer.ts';
import { applyChain } from '../../functions/chain.ts';
import {
  anatomyOf,
  checkpointsPart,
  pipesOf,
  positionGauge,
  positionGauges,
  resultsPart,
  shufflePipe,
  sourcePart,
  windowPart,
} from './anatomy.ts';
import { flinkClaims } from './claims.ts';
import type { FlinkConfig } from './config.ts';
import {
  post,
  type CountedTuples,
  type FlinkEnvironment,
  type FlinkEvent,
  type FlinkState,
  type TraceNumbers,
} from './job.ts';
import {
  createJobManager,
  deployTasks,
  deployWhenPossible,
  expireCheckpoint,
  failJob,
  receiveAcknowledgement,
  runPeriodicTrigger,
  startAnew,
  stopTasks,
} from './jobManager.ts';
import { defaultMaxParallelism, keyGroupOf, subtaskOfKeyGroup } from './keyGroups.ts';
import { flinkKnobs } from './knobs.ts';
import { LONG_MIN } from './long.ts';
import { omissions } from './omissions.ts';
import { programText } from './programText.ts';
import { refusalsOf } from './refusals.ts';
import { createResultTable } from './resultTable.ts';
import {
  emitBatch,
  onConsumerEvents,
  pollSplits,
  portOfSource,
  tickWatermark,
  triggerCheckpoint,
} from './sourceTask.ts';
import { flushOutputs, resumeConsumption } from './shuffle.ts';
import { viewOf } from './view.ts';
import { windowConfigOf } from './windowing.ts';
import { completeCheckpoint } from './windowCheckpoint.ts';
import { finishBuffer, fireDueTimers, receiveItem } from './windowTask.ts';

export const flinkEngine: Engine<FlinkConfig, FlinkState, FlinkEvent> = {
  type: 'flink',
  version: 'Apache Flink 1.20.0',
  omissions,
  knobs: flinkKnobs,
  claims: flinkClaims,
  refusals: refusalsOf,
  processes: (config) => [
    'jobmanager',
    ...Array.from({ length: config['parallelism.default'] }, (_, i) => `tm-${i + 1}`),
  ],
  anatomy: anatomyOf,
  pipes: pipesOf,
  gauges: positionGauges,
  programText,

  start(config, env) {
    const parallelism = config['parallelism.default'];
    const subtasks = Array.from({ length: parallelism }, (_, subtask) => subtask);
    const partitions = env.graph.partitions(config.source.node, config.source.topic);
    const maxParallelism = defaultMaxParallelism(parallelism);
    const { keyIds, keys } = applyChain(config.program.functions, env.records);
    const state: FlinkState = {
      config,
      window: windowConfigOf(config),
      parallelism,
      maxParallelism,
      partitions: partitions.length,
      subtaskOfKey: Int32Array.from(keys, (key) =>
        subtaskOfKeyGroup(keyGroupOf(key, maxParallelism), parallelism, maxParallelism),
      ),
      jobManagerProcess: env.process(`${config.id}/jobmanager`),
      taskManagers: subtasks.map((subtask) => env.process(`${config.id}/tm-${subtask + 1}`)),
      taskManagersUp: subtasks.map(() => true),
      numbers: traceNumbers(config, subtasks, partitions.length, env),
      jobManager: createJobManager(parallelism),
      sources: subtasks.map(() => null),
      windows: subtasks.map(() => null),
      resultTable: createResultTable(),
      counted: subtasks.map(() => countedTuples(Math.ceil(keyIds.length / parallelism))),
      occurrenceOf: new Int32Array(keyIds.length).fill(-1),
      countedFrom: new Int32Array(keyIds.length),
      restoredOccurrences: 0,
      committed: subtasks.map(() => 0),
      checkpointSpans: 1,
      reportedEntries: subtasks.map(() => 0),
      reportedWatermarkMs: LONG_MIN,
    };
    deployWhenPossible(state, env);
    return state;
  },

  handle(state, process, event, env) {
    // What an earlier attempt of the job left behind finds nobody.
    const { attempt } = event;
    if (attempt !== undefined && attempt !== state.jobManager.attempt) return;
    switch (event.type) {
      case 'client wakes': {
        const subtask = subtaskOfClient(state, event.clientId);
        if (subtask < 0) return;
        const { consumer } = present(state.sources[subtask], 'the source task');
        const events = onTimer(consumer, portOfSource(state, subtask, env));
        return onConsumerEvents(state, subtask, events, env);
      }
      case 'batch done':
        return emitBatch(state, event.subtask, env);
      case 'watermark tick':
        return tickWatermark(state, event.subtask, env);
      case 'flush':
        flushOutputs(state, event.subtask, env);
        // Back-pressure may be over now.
        return pollSplits(state, event.subtask, env);
      case 'item':
        return receiveItem(state, event.subtask, event.channel, event.item, env);
      case 'resume consumption':
        return resumeConsumption(state, event.subtask, event.output, env);
      case 'buffer done':
        return finishBuffer(state, event.subtask, env);
      case 'clock':
        return fireDueTimers(state, event.subtask, env);
      case 'trigger checkpoint':
        return triggerCheckpoint(state, event.subtask, event.checkpointId, env);
      case 'acknowledge checkpoint':
        return receiveAcknowledgement(
          state,
          event.subtask,
          event.checkpointId,
          event.snapshot,
          env,
        );
      case 'checkpoint complete':
        return completeCheckpoint(state, event.subtask, event.checkpointId, env);
      case 'deploy':
        return deployTasks(state, event.subtask, env);
      case 'periodic trigger':
        return runPeriodicTrigger(state, event.atMs, env);
      case 'checkpoint expires':
        return expireCheckpoint(state, event.checkpointId, env);
      case 'task manager started':
        state.taskManagersUp[event.taskManager] = true;
        return post(env, state.jobManagerProcess, {
          type: 'task manager registered',
          taskManager: event.taskManager,
        });
      case 'task manager registered':
        state.jobManager.registered[event.taskManager] = true;
        return deployWhenPossible(state, env);
      case 'task manager lost':
        return loseTaskManager(state, event.taskManager, env);
      case 'backoff over':
        state.jobManager.waitsForSlots = true;
        return deployWhenPossible(state, env);
      case 'job manager started':
        assert(process === state.jobManagerProcess, 'the job manager starts in its own process');
        return startAnew(state, env);
    }
  },

  receive(state, process, from, message, env) {
    const subtask = state.taskManagers.indexOf(process);
    const task = state.sources[subtask] ?? null;
    if (task === null) return;
    const port = portOfSource(state, subtask, env);
    if (isOfConnection(message)) {
      const events = onDisconnect(task.consumer, env.processName(from), port);
      return onConsumerEvents(state, subtask, events, env);
    }
    // Whatever does not tell of a connection is an answer of a broker.
    const response = message as KafkaResponse;
    if (response.clientId !== task.clientId) return;
    onConsumerEvents(state, subtask, onMessage(task.consumer, response, port), env);
  },

  crash(state, process, env) {
    const { jobManager, jobManagerProcess, taskManagers } = state;
    if (process === jobManagerProcess) {
      jobManager.isUp = false;
      jobManager.status = 'RESTARTING';
      jobManager.completed = createAppendLog();
      jobManager.stored = createAppendLog();
      stopTasks(state, env);
      return;
    }
    const taskManager = taskManagers.indexOf(process);
    state.sources[taskManager] = null;
    state.windows[taskManager] = null;
    state.taskManagersUp[taskManager] = false;
    jobManager.registered[taskManager] = false;
    if (jobManager.isUp) post(env, jobManagerProcess, { type: 'task manager lost', taskManager });
  },

  restart(state, process, env) {
    const { jobManagerProcess, taskManagers } = state;
    if (process === jobManagerProcess)
      return env.after(process, env.costs.flinkStartUs, { type: 'job manager started' });
    const taskManager = taskManagers.indexOf(process);
    env.after(process, env.costs.flinkStartUs, { type: 'task manager started', taskManager });
  },

  view: viewOf,
};

/** An empty table, with room for the share of the tuples that a subtask may expect. */
function countedTuples(rows: number): CountedTuples {
  return createAppendColumns({ occurrence: integers(rows), row: integers(rows) });
}

function loseTaskManager(state: FlinkState, taskManager: number, env: FlinkEnvironment): void {
  const name = env.processName(present(state.taskManagers[taskManager], 'a task manager'));
  failJob(
    state,
    `org.apache.flink.runtime.jobmaster.JobMasterException: TaskManager with id ${name} is no longer reachable.`,
    env,
  );
}

function subtaskOfClient(state: FlinkState, clientId: string): number {
  return state.sources.findIndex((task) => task?.clientId === clientId);
}

function traceNumbers(
  config: FlinkConfig,
  subtasks: readonly number[],
  partitions: number,
  { trace }: FlinkEnvironment,
): TraceNumbers {
  const { id } = config;
  return {
    sources: subtasks.map((subtask) => trace.part(sourcePart(id, subtask))),
    windows: subtasks.map((subtask) => trace.part(windowPart(id, subtask))),
    checkpoints: trace.part(checkpointsPart(id)),
    results: trace.part(resultsPart(id)),
    shuffle: subtasks.map((from) => subtasks.map((to) => trace.pipe(shufflePipe(id, from, to)))),
    checkpointSeries: trace.seriesId(`${id}:checkpoint`),
    watermarkGauge: trace.gaugeId(`${id}:watermark`),
    lagGauges: subtasks.map((subtask) => trace.gaugeId(`${sourcePart(id, subtask)}:lag`)),
    positionGauges: Array.from({ length: partitions }, (_, partition) =>
      trace.gaugeId(positionGauge(config, partition)),
    ),
    stateGauges: subtasks.map((subtask) => trace.gaugeId(`${windowPart(id, subtask)}:state`)),
  };
}
