/**
 * How tuples get from task to task (Storm 2.8.8).
 *
 * Inside a worker a tuple is handed over by reference; between workers it crosses the network, and what
 * is sent to a worker that is not there is dropped, not kept. Each executor is one thread that takes its
 * tuples one by one, in the order of their arrival.
 *
 * Left out: receive queues are not bounded, so there is no back-pressure; batches have one tuple, as by
 * default. Links between workers of one topology have the network's latency and never fail.
 */
import type { ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import { countPart } from './anatomy.ts';
import { enqueue } from './receiveQueue.ts';
import type {
  AckerTask,
  CountTask,
  ParseTask,
  SpoutTask,
  StormEnvironment,
  StormState,
  TupleNumber,
} from './state.ts';

/** The worker's index of a task. */
export function workerOf(state: StormState, task: number): number {
  return state.workerOf[task]!;
}

export function processOf(state: StormState, task: number): ProcessId {
  return state.processOf[task]!;
}

// What reaches a task is meant for one of its kind, and reaches it only while its worker is up.

export function spoutOf(state: StormState, task: number): SpoutTask {
  return state.tasks[task] as SpoutTask;
}

export function countOf(state: StormState, task: number): CountTask {
  return state.tasks[task] as CountTask;
}

export function ackerTaskOf(state: StormState, task: number): AckerTask {
  return state.tasks[task] as AckerTask;
}

/** What a message between two tasks does: at once in one worker, later between two, or not at all. */
export function route(state: StormState, from: number, to: number): 'local' | 'remote' | 'dropped' {
  const worker = workerOf(state, to);
  if (workerOf(state, from) === worker) return 'local';
  return state.workers[worker]!.isUp ? 'remote' : 'dropped';
}

/**
 * Sends a tuple on; a record is drawn on the pipe once, with the first of its tuples.
 *
 * @param tuple a tree's number if a spout emits it
 */
export function sendTuple(
  state: StormState,
  env: StormEnvironment,
  from: number,
  to: number,
  tuple: TupleNumber,
  record: RecordId,
  isFirst: boolean,
): void {
  const way = route(state, from, to);
  if (state.untracked.size > 0) {
    const whereabouts = state.untracked.get(record);
    if (whereabouts !== undefined) whereabouts.task = to;
  }
  if (way === 'dropped') {
    if (isFirst) dropOnTheWay(state, env, from, record);
    return;
  }
  const hopUs = way === 'local' ? 0 : env.costs.linkLatencyUs;
  if (isFirst) {
    const pipe = state.pipes[from]![to]!;
    env.trace.send(pipe, record, env.nowUs + hopUs);
  }
  if (way === 'local') receiveTuple(state, env, to, tuple);
  else env.after(processOf(state, to), hopUs, { type: 'arrive', task: to, tuple });
}

/** The netty client has no connection: the message is counted as lost and gone. */
function dropOnTheWay(
  state: StormState,
  env: StormEnvironment,
  from: number,
  record: RecordId,
): void {
  env.trace.drop(state.parts[from]!, record, 'no connection to the worker');
  if (state.untracked.delete(record)) {
    env.lost(record, countPart(state.config.id), 'no connection to the worker');
  }
}

/** Puts the tuple into the executor's receive queue; it is executed when the thread comes to it. */
export function receiveTuple(
  state: StormState,
  env: StormEnvironment,
  task: number,
  tuple: TupleNumber,
): void {
  const { executor } = state.tasks[task] as ParseTask | CountTask;
  const process = processOf(state, task);
  const startUs = Math.max(env.nowUs, executor.freeAtUs);
  executor.freeAtUs = startUs + Math.floor(env.costs.stormTupleUs * env.slowness(process));
  enqueue(executor.queue, tuple);
  env.at(process, executor.freeAtUs, executor.turn);
}
