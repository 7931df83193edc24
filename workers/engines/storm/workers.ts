/**
 * The life of a worker process (Storm 2.8.8): what is prepared in it, and what dies with it.
 *
 * With a worker die its spouts' lists of open trees, its ackers' ledgers, its bolts' windows and all
 * queues; offsets committed to Kafka stay. The supervisor starts it again in the same slot.
 *
 * Simplification: the scenario says when the process is back; a real supervisor looks every 3 s
 * (`supervisor.monitor.frequency.secs`) and needs neither Nimbus nor ZooKeeper for it.
 */
import { bootstrapServers } from '../../clients/kafka/bootstrapServers.ts';
import { assign, consumerDefaults, createConsumer, poll } from '../../clients/kafka/consumer.ts';
import { createAppendLog, itemAt } from '../../kernel/appendLog.ts';
import { present } from '../../kernel/assert.ts';
import { nextUint32 } from '../../kernel/random.ts';
import { createAcker } from './acking/acker.ts';
import { createRotatingMap } from './acking/rotatingMap.ts';
import { countPart, partitionsOfSpout, partOf, pipeId } from './anatomy.ts';
import { windowedBoltOf } from './config.ts';
import { createGrouper } from './groupings/grouper.ts';
import { scheduleTick } from './reliability.ts';
import { spoutPort } from './spoutClient.ts';
import { startCommitTimer } from './spoutExecutor.ts';
import {
  log,
  nowMs,
  type CountTask,
  type ReceiveQueue,
  type SpoutTask,
  type StormEnvironment,
  type StormState,
  type Task,
  type Windows,
} from './state.ts';
import { tasksOf } from './topology/placement.ts';
import { processOf } from './transfer.ts';
import type { WindowedBoltConfig } from './windowing/windowConfig.ts';
import { eventTimeGrid, processingTimeGrid, type WindowGrid } from './windowing/windowGrid.ts';
import { createWindowedBolt, timersOf } from './windowing/windowedBolt.ts';

/** Spouts keep their open trees in two buckets; `SpoutExecutor`. */
const pendingBuckets = 2;

/** `KafkaSpout.TIMER_DELAY_MS`: the first commit period begins this late. */
const timerDelayUs = 500_000;

/** The worker is ready: prepares its bolts and ackers and opens its spouts. */
export function startWorker(state: StormState, env: StormEnvironment, index: number): void {
  const worker = present(state.workers[index], 'the worker');
  worker.isUp = true;
  worker.life += 1;
  for (const { task, component, worker: home } of state.placed) {
    if (home === index) state.tasks[task] = prepare(state, env, task, component);
  }
  for (const task of state.tasks)
    if (task?.kind === 'spout' && isIn(state, task.task, index)) open(state, env, task);
}

function prepare(state: StormState, env: StormEnvironment, task: number, component: string): Task {
  switch (component) {
    case '__acker':
      scheduleTick(state, env, task);
      return { kind: 'acker', task, acker: createAcker() };
    case 'spout':
      scheduleTick(state, env, task);
      return createSpout(state, env, task);
    case 'parse':
      return {
        kind: 'parse',
        task,
        grouper: grouperTo(state, 'fields', 'count'),
        queue: emptyQueue(),
        freeAtUs: 0,
      };
    default:
      return prepareCount(state, env, task);
  }
}

function createSpout(state: StormState, env: StormEnvironment, task: number): SpoutTask {
  const { source, processingGuarantee } = state.config;
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
  log(state, `Kafka Spout opened with processingGuarantee=${processingGuarantee}`);
  return {
    kind: 'spout',
    task,
    consumer: createConsumer(config, clientId, nextUint32(state.random)),
    grouper: grouperTo(state, 'shuffle', 'parse'),
    waiting: [],
    waitingPartition: 0,
    waitingRecord: 0,
    partitions: new Map(),
    pending: createRotatingMap(pendingBuckets),
    emissions: createAppendLog(),
    commitStartUs: 0,
    awaitsCommit: false,
    isScheduled: false,
    freeAtUs: 0,
  };
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
  return { kind: 'count', task, windows, totals: new Map(), queue: emptyQueue(), freeAtUs: 0 };
}

/** The bolt has one input stream. */
function prepareWindows(
  state: StormState,
  env: StormEnvironment,
  config: WindowedBoltConfig,
): Windows {
  return {
    grid: gridOf(state, env),
    tuples: createAppendLog(),
    bolt: createWindowedBolt(config, 1),
    rebooked: new Map(),
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

function grouperTo(state: StormState, kind: 'fields' | 'shuffle', component: string) {
  const targets = tasksOf(state.placed, component).map(({ task }) => task);
  return createGrouper(kind, targets, state.random);
}

function emptyQueue(): ReceiveQueue {
  return { tuples: [], head: 0 };
}

/** `kill -9` of a worker. */
export function killWorker(state: StormState, env: StormEnvironment, index: number): void {
  present(state.workers[index], 'the worker').isUp = false;
  bookLosses(state, env, index);
  for (const { task, worker } of state.placed) {
    const dying = state.tasks[task];
    if (worker !== index || !dying) continue;
    leaveRecords(state, env, dying);
    // The ledger counts only what a bolt still holds; the results that it gave before stay as they were.
    if (dying.kind === 'count') env.results?.undoFrom(0);
    state.tasks[task] = null;
  }
}

/** Records without a tree are gone with the worker, unless the spout dies too and reads them again. */
function bookLosses(state: StormState, env: StormEnvironment, index: number): void {
  for (const [record, { task, partition, offset }] of state.untracked) {
    if (!isIn(state, task, index)) continue;
    state.untracked.delete(record);
    if (!willBeReadAgain(state, index, partition, offset)) {
      env.lost(record, countPart(state.config.id), 'the worker died');
    }
  }
  if (state.config.processingGuarantee === 'AT_LEAST_ONCE') return;
  for (const task of state.tasks) {
    if (task?.kind === 'spout' && isIn(state, task.task, index)) {
      for (const record of waitingRecords(task))
        env.lost(
          record,
          partOf(state.config, state.placed, task.task),
          'committed and not emitted',
        );
    }
  }
}

function willBeReadAgain(
  state: StormState,
  index: number,
  partition: number,
  offset: number,
): boolean {
  if (state.config.processingGuarantee === 'AT_MOST_ONCE') return false;
  return state.tasks.some((task) => {
    if (task?.kind !== 'spout' || !isIn(state, task.task, index)) return false;
    const committed = task.partitions.get(partition)?.offsets.committedOffset;
    return committed !== undefined && offset >= committed;
  });
}

/** What the picture shows in a task's part leaves it with the task. */
function leaveRecords(state: StormState, env: StormEnvironment, task: Task): void {
  const part = present(state.parts[task.task], 'the part');
  if (task.kind === 'spout')
    for (const record of waitingRecords(task)) env.trace.leave(part, record);
  if (task.kind === 'parse' || task.kind === 'count') {
    for (const { record } of task.queue.tuples.slice(task.queue.head))
      env.trace.leave(part, record);
  }
  if (task.kind === 'count' && task.windows !== null) {
    const { tuples, head } = task.windows.bolt.manager.queue;
    for (const index of tuples.slice(head)) {
      const { ordinal, record } = itemAt(task.windows.tuples, index);
      if (ordinal === 0) env.trace.leave(part, record);
    }
  }
}

function waitingRecords(spout: SpoutTask): number[] {
  const [current, ...rest] = spout.waiting.slice(spout.waitingPartition);
  const left = current?.records.slice(spout.waitingRecord) ?? [];
  return [...left, ...rest.flatMap(({ records }) => records)].map(({ record }) => record);
}

function isIn(state: StormState, task: number, worker: number): boolean {
  return state.placed[task - 1]?.worker === worker;
}
