/**
 * The death of a worker process (Storm 2.8.8).
 *
 * With it die its spouts' lists of open trees, its ackers' ledgers, its bolts' windows and all queues.
 * Offsets committed to Kafka stay, and so does what was read after them: it comes again. Only what has no
 * tree, at most once or without ackers, can be lost.
 */
import { present } from '../../kernel/assert.ts';
import { recordIdsIn } from '../../wire/recordLog.ts';
import { countPart, partOf } from './anatomy.ts';
import { queuedTuples } from './receiveQueue.ts';
import { partitionWith } from './kafkaSpout/spoutPartition.ts';
import { fetchedRecords, spoutsOf } from './spoutClient.ts';
import type { SpoutTask, StormEnvironment, StormState, Task } from './state.ts';
import { workerOf } from './transfer.ts';

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
    if (workerOf(state, task) !== index) continue;
    state.untracked.delete(record);
    if (!willBeReadAgain(state, index, partition, offset)) {
      env.lost(record, countPart(state.config.id), 'the worker died');
    }
  }
  if (state.config.processingGuarantee === 'AT_LEAST_ONCE') return;
  for (const spout of spoutsOf(state)) {
    // What waits for its commit will be read again.
    if (workerOf(state, spout.task) !== index || spout.awaitsCommit) continue;
    const part = partOf(state.config, state.placed, spout.task);
    for (const record of waitingRecords(spout)) env.lost(record, part, 'committed and not emitted');
  }
}

function willBeReadAgain(
  state: StormState,
  index: number,
  partition: number,
  offset: number,
): boolean {
  if (state.config.processingGuarantee === 'AT_MOST_ONCE') return false;
  return spoutsOf(state).some((spout) => {
    const committed = partitionWith(spout.partitions, partition)?.offsets.committedOffset;
    return workerOf(state, spout.task) === index && committed !== undefined && offset >= committed;
  });
}

/** What the picture shows in a task's part leaves it with the task. */
function leaveRecords(state: StormState, env: StormEnvironment, task: Task): void {
  const part = present(state.parts[task.task], 'the part');
  const { columns } = state.tuples;
  // A parsing bolt's tuples go by the numbers of their trees.
  const queued = task.kind === 'parse' ? state.trees.columns.record : columns.record;
  if (task.kind === 'spout') {
    for (const record of waitingRecords(task)) env.trace.leave(part, record);
    for (const record of fetchedRecords(task)) env.trace.leave(part, record);
  }
  if (task.kind === 'parse' || task.kind === 'count') {
    for (const tuple of queuedTuples(task.executor.queue))
      env.trace.leave(part, present(queued[tuple], 'its record'));
  }
  if (task.kind === 'count' && task.windows !== null) {
    const { tuples, head } = task.windows.bolt.manager.queue;
    for (const tuple of tuples.slice(head)) {
      if (columns.ordinal[tuple] === 0)
        env.trace.leave(part, present(columns.record[tuple], 'its record'));
    }
  }
}

function waitingRecords(spout: SpoutTask): number[] {
  const [current, ...rest] = spout.waiting.slice(spout.waitingPartition);
  const left = current ? recordIdsIn(current.records).slice(spout.waitingRecord) : [];
  return [...left, ...rest.flatMap(({ records }) => recordIdsIn(records))];
}
