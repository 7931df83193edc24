/**
 * What the sink's readers see: a table of windows and keys. Flink emits one record a key, and a later record of the same
 * window and key replaces the earlier one (an upsert). A window's rows are published together, once every subtask has
 * passed the window, which is when the answer is complete; the rows of a faster subtask are milliseconds older.
 */
import { append, createAppendLog, itemAt, type AppendLog } from '../../kernel/appendLog.ts';
import type { ResultRow } from '../../results/laneResults.ts';

interface PublishedWindow {
  readonly rows: readonly ResultRow[];
}

export interface ResultTable {
  /** Rows that came since the window was last published, by window number and key. */
  readonly pending: Map<number, Map<string, number>>;
  /** A published answer never changes; a newer one is appended. */
  readonly published: AppendLog<PublishedWindow>;
  /** Window number → index of its newest answer. */
  readonly newest: Map<number, number>;
}

export function createResultTable(): ResultTable {
  return { pending: new Map(), published: createAppendLog(), newest: new Map() };
}

export function putRow(table: ResultTable, window: number, key: string, value: number): void {
  let rows = table.pending.get(window);
  if (rows === undefined) {
    rows = new Map();
    table.pending.set(window, rows);
  }
  rows.set(key, value);
}

/** Windows with new rows, oldest first. */
export function pendingWindows(table: ResultTable): number[] {
  return [...table.pending.keys()].sort((a, b) => a - b);
}

/** The window's rows, new ones laid over those published before, in the order in which their keys first came. */
export function publishWindow(table: ResultTable, window: number): readonly ResultRow[] {
  const fresh = table.pending.get(window) ?? new Map<string, number>();
  table.pending.delete(window);
  const before = table.newest.get(window);
  const rows =
    before === undefined ? fresh : new Map([...itemAt(table.published, before).rows, ...fresh]);
  const result: ResultRow[] = [...rows];
  table.newest.set(window, append(table.published, { rows: result }));
  return result;
}
