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
  const depth = new Map(main.map((part) => [part.id, 0]));
  // As many rounds as there are parts: enough for the longest way, and an end for a way in a circle.
  for (let round = 0; round < main.length; round += 1) {
    let moved = false;
    for (const { from, to } of pipes) {
      const [a, b] = [depth.get(from), depth.get(to)];
      if (a === undefined || b === undefined || b > a || a + 1 >= main.length) continue;
      depth.set(to, a + 1);
      moved = true;
    }
    if (!moved) break;
  }
  const columns: Part[][] = [];
  for (const part of main) {
    const column = depth.get(part.id) ?? 0;
    while (columns.length <= column) columns.push([]);
    columns[column]!.push(part);
  }
  return columns.filter((column) => column.length > 0);
}
