/** What a Storm lane emitted, as columns that only grow: its tuple trees, its tuples, its windowed bolts' tuples. */
import { addRow, createAppendColumns } from '../../kernel/appendColumns.ts';
import { integers, numbers } from '../../kernel/columns.ts';
import type { TreeLog, TupleLog, TupleNumber, WindowTupleLog } from './state.ts';

export function createTreeLog(): TreeLog {
  return createAppendColumns({
    root: numbers(),
    spoutTask: integers(),
    ackerTask: integers(),
    partition: integers(),
    offset: numbers(),
    record: integers(),
  });
}

export function createTupleLog(): TupleLog {
  return createAppendColumns({
    record: integers(),
    ordinal: integers(),
    tuples: integers(),
    tree: integers(),
    edge: numbers(),
  });
}

export function createWindowTupleLog(): WindowTupleLog {
  return createAppendColumns({
    tuple: integers(),
    expectedFirst: integers(),
    expectedLast: integers(),
    occurrence: integers(),
    countedFirst: integers(),
  });
}

/** Logs a tuple that is being emitted, and returns its number. */
export function addTuple(
  log: TupleLog,
  record: number,
  ordinal: number,
  tuples: number,
  tree: number,
  edge: number,
): TupleNumber {
  const { columns } = log;
  const row = addRow(log, columns.record);
  columns.record[row] = record;
  columns.ordinal[row] = ordinal;
  columns.tuples[row] = tuples;
  columns.tree[row] = tree;
  columns.edge[row] = edge;
  return row;
}
