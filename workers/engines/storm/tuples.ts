/** The lane's tuples: what its program makes of every record, kept beside the state. */
import { applyChain, type TupleTable } from '../../functions/chain.ts';
import type { RecordId } from '../../trace/format.ts';
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

/** How many tuples the functions make of a record. */
export function tupleCount({ first }: TupleTable, record: RecordId): number {
  return first[record + 1]! - firstRow(first, record);
}

/** The row of a parsed tuple. */
export function rowOf({ first }: TupleTable, record: RecordId, ordinal: number): number {
  return firstRow(first, record) + ordinal;
}

function firstRow(first: Int32Array, record: RecordId): number {
  return first[record]!;
}
