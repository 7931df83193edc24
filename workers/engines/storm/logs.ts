/** What a Storm lane emitted, as columns that only grow: its tuple trees, its tuples, its windowed bolts' tuples. */
import { createAppendColumns } from '../../kernel/appendColumns.ts';
import type { TreeLog, TupleLog, TupleNumber, WindowTupleLog } from './state.ts';

export function createTreeLog(): TreeLog {
  return createAppendColumns({
    root: [],
    spoutTask: [],
    ackerTask: [],
    partition: [],
    offset: [],
    record: [],
  });
}

export function createTupleLog(): TupleLog {
  return createAppendColumns({ record: [], ordinal: [], tree: [], edge: [] });
}

export function createWindowTupleLog(): WindowTupleLog {
  return createAppendColumns({
    tuple: [],
    expectedFirst: [],
    expectedLast: [],
    occurrence: [],
    countedFirst: [],
  });
}

/** Logs a tuple that is being emitted, and returns its number. */
export function addTuple(
  log: TupleLog,
  record: number,
  ordinal: number,
  tree: number,
  edge: number,
): TupleNumber {
  const { columns, length } = log;
  columns.record[length] = record;
  columns.ordinal[length] = ordinal;
  columns.tree[length] = tree;
  columns.edge[length] = edge;
  log.length = length + 1;
  return length;
}
