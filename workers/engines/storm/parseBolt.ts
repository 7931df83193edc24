/**
 * The bolt that makes pairs of lines: it emits each pair anchored to its input, and acks the input after
 * the last of them. The pairs of a record come from the lane's table, which its functions filled.
 */
import type { TupleTable } from '../../functions/chain.ts';
import { present } from '../../kernel/assert.ts';
import type { RecordId } from '../../trace/format.ts';
import { drawId, xorIds } from './acking/tupleId.ts';
import { rowOf, tupleCount, tuplesOf } from './tuples.ts';
import { fieldsTask } from './groupings/grouper.ts';
import { addTuple } from './logs.ts';
import { tellAcker } from './reliability.ts';
import type { ParseTask, StormEnvironment, StormState } from './state.ts';
import { dequeue } from './receiveQueue.ts';
import { sendTuple } from './transfer.ts';

export function executeParse(state: StormState, env: StormEnvironment, bolt: ParseTask): void {
  const tree = dequeue(bolt.executor.queue);
  const { columns } = state.trees;
  const record = columns.record[tree]!;
  const isAcked = state.areTreesAcked;
  const table = tuplesOf(state, env);
  const tuples = tupleCount(table, record);
  if (tuples === 0) {
    env.results?.filtered(record);
    env.trace.leave(state.parts[bolt.task]!, record);
    state.untracked.delete(record);
  }
  let ackValue = columns.edge[tree]!;
  for (let ordinal = 0; ordinal < tuples; ordinal++) {
    const edge = isAcked ? drawId(state.random) : 0;
    ackValue = xorIds(ackValue, edge);
    const tuple = addTuple(state.tuples, record, ordinal, tuples, tree, edge);
    const to = countTask(bolt, table, record, ordinal);
    sendTuple(state, env, bolt.task, to, tuple, record, ordinal === 0);
  }
  tellAcker(state, env, bolt.task, tree, ackValue, -1);
}

/** The task that counts the tuple's key. With one task there is no key to look up. */
function countTask(
  { grouper }: ParseTask,
  table: TupleTable,
  record: RecordId,
  ordinal: number,
): number {
  if (grouper.targets.length === 1) return grouper.targets[0]!;
  const keyId = present(table.keyIds[rowOf(table, record, ordinal)], 'the key');
  return fieldsTask(grouper, [table.keys[keyId]!]);
}
