/** The lane's tuples: what its program makes of every record, kept beside the state. */
import { applyChain, type TupleTable } from '../../functions/chain.ts';
import type { FunctionName } from '../../functions/table.ts';
import type { Records } from '../../input/records.ts';
import type { RecordId } from '../../trace/format.ts';
import type { StormEnvironment, StormState } from './state.ts';

/** What was asked for last: a lane asks with every tuple, and always for the same. */
let latest: {
  readonly functions: readonly FunctionName[];
  readonly records: Records;
  readonly table: TupleTable;
} | null = null;

export function tuplesOf(state: StormState, { records }: StormEnvironment): TupleTable {
  const { functions } = state.config.program;
  if (latest?.functions !== functions || latest.records !== records) {
    latest = { functions, records, table: applyChain(functions, records) };
  }
  return latest.table;
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
