/**
 * From each source subtask to each window subtask: what `keyBy` makes of the network. Buffers inside one task manager do
 * not touch it.
 *
 * Follows Flink 1.20 `OutputFlusher`, whose turns come every `execution.buffer-timeout.interval` from the task's start.
 */
import { applyChain } from '../../functions/chain.ts';
import { present } from '../../kernel/assert.ts';
import { barrierModeOf } from './config.ts';
import type {
  ChannelItem,
  FlinkEnvironment,
  FlinkState,
  OutputChannel,
  SourceTask,
  StreamElement,
} from './job.ts';
import { creditOf, emitElement, takeItem } from './outputChannels.ts';
import { receiveItem } from './windowTask.ts';

/** The output flusher's turn: also buffers that are not full go. */
export function flushOutputs(state: FlinkState, subtask: number, env: FlinkEnvironment): void {
  present(state.sources[subtask], 'the source task').flushScheduled = false;
  sendItems(state, subtask, true, env);
}

/** The receiver is aligned and takes data from this output again. */
export function resumeConsumption(
  state: FlinkState,
  subtask: number,
  output: number,
  env: FlinkEnvironment,
): void {
  const task = present(state.sources[subtask], 'the source task');
  present(task.outputs[output], 'the output').blocked = false;
  sendItems(state, subtask, true, env);
}

/** Sends what may go, and sees to it that the rest is flushed at the flusher's next turn. */
export function sendItems(
  state: FlinkState,
  subtask: number,
  flush: boolean,
  env: FlinkEnvironment,
): void {
  const task = present(state.sources[subtask], 'the source task');
  const credit = creditOf(state.parallelism);
  const blocks = barrierModeOf(state.config) === 'aligned' && state.parallelism > 1;
  for (let target = 0; target < task.outputs.length; target++) {
    const output = task.outputs[target] as OutputChannel;
    if (output.elements.length === 0) continue;
    for (;;) {
      const waiting = state.windows[target]?.gate[subtask]?.length ?? 0;
      const item = takeItem(output, waiting, credit, flush, blocks);
      if (item === null) break;
      sendItem(state, subtask, target, item, env);
    }
    if (output.elements.length > 0) scheduleFlush(state, task, subtask, env);
  }
}

function sendItem(
  state: FlinkState,
  subtask: number,
  target: number,
  item: ChannelItem,
  env: FlinkEnvironment,
): void {
  const isLocal = target === subtask;
  const dueUs = isLocal ? env.nowUs : env.nowUs + env.costs.linkLatencyUs;
  if (item.kind === 'buffer') traceRecords(state, subtask, target, item.elements, dueUs, env);
  // What stays inside a task manager is there at once.
  if (isLocal) return receiveItem(state, target, subtask, item, env);
  const { attempt } = state.jobManager;
  const process = present(state.taskManagers[target], 'a task manager');
  env.at(process, dueUs, { type: 'item', subtask: target, attempt, channel: subtask, item });
}

function traceRecords(
  state: FlinkState,
  subtask: number,
  target: number,
  elements: readonly StreamElement[],
  dueUs: number,
  env: FlinkEnvironment,
): void {
  const pipe = (state.numbers.shuffle[subtask] as readonly number[])[target] as number;
  const { records } = applyChain(state.config.program.functions, env.records);
  for (const element of elements)
    if (typeof element === 'number') env.trace.send(pipe, records[element] as number, dueUs);
}

/**
 * Sends a barrier to every window task: behind the data that is there, or, unaligned, ahead of it.
 *
 * @returns what it overtook, by channel
 */
export function broadcastBarrier(
  state: FlinkState,
  subtask: number,
  checkpointId: number,
  env: FlinkEnvironment,
): readonly (readonly StreamElement[])[] {
  const { outputs } = present(state.sources[subtask], 'the source task');
  if (barrierModeOf(state.config) === 'unaligned')
    return outputs.map((output, target) => {
      sendItem(state, subtask, target, { kind: 'barrier', checkpointId }, env);
      return [...output.elements];
    });
  const barrier = { kind: 'barrier', checkpointId } as const;
  for (const output of outputs) emitElement(output, barrier);
  sendItems(state, subtask, false, env);
  return outputs.map(() => []);
}

function scheduleFlush(
  state: FlinkState,
  task: SourceTask,
  subtask: number,
  env: FlinkEnvironment,
): void {
  if (task.flushScheduled) return;
  task.flushScheduled = true;
  // With a timeout of 0 only what had no credit is left; it tries again in a millisecond.
  const periodUs = Math.max(1000, state.config['execution.buffer-timeout.interval'] * 1000);
  const turns = Math.floor((env.nowUs - task.startedUs) / periodUs) + 1;
  const process = present(state.taskManagers[subtask], 'a task manager');
  const { attempt } = state.jobManager;
  env.at(process, task.startedUs + turns * periodUs, { type: 'flush', subtask, attempt });
}
