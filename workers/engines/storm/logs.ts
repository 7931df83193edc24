/**
 * What a Storm lane emitted, as columns that only grow: its tuple trees and its tuples. Each begins with a row for each
 * record, so that it seldom has to be moved.
 */
import { addRow, createAppendColumns } from '../../kernel/appendColumns.ts';
import { integers, numbers } from '../../kernel/columns.ts';
import type { RecordId } from '../../trace/format.ts';
import type { TreeLog, TupleLog, TupleNumber } from './state.ts';

export function createTreeLog(rows: number): TreeLog {
  return createAppendColumns({
    root: numbers(rows),
    edge: numbers(rows),
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
    expectedFirst: integers(rows),
    expectedLast: integers(rows),
    occurrence: integers(rows),
    countedFirst: integers(rows),
  });
}

/** Logs what a spout is emitting, as a tree without ids yet, and returns its number. */
export function addTree(log: TreeLog, partition: number, offset: number, record: RecordId): number {
  const { columns } = log;
  const row = addRow(log, columns.record);
  columns.partition[row] = partition;
  columns.offset[row] = offset;
  columns.record[row] = record;
  return row;
}

/** Logs a tuple that the parsing bolt is emitting, and returns its number. */
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
