/**
 * The start of a worker process (Storm 2.8.8): its bolts and ackers are prepared, its spouts opened.
 *
 * A supervisor starts a dead worker again in the same slot, with the same tasks and nothing in them.
 *
 * Simplification: the scenario says when the process is back; a real supervisor looks every 3 s
 * (`supervisor.monitor.frequency.secs`) and needs neither Nimbus nor ZooKeeper for it.
 */
import { bootstrapServers } from '../../clients/kafka/bootstrapServers.ts';
import { assign, consumerDefaults, createConsumer, poll } from '../../clients/kafka/consumer.ts';
import { present } from '../../kernel/assert.ts';
import { nextUint32 } from '../../kernel/random.ts';
import { createAcker } from './acking/acker.ts';
import { createSpoutPending } from './acking/spoutPending.ts';
import { offsetGauge, partitionsOfSpout, partOf, pipeId } from './anatomy.ts';
import { windowedBoltOf } from './config.ts';
import { createFieldsGrouper, createShuffleGrouper } from './groupings/grouper.ts';
import { createReceiveQueue } from './receiveQueue.ts';
import { scheduleTick } from './reliability.ts';
import { spoutPort, spoutsOf } from './spoutClient.ts';
import { startCommitTimer } from './spoutExecutor.ts';
import {
  log,
  nowMs,
  type BoltExecutor,
  type CountTask,
  type SpoutTask,
  type StormEnvironment,
  type StormState,
  type Task,
  type Windows,
} from './state.ts';
import { tasksOf } from './topology/placement.ts';
import { processOf, workerOf } from './transfer.ts';
import type { WindowedBoltConfig } from './windowing/windowConfig.ts';
import {
  eventTimeGrid,
  processingTimeGrid,
  windowNumber,
  type WindowGrid,
} from './windowing/windowGrid.ts';
import { createWindowedBolt, timersOf } from './windowing/windowedBolt.ts';

/** `KafkaSpout.TIMER_DELAY_MS`: the first commit period begins this late. */
const timerDelayUs = 500_000;

/** The worker is ready: prepares its bolts and ackers and opens its spouts. */
export function startWorker(state: StormState, env: StormEnvironment, index: number): void {
  const worker = present(state.workers[index], 'the worker');
  worker.isUp = true;
  worker.life += 1;
  for (const { task, component, worker: home } of state.placed) {
    if (home !== index) continue;
    state.tasks[task] = prepare(state, env, task, component);
    log(
      state,
      `${component === 'spout' ? 'Opened spout' : 'Prepared bolt'} ${component}:[${String(task)}]`,
    );
  }
  for (const spout of spoutsOf(state))
    if (workerOf(state, spout.task) === index) open(state, env, spout);
}

function prepare(state: StormState, env: StormEnvironment, task: number, component: string): Task {
  switch (component) {
    case '__acker':
      scheduleTick(state, env, task);
      return { kind: 'acker', task, acker: createAcker(env.records.count) };
    case 'spout':
      scheduleTick(state, env, task);
      return createSpout(state, env, task);
    case 'parse':
      return {
        kind: 'parse',
        task,
        executor: createBoltExecutor(task),
        grouper: createFieldsGrouper(taskIdsOf(state, 'count')),
      };
    default:
      return prepareCount(state, env, task);
  }
}

function createSpout(state: StormState, env: StormEnvironment, task: number): SpoutTask {
  const { source } = state.config;
  const config = {
    ...consumerDefaults,
    'bootstrap.servers': bootstrapServers(env.graph.processes(source.node)),
    'group.id': state.config.id,
    'enable.auto.commit': false,
    'auto.offset.reset': 'earliest' as const,
  };
  const { life } = present(
    state.workers[present(state.placed[task - 1], 'the task').worker],
    'the worker',
  );
  const clientId = `spout-${String(task)}-${String(life)}`;
  return {
    kind: 'spout',
    task,
    consumer: createConsumer(config, clientId, nextUint32(state.random)),
    grouper: createShuffleGrouper(taskIdsOf(state, 'parse'), state.random),
    waiting: [],
    waitingPartition: 0,
    waitingRecord: 0,
    partitions: [],
    positionGauges: gaugesByPartition(state, env, task, 'position'),
    committedGauges: gaugesByPartition(state, env, task, 'committed'),
    pending: createSpoutPending(env.records.count),
    commitStartUs: 0,
    awaitsCommit: false,
    isScheduled: false,
    freeAtUs: 0,
    turn: { type: 'next tuple', task },
  };
}

function gaugesByPartition(
  state: StormState,
  env: StormEnvironment,
  task: number,
  what: 'position' | 'committed',
): number[] {
  const { config, placed } = state;
  const part = partOf(config, placed, task);
  const gauges = env.graph.partitions(config.source.node, config.source.topic).map(() => -1);
  for (const { partition } of partitionsOfSpout(config, placed, env.graph, task))
    gauges[partition] = env.trace.gaugeId(offsetGauge(part, what, partition));
  return gauges;
}

function open(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  const { config, placed } = state;
  const own = partOf(config, placed, spout.task);
  const positions = partitionsOfSpout(config, placed, env.graph, spout.task).map(
    ({ part, partition }) => ({
      topic: config.source.topic,
      partition,
      offset: null,
      pipe: env.trace.pipe(pipeId(part, own)),
    }),
  );
  const port = spoutPort(state, env, spout.task);
  assign(spout.consumer, positions, port);
  poll(spout.consumer, port);
  if (config.processingGuarantee === 'AT_LEAST_ONCE')
    startCommitTimer(state, env, spout, env.nowUs + timerDelayUs);
}

function prepareCount(state: StormState, env: StormEnvironment, task: number): CountTask {
  const config = windowedBoltOf(state.config);
  const windows = config === null ? null : prepareWindows(state, env, config);
  if (config !== null) {
    const { watermarkMs, triggerMs } = timersOf(config);
    const process = processOf(state, task);
    if (watermarkMs !== null)
      env.after(process, watermarkMs * 1000, { type: 'watermark timer', task });
    if (triggerMs !== null) env.after(process, triggerMs * 1000, { type: 'window timer', task });
  }
  return {
    kind: 'count',
    task,
    executor: createBoltExecutor(task),
    windows,
    totals: new Map(),
  };
}

function createBoltExecutor(task: number): BoltExecutor {
  return { queue: createReceiveQueue(), freeAtUs: 0, turn: { type: 'execute', task } };
}

/** The bolt has one input stream. */
function prepareWindows(
  state: StormState,
  env: StormEnvironment,
  config: WindowedBoltConfig,
): Windows {
  const grid = gridOf(state, env);
  return {
    grid,
    // No window fires before there was a clock.
    nextWindow: windowNumber(grid, 0),
    bolt: createWindowedBolt(config, 1),
    rebooked: new Map(),
    happenings: [],
  };
}

function gridOf(state: StormState, env: StormEnvironment): WindowGrid {
  const { program, windowTime } = state.config;
  const lengthMs = present(program.windowIntervalMs, 'the length');
  const slideMs = present(program.slideIntervalMs, 'the slide');
  return windowTime === 'event-time'
    ? eventTimeGrid(lengthMs, slideMs, env.startEpochMs)
    : processingTimeGrid(lengthMs, slideMs, nowMs(env), state.firedWindow);
}

function taskIdsOf({ placed }: StormState, component: string): number[] {
  return tasksOf(placed, component).map(({ task }) => task);
}
