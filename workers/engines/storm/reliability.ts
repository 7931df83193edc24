/**
 * How a spout learns what became of its tuples (Storm 2.8.8): trees, ackers, timeouts.
 *
 * Spout and bolts tell the tree's acker task; it tells the spout when the value is zero. Nothing is
 * stored for a replay: `fail` is a call, and this spout answers it by reading the record again.
 */
import { present } from '../../kernel/assert.ts';
import { onAck as onAckerAck, onInit, openTrees, tick } from './acking/acker.ts';
import { remove, rotate } from './acking/rotatingMap.ts';
import { ackerOf } from './acking/tupleId.ts';
import { onAck, onFail, partitionWith } from './kafkaSpout/spoutPartition.ts';
import {
  log,
  type AckerTask,
  type CountTask,
  type SpoutTask,
  type StormEnvironment,
  type StormState,
  type TupleNumber,
} from './state.ts';
import { ackerTaskOf, processOf, route, spoutOf } from './transfer.ts';

/**
 * Tells the acker of the tree, if trees are acked, that a spout has emitted, or that a bolt is done with a tuple.
 *
 * @param spoutTask −1 if a bolt tells
 */
export function tellAcker(
  state: StormState,
  env: StormEnvironment,
  from: number,
  tree: number,
  value: number,
  spoutTask: number,
): void {
  if (!state.areTreesAcked) return;
  const task = ackerTaskFor(state, tree);
  const way = route(state, from, task);
  if (way === 'local') atAcker(state, env, task, tree, value, spoutTask);
  if (way === 'remote') {
    const event = { type: 'to acker', task, tree, value, spoutTask } as const;
    env.after(processOf(state, task), env.costs.linkLatencyUs, event);
  }
}

/** The task of the acker that keeps a tree. With one there is nothing to hash. */
function ackerTaskFor({ ackerTasks, trees }: StormState, tree: number): number {
  if (ackerTasks.length === 1) return ackerTasks[0]!;
  return ackerTasks[ackerOf(trees.columns.root[tree]!, ackerTasks.length)]!;
}

/** The last bolt is done with a tuple; with the last of its tuples the record has left the lane. */
export function acked(
  state: StormState,
  env: StormEnvironment,
  { task }: CountTask,
  tuple: TupleNumber,
): void {
  const { columns } = state.tuples;
  const record = columns.record[tuple]!;
  const ordinal = columns.ordinal[tuple]!;
  const tree = columns.tree[tuple]!;
  tellAcker(state, env, task, tree, columns.edge[tuple]!, -1);
  if (ordinal < columns.tuples[tuple]! - 1) return;
  env.trace.leave(state.parts[task]!, record);
  if (state.untracked.size > 0) state.untracked.delete(record);
}

export function atAcker(
  state: StormState,
  env: StormEnvironment,
  task: number,
  tree: number,
  value: number,
  spoutTask: number,
): void {
  const found = ackerTaskOf(state, task);
  const { acker } = found;
  const openBefore = openTrees(acker);
  const complete =
    spoutTask < 0 ? onAckerAck(acker, tree, value) : onInit(acker, tree, value, spoutTask);
  // Most acks only fold an edge in, and change nothing that is drawn.
  if (openTrees(acker) !== openBefore) writeOpenTrees(state, env, found);
  if (complete < 0) return;
  const way = route(state, task, complete);
  if (way === 'local') atSpout(state, env, complete, tree);
  if (way === 'remote') {
    env.after(processOf(state, complete), env.costs.linkLatencyUs, {
      type: 'to spout',
      task: complete,
      tree,
    });
  }
}

/** The spout's executor hears that a tree is complete; one that it has given up already is ignored. */
export function atSpout(
  state: StormState,
  env: StormEnvironment,
  task: number,
  tree: number,
): void {
  const spout = spoutOf(state, task);
  if (!remove(spout.pending, tree)) return;
  const { columns } = state.trees;
  const partition = columns.partition[tree]!;
  const offset = columns.offset[tree]!;
  onAck(present(partitionWith(spout.partitions, partition), 'its partition'), offset);
  wakeSpout(state, env, spout);
}

/** Lets the spout's loop go on, as soon as its thread is free. */
export function wakeSpout(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  if (spout.isScheduled) return;
  spout.isScheduled = true;
  const atUs = Math.max(env.nowUs, spout.freeAtUs);
  env.at(processOf(state, spout.task), atUs, spout.turn);
}

/** A tick of the message timeout, which turns the buckets of a spout or an acker. */
export function onTick(state: StormState, env: StormEnvironment, task: number): void {
  scheduleTick(state, env, task);
  const found = state.tasks[task];
  if (found?.kind === 'acker') {
    tick(found.acker);
    writeOpenTrees(state, env, found);
  }
  if (found?.kind === 'spout') expirePending(state, env, found);
}

export function scheduleTick(state: StormState, env: StormEnvironment, task: number): void {
  if (!state.config['topology.enable.message.timeouts']) return;
  const periodUs = state.config['topology.message.timeout.secs'] * 1_000_000;
  env.after(processOf(state, task), periodUs, { type: 'tick', task });
}

function expirePending(state: StormState, env: StormEnvironment, spout: SpoutTask): void {
  const dead = rotate(spout.pending);
  if (dead.length === 0) return;
  const { columns } = state.trees;
  for (const tree of dead) {
    const root = columns.root[tree]!;
    const partition = columns.partition[tree]!;
    const offset = columns.offset[tree]!;
    const record = columns.record[tree]!;
    const id = `{topic-partition=${state.config.source.topic}-${String(partition)}, offset=${String(offset)}}`;
    log(state, `SPOUT Failing ${String(root)} : ${id} REASON: TIMEOUT`);
    env.trace.finding(state.parts[spout.task]!, record, 'timed out');
    failed(state, env, spout, partition, offset);
  }
  wakeSpout(state, env, spout);
}

function failed(
  state: StormState,
  env: StormEnvironment,
  spout: SpoutTask,
  partition: number,
  offset: number,
): void {
  const known = present(partitionWith(spout.partitions, partition), 'its partition');
  const retryAtUs = onFail(known, offset, env.nowUs);
  if (retryAtUs !== null && retryAtUs > env.nowUs) {
    env.at(processOf(state, spout.task), retryAtUs, { type: 'retry', task: spout.task });
  }
}

function writeOpenTrees(
  state: StormState,
  env: StormEnvironment,
  { task, acker }: AckerTask,
): void {
  env.trace.gauge(state.openGauges[task]!, openTrees(acker));
}
