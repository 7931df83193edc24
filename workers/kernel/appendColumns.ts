/**
 * An append-only log of rows of numbers, a column for each field. An object for each row would survive the run, and the
 * garbage collector would move every one of them. A keyframe shares the columns, as it does with an AppendLog's items.
 */
import { growColumns, type Column } from './columns.ts';

export interface AppendColumns<Columns> {
  readonly kind: 'append-columns';
  /** Equally long, with room for more than the `length` rows that are in use. */
  readonly columns: Columns;
  length: number;
}

export function createAppendColumns<Columns>(columns: Columns): AppendColumns<Columns> {
  return { kind: 'append-columns', columns, length: 0 };
}

/**
 * Makes a row at the end, and returns its number.
 *
 * @param column any of the log's numbers
 */
export function addRow<Field extends string>(
  log: AppendColumns<Record<Field, Column | unknown[]>>,
  column: Column,
): number {
  const row = log.length;
  if (row === column.length) growColumns(log.columns);
  log.length = row + 1;
  return row;
}
