import type { Part, Pipe } from '../../workers/trace/format.ts';

/** Parts beside the way of the records: they are drawn on a row of their own. */
export function isAside(part: Part): boolean {
  return part.glyph === 'acker' || part.glyph === 'snapshots' || part.glyph === 'results';
}

/**
 * The parts of one node in columns from left to right: each one column right of the furthest part that
 * sends to it.
 */
export function columnsOf(parts: readonly Part[], pipes: readonly Pipe[]): Part[][] {
  const main = parts.filter((part) => !isAside(part));
  return inColumns(main, ({ id }) => id, pipes);
}

/** Anything in columns from left to right, each item one column right of the furthest that has a way to it. */
export function inColumns<T>(
  items: readonly T[],
  idOf: (item: T) => string,
  ways: readonly { readonly from: string; readonly to: string }[],
): T[][] {
  const depth = new Map(items.map((item) => [idOf(item), 0]));
  // As many rounds as there are items: enough for the longest way, and an end for a way in a circle.
  for (let round = 0; round < items.length; round += 1) {
    let moved = false;
    for (const { from, to } of ways) {
      const [a, b] = [depth.get(from), depth.get(to)];
      if (a === undefined || b === undefined || b > a || a + 1 >= items.length) continue;
      depth.set(to, a + 1);
      moved = true;
    }
    if (!moved) break;
  }
  const columns: T[][] = [];
  for (const item of items) {
    const column = depth.get(idOf(item)) ?? 0;
    while (columns.length <= column) columns.push([]);
    columns[column]!.push(item);
  }
  return columns.filter((column) => column.length > 0);
}
