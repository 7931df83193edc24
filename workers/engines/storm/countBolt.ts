/**
 * The lane's last bolt: it totals the values of each key, over a window (windowCount.ts) or, in a program
 * without windows, for ever, as the classic word count does.
 */
import { aggregate } from '../../functions/aggregates.ts';
import { acked } from './reliability.ts';
import { rowOf, tupleCount, tuplesOf } from './tuples.ts';
import type { CountTask, StormEnvironment, StormState, TupleNumber } from './state.ts';
import { dequeue } from './receiveQueue.ts';
import { countInWindow } from './windowCount.ts';

export function executeCount(state: StormState, env: StormEnvironment, count: CountTask): void {
  const tuple = dequeue(count.executor.queue);
  env.results?.touched(1);
  if (count.windows === null) countForEver(state, env, count, tuple);
  else countInWindow(state, env, count, count.windows, tuple);
}

function countForEver(
  state: StormState,
  env: StormEnvironment,
  count: CountTask,
  tuple: TupleNumber,
): void {
  const { columns } = state.tuples;
  const record = columns.record[tuple]!;
  const ordinal = columns.ordinal[tuple]!;
  const { aggregate: name } = state.config.program;
  const table = tuplesOf(state, env);
  const row = rowOf(table, record, ordinal);
  const keyId = table.keyIds[row]!;
  const value = table.values[row]!;
  const before = count.totals.get(keyId);
  const total = before === undefined ? value : aggregate(name).add(before, value);
  count.totals.set(keyId, total);
  env.trace.gauge(state.stateGauge, count.totals.size);
  if (env.results !== null) {
    const key = table.keys[keyId]!;
    env.results.held(count.totals.size);
    const tuples = tupleCount(table, record);
    const output = env.results.row(record, ordinal, tuples, [key, total], env.nowUs);
    env.trace.result(state.resultsPart, output, -1);
  }
  acked(state, env, count, tuple);
}
