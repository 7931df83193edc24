/**
 * The executor: tasks wait in line for a core. A reading task fetches its offset range from Kafka and
 * reduces it by key; a merging task merges the cached batches of a window. Each costs a fixed time to
 * start and a time a record.
 *
 * Follows Executor, ShuffleMapTask and ResultTask of Spark 3.5 in outline. Left out: a task that is
 * tried again by itself (here tasks are lost only together with their executor), and the shuffle's
 * own traffic, since there is one executor.
 */
import { portOf, type KafkaClientPort } from '../../clients/kafka/port.ts';
import { present } from '../../kernel/assert.ts';
import { refuseRange } from './inputs/directKafka.ts';
import { acquireReader, readOn, recordsHeld, releaseReader } from './rangeReader.ts';
import type {
  Batch,
  RangeReader,
  SparkEnvironment,
  SparkEvent,
  SparkState,
  Task,
} from './state.ts';

/** Queues one task for each partition of the batch, unless another job has done so. */
export function queueReading(state: SparkState, batch: Batch): void {
  if (batch.tasksLeft > 0) return;
  const { batchMs, ranges } = batch;
  batch.tasksLeft = ranges.length;
  batch.recordIds = ranges.map(() => []);
  for (const { partition } of ranges) {
    state.executor.queue.push({ attempt: state.nextAttempt++, kind: 'read', batchMs, partition });
  }
}

/** Queues the tasks that merge a window. Returns their number. */
export function queueMerging(state: SparkState, batchMs: number): number {
  const tasks = shufflePartitions(state);
  for (let partition = 0; partition < tasks; partition++) {
    state.executor.queue.push({ attempt: state.nextAttempt++, kind: 'merge', batchMs, partition });
  }
  return tasks;
}

/** `spark.default.parallelism`: all cores, and at least two. */
function shufflePartitions(state: SparkState): number {
  return Math.max(2, state.executor.cores);
}

/** Gives waiting tasks to free cores. */
export function launchTasks(state: SparkState, env: SparkEnvironment): void {
  const { executor, executorProcess } = state;
  while (executor.running.size < executor.cores) {
    const task = executor.queue[executor.queueHead];
    if (task === undefined) break;
    executor.queueHead++;
    executor.running.set(task.attempt, task);
    const launchUs = env.costs.sparkTaskUs * env.slowness(executorProcess);
    env.after(executorProcess, launchUs, { type: 'task launched', attempt: task.attempt });
  }
  if (executor.queueHead === executor.queue.length && executor.queueHead > 0) {
    executor.queue = [];
    executor.queueHead = 0;
  }
}

/** A task that cannot do its work, and why. */
export interface TaskFailure {
  readonly batchMs: number;
  readonly message: string;
}

/** The task runs its code now. Attempts of an executor that is gone are unknown and end here. */
export function runTask(
  state: SparkState,
  attempt: number,
  env: SparkEnvironment,
): TaskFailure | null {
  const task = state.executor.running.get(attempt);
  if (task === undefined) return null;
  if (task.kind === 'merge') {
    const { partials } = present(state.driver.running.get(task.batchMs), 'the job of a task');
    finishAfter(state, task, partials / shufflePartitions(state), env);
    return null;
  }
  const { batchMs, partition } = task;
  const batch = present(state.batches.get(batchMs), 'the batch of a task');
  const range = present(batch.ranges[partition], 'the range of a task');
  const refusal = refuseRange(range, state.config.source.topic);
  if (refusal !== null) return { batchMs, message: refusal.message };
  if (range.fromOffset === range.untilOffset) {
    finishAfter(state, task, 0, env);
  } else {
    const port = executorPort(state, env);
    continueReading(state, acquireReader(state, range, attempt, env, port), env, port);
  }
  return null;
}

/** Records arrived for a reader, or may have. */
export function continueReading(
  state: SparkState,
  reader: RangeReader,
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  const task = state.executor.running.get(reader.user);
  if (task === undefined || !readOn(reader, port)) return;
  const { taken } = reader;
  releaseReader(state, reader);
  present(state.batches.get(task.batchMs), 'the batch of a task').recordIds[task.partition] = taken;
  finishAfter(state, task, taken.length, env);
}

/** Frees the task's core. Returns the task, or null if its executor is gone. */
export function finishTask(state: SparkState, attempt: number): Task | null {
  const { running } = state.executor;
  const task = running.get(attempt) ?? null;
  running.delete(attempt);
  return task;
}

/** Takes back every task that reads the batch, waiting or running, with the readers they hold. */
export function cancelReading(state: SparkState, batch: Batch): void {
  const { executor } = state;
  const isCancelled = ({ kind, batchMs }: Task): boolean =>
    kind === 'read' && batchMs === batch.batchMs;
  executor.queue = executor.queue.slice(executor.queueHead).filter((task) => !isCancelled(task));
  executor.queueHead = 0;
  for (const task of executor.running.values()) {
    if (!isCancelled(task)) continue;
    executor.running.delete(task.attempt);
    for (const [clientId, { user }] of executor.readers) {
      if (user === task.attempt) executor.readers.delete(clientId);
    }
  }
  batch.tasksLeft = 0;
}

/** The executor is gone with its cores, its cache and its consumers; its tasks must be given out again. */
export function loseExecutor(state: SparkState, env: SparkEnvironment): void {
  const { executor, batches, driver } = state;
  const part = state.traced.directStream;
  for (const reader of executor.readers.values()) {
    for (const record of recordsHeld(reader)) env.trace.leave(part, record);
  }
  for (const { tasksLeft, recordIds } of batches.values()) {
    if (tasksLeft > 0) for (const record of recordIds.flat()) env.trace.leave(part, record);
  }
  executor.isUp = false;
  executor.queue = [];
  executor.queueHead = 0;
  executor.running.clear();
  executor.readers.clear();
  state.life++;
  for (const batch of batches.values()) {
    batch.totals = null;
    batch.tasksLeft = 0;
  }
  for (const running of driver.running.values()) {
    if (running.phase !== 'submitting') running.phase = 'waiting';
  }
}

export function executorPort(state: SparkState, env: SparkEnvironment): KafkaClientPort {
  return portOf(env, state.executorProcess, clientWakesAgain);
}

export function clientWakesAgain(clientId: string): SparkEvent {
  return { type: 'client wakes', clientId };
}

function finishAfter(state: SparkState, task: Task, records: number, env: SparkEnvironment): void {
  const { executorProcess } = state;
  const workUs = records * env.costs.sparkRecordUs * env.slowness(executorProcess);
  env.after(executorProcess, workUs, { type: 'task finished', attempt: task.attempt });
}
