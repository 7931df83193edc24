/**
 * The bolt that makes pairs of lines: it emits each pair anchored to its input, and acks the input after
 * the last of them. The pairs of a record come from the lane's table, which its functions filled.
 */
import { present } from '../../kernel/assert.ts';
import { drawId, xorIds } from './acking/tupleId.ts';
import { tuplesOf } from './tuples.ts';
import { chooseTasks } from './groupings/grouper.ts';
import { tellAcker } from './reliability.ts';
import type { ParseTask, StormEnvironment, StormState } from './state.ts';
import { dequeue, sendTuple } from './transfer.ts';

export function executeParse(state: StormState, env: StormEnvironment, bolt: ParseTask): void {
  const input = dequeue(bolt.queue);
  const { record, root } = input;
  const table = tuplesOf(state, env);
  const first = present(table.first[record], 'the first row');
  const tuples = present(table.first[record + 1], 'the row after the last') - first;
  if (tuples === 0) {
    env.results?.filtered(record);
    env.trace.leave(present(state.parts[bolt.task], 'the part'), record);
    state.untracked.delete(record);
  }
  let ackValue = input.edge;
  for (let ordinal = 0; ordinal < tuples; ordinal++) {
    const row = first + ordinal;
    const keyId = present(table.keyIds[row], 'the key');
    const edge = root < 0 ? 0 : drawId(state.random);
    ackValue = xorIds(ackValue, edge);
    const [to] = chooseTasks(bolt.grouper, [present(table.keys[keyId], 'its text')], state.random);
    const value = present(table.values[row], 'the value');
    sendTuple(state, env, bolt.task, present(to, 'a counting task'), {
      record,
      ordinal,
      tuples,
      keyId,
      value,
      root,
      edge,
    });
  }
  tellAcker(state, env, bolt.task, root, ackValue, -1);
}
