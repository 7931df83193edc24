/**
 * The first task of the job: KafkaSource, the program's record functions and the key selector, chained. It polls its
 * splits, gives each record its timestamp and its tuples, and sends each tuple to the subtask that owns its key. Every
 * 200 ms it makes a watermark from those of its splits. Told to checkpoint, it writes down its offsets and sends a
 * barrier after everything it has emitted.
 *
 * Follows Flink 1.20 `SourceOperator`, `KafkaSourceReader` (connector 3.4) and `RecordWriter`. Simplified: one thread
 * fetches and works; what one poll brought is emitted together, when the last of it is done.
 */
import { bootstrapServers } from '../../clients/kafka/bootstrapServers.ts';
import {
  assign,
  consumerDefaults,
  createConsumer,
  poll,
  type ConsumerEvent,
} from '../../clients/kafka/consumer.ts';
import { portOf, type KafkaClientPort } from '../../clients/kafka/port.ts';
import { present } from '../../kernel/assert.ts';
import { nextUint32 } from '../../kernel/random.ts';
import type { RecordId } from '../../trace/format.ts';
import { applyChain, type TupleTable } from '../../functions/chain.ts';
import { readPipe } from './anatomy.ts';
import {
  eventTimestampMs,
  wallClockMs,
  type FlinkEnvironment,
  type FlinkEvent,
  type FlinkState,
  type OutputChannel,
  type SourceSnapshot,
  type SourceTask,
  type Split,
  type StreamElement,
} from './job.ts';
import { createOutputChannel, emitElement, isExhausted } from './outputChannels.ts';
import { broadcastBarrier, sendItems } from './shuffle.ts';
import { splitsOf } from './splitOwner.ts';
import {
  combineSplits,
  createSplitWatermarks,
  registerSplit,
  setSplitIdle,
  setSplitWatermark,
  type CombinedOutput,
} from './watermarks/splitWatermarks.ts';
import { createWatermarkEmitter, emit } from './watermarks/watermarkEmitter.ts';
import {
  checkIfIdle,
  createBoundedOutOfOrderness,
  createIdlenessTimer,
  onEvent,
  onPeriodicEmit,
} from './watermarks/watermarkGenerator.ts';
import type { ValveOutput } from './watermarks/watermarkValve.ts';

/** Starts the subtask's reader at the offsets of a checkpoint, or where `startingOffsets` says. */
export function startSource(
  state: FlinkState,
  subtask: number,
  snapshot: SourceSnapshot | null,
  env: FlinkEnvironment,
): void {
  const { config, parallelism, partitions, jobManager } = state;
  const { topic } = config.source;
  const clientId = `${config.id}-${subtask}-${jobManager.attempt}`;
  const consumer = createConsumer(
    {
      ...consumerDefaults,
      'bootstrap.servers': bootstrapServers(env.graph.processes(config.source.node)),
      'auto.offset.reset': config.startingOffsets,
      'enable.auto.commit': false,
    },
    clientId,
    nextUint32(env.random('KafkaSource client')),
  );
  const task: SourceTask = {
    clientId,
    consumer,
    startedUs: env.nowUs,
    splits: splitsOf(topic, partitions, subtask, parallelism).map((partition) => ({
      id: String(partition),
      partition,
      nextOffset: snapshot?.offsets.find((split) => split.partition === partition)?.offset ?? null,
      generator: createBoundedOutOfOrderness(),
      idleness: createIdlenessTimer(),
    })),
    watermarks: createSplitWatermarks(),
    idleness: createIdlenessTimer(),
    emitter: createWatermarkEmitter(),
    batch: null,
    mails: [],
    outputs: Array.from({ length: parallelism }, createOutputChannel),
    flushScheduled: false,
  };
  for (const { id } of task.splits) registerSplit(task.watermarks, id);
  state.sources[subtask] = task;
  for (const split of task.splits) reportPosition(state, split, env);
  const positions = task.splits.map(({ partition, nextOffset }) => {
    const part = present(env.graph.partitions(config.source.node, topic)[partition], 'a partition');
    const pipe = env.trace.pipe(readPipe(config, part.id, partition));
    return { topic, partition, offset: nextOffset, pipe };
  });
  if (positions.length > 0) assign(consumer, positions, portOfSource(state, subtask, env));
  // What an unaligned barrier had overtaken goes before anything new.
  snapshot?.inFlight.forEach((elements, target) => {
    for (const element of elements)
      emitElement(present(task.outputs[target], 'an output'), element);
  });
  sendItems(state, subtask, false, env);
  pollSplits(state, subtask, env);
  scheduleWatermarkTick(state, subtask, env);
}

export function portOfSource(
  state: FlinkState,
  subtask: number,
  env: FlinkEnvironment,
): KafkaClientPort {
  const process = present(state.taskManagers[subtask], 'a task manager');
  return portOf(env, process, clientWakesAgain);
}

function clientWakesAgain(clientId: string): FlinkEvent {
  return { type: 'client wakes', clientId };
}

/** The consumer has news; a task that has its hands free looks for records. */
export function onConsumerEvents(
  state: FlinkState,
  subtask: number,
  events: readonly ConsumerEvent[],
  env: FlinkEnvironment,
): void {
  for (const { kind } of events)
    if (kind === 'records ready') return pollSplits(state, subtask, env);
}

/** Takes what was fetched, unless there is still work or no buffer to write into. */
export function pollSplits(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = state.sources[subtask] ?? null;
  if (task === null || task.batch !== null || task.outputs.some(isExhausted)) return;
  if (task.splits.length === 0) return;
  const polled = poll(task.consumer, portOfSource(state, subtask, env));
  if (polled.length === 0) return;
  let records = 0;
  for (const { records: range } of polled) records += range.end - range.from;
  task.batch = polled;
  const process = present(state.taskManagers[subtask], 'a task manager');
  const workUs = records * env.costs.flinkRecordUs * env.slowness(process);
  env.after(process, workUs, { type: 'batch done', subtask, attempt: state.jobManager.attempt });
}

/** The records of one poll are through the chain. */
export function emitBatch(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = present(state.sources[subtask], 'the source task');
  const batch = present(task.batch, 'the batch at work');
  const table = applyChain(state.config.program.functions, env.records);
  let lag = 0;
  for (const { partition, records } of batch) {
    const split = splitOf(task, partition);
    const { log, from, end } = records;
    for (let offset = from; offset < end; offset++) {
      emitRecord(state, task, split, log.columns.record[offset] as number, table, subtask, env);
    }
    split.nextOffset = end;
    reportPosition(state, split, env);
  }
  for (const { position, highWatermark } of task.consumer.assigned)
    if (position !== null) lag += Math.max(0, highWatermark - position);
  env.trace.gauge(state.numbers.lagGauges[subtask] as number, lag);
  task.batch = null;
  while (task.mails.length > 0) snapshotSource(state, subtask, task.mails.shift() as number, env);
  const bufferTimeoutMs = state.config['execution.buffer-timeout.interval'];
  sendItems(state, subtask, bufferTimeoutMs === 0, env);
  pollSplits(state, subtask, env);
}

function splitOf({ splits }: SourceTask, partition: number): Split {
  for (const split of splits) if (split.partition === partition) return split;
  throw new Error(`Broken invariant: a reader without the split ${partition}`);
}

function reportPosition(state: FlinkState, split: Split, env: FlinkEnvironment): void {
  const gauge = state.numbers.positionGauges[split.partition] as number;
  if (split.nextOffset !== null) env.trace.gauge(gauge, split.nextOffset);
}

function emitRecord(
  state: FlinkState,
  task: SourceTask,
  split: Split,
  record: RecordId,
  table: TupleTable,
  subtask: number,
  env: FlinkEnvironment,
): void {
  split.idleness.active = true;
  // A record that some process made on the way has no line that the program could read.
  if (record < 0) return;
  const first = table.first[record] as number;
  const end = table.first[record + 1] as number;
  for (let row = first; row < end; row++) {
    const target = state.subtaskOfKey[table.keyIds[row] as number] as number;
    emitElement(task.outputs[target] as OutputChannel, row);
  }
  if (first === end) {
    env.results?.filtered(record);
    env.trace.leave(state.numbers.sources[subtask] as number, record);
  }
  // The record goes first, and then the generator sees it.
  onEvent(split.generator, eventTimestampMs(record, env));
}

/** The periodic tick: each split's watermark, their minimum, and idleness. */
export function tickWatermark(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const task = present(state.sources[subtask], 'the source task');
  const { outOfOrdernessMs, idleTimeoutMs } = state.config;
  const nowMs = wallClockMs(env);
  for (const { id, generator, idleness } of task.splits) {
    const emitted = onPeriodicEmit(generator, outOfOrdernessMs, idleness, nowMs, idleTimeoutMs);
    if (emitted === 'IDLE') setSplitIdle(task.watermarks, id);
    else if (emitted !== null) setSplitWatermark(task.watermarks, id, emitted);
  }
  const readsNothing =
    task.splits.length === 0 &&
    idleTimeoutMs !== null &&
    checkIfIdle(task.idleness, nowMs, idleTimeoutMs);
  emitProgress(task, readsNothing ? 'IDLE' : combineSplits(task.watermarks));
  sendItems(state, subtask, state.config['execution.buffer-timeout.interval'] === 0, env);
  scheduleWatermarkTick(state, subtask, env);
}

function emitProgress(task: SourceTask, progress: CombinedOutput): void {
  const updates = emit(task.emitter, progress);
  // At each tick; an iterator over a list of numbers or words would cost more than the rest.
  for (let at = 0; at < updates.length; at++) {
    const update = updates[at] as ValveOutput;
    const element: StreamElement =
      typeof update === 'number' ? { kind: 'watermark', timestampMs: update } : { kind: update };
    for (const output of task.outputs) emitElement(output, element);
  }
}

function scheduleWatermarkTick(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  const periodMs = state.config['pipeline.auto-watermark-interval'];
  if (periodMs === 0) return;
  const process = present(state.taskManagers[subtask], 'a task manager');
  const { attempt } = state.jobManager;
  env.after(process, periodMs * 1000, { type: 'watermark tick', subtask, attempt });
}

/** The job manager asks for a checkpoint, which waits until the poll at work is emitted. */
export function triggerCheckpoint(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  env: FlinkEnvironment,
): void {
  const task = present(state.sources[subtask], 'the source task');
  if (task.batch !== null) task.mails.push(checkpointId);
  else snapshotSource(state, subtask, checkpointId, env);
}

/** First the barrier goes out, then the snapshot is taken; nothing runs in between. */
function snapshotSource(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  env: FlinkEnvironment,
): void {
  const task = present(state.sources[subtask], 'the source task');
  const inFlight = broadcastBarrier(state, subtask, checkpointId, env);
  const offsets = task.splits.map(({ partition, nextOffset }) => ({
    partition,
    offset: nextOffset,
  }));
  const process = present(state.taskManagers[subtask], 'a task manager');
  const { attempt } = state.jobManager;
  const uploadUs = env.costs.flinkSnapshotUs * env.slowness(process) + env.costs.linkLatencyUs;
  const snapshot = { task: 'source', snapshot: { offsets, inFlight } } as const;
  const event = {
    type: 'acknowledge checkpoint',
    subtask,
    attempt,
    checkpointId,
    snapshot,
  } as const;
  env.after(state.jobManagerProcess, uploadUs, event);
}
