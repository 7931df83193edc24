/**
 * An append-only log of rows of numbers, a column for each field. An object for each row would survive the run, and the
 * garbage collector would move every one of them. A keyframe shares the columns, as it does with an AppendLog's items.
 */
export interface AppendColumns<Field extends string> {
  readonly kind: 'append-columns';
  readonly columns: Readonly<Record<Field, number[]>>;
  length: number;
}

/** @param columns an empty array for each field */
export function createAppendColumns<Field extends string>(
  columns: Record<Field, number[]>,
): AppendColumns<Field> {
  return { kind: 'append-columns', columns, length: 0 };
}
