/**
 * What a Storm lane emitted, as columns that only grow: its tuple trees, its tuples, its windowed bolts' tuples. Each
 * begins with the rows that it takes when nothing is sent twice, so that it seldom has to be moved.
 */
import { addRow, createAppendColumns } from '../../kernel/appendColumns.ts';
import { integers, numbers } from '../../kernel/columns.ts';
import type { TreeLog, TupleLog, TupleNumber, WindowTupleLog } from './state.ts';

export function createTreeLog(rows: number): TreeLog {
  return createAppendColumns({
    root: numbers(rows),
    ackerTask: integers(rows),
    partition: integers(rows),
    offset: integers(rows),
    record: integers(rows),
  });
}

export function createTupleLog(rows: number): TupleLog {
  return createAppendColumns({
    record: integers(rows),
    ordinal: integers(rows),
    tuples: integers(rows),
    tree: integers(rows),
    edge: numbers(rows),
  });
}

export function createWindowTupleLog(rows: number): WindowTupleLog {
  return createAppendColumns({
    tuple: integers(rows),
    expectedFirst: integers(rows),
    expectedLast: integers(rows),
    occurrence: integers(rows),
    countedFirst: integers(rows),
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
