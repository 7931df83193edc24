/** A column of a table of numbers: whole ones of 32 bits, or any. */
export type Column = Int32Array | Float64Array;

/** Rows that a new table has room for; then it doubles. */
export const FIRST_ROWS = 4096;

export function integers(rows = FIRST_ROWS): Int32Array {
  return new Int32Array(rows);
}

export function numbers(rows = FIRST_ROWS): Float64Array {
  return new Float64Array(rows);
}

/**
 * Gives a table twice the rows, in place, so that all who share it go on sharing it.
 *
 * @param columns equally long; what is no number stands in an array, which grows by itself
 */
export function growColumns<Field extends string>(
  columns: Record<Field, Column | unknown[]>,
): void {
  for (const field of Object.keys(columns) as Field[]) {
    const column = columns[field];
    if (Array.isArray(column)) continue;
    const rows = Math.max(FIRST_ROWS, 2 * column.length);
    const grown = column instanceof Int32Array ? integers(rows) : numbers(rows);
    grown.set(column);
    columns[field] = grown;
  }
}
