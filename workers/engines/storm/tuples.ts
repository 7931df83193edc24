/** The lane's tuples: what its program makes of every record, kept beside the state. */
import { applyChain, type TupleTable } from '../../functions/chain.ts';
import type { StormEnvironment, StormState } from './state.ts';

/** By environment, which is one run of one lane: looking it up is cheaper than naming the chain again. */
const tables = new WeakMap<StormEnvironment, TupleTable>();

export function tuplesOf(state: StormState, env: StormEnvironment): TupleTable {
  const known = tables.get(env);
  if (known !== undefined) return known;
  const table = applyChain(state.config.program.functions, env.records);
  tables.set(env, table);
  return table;
}
