import type { PlacedFault } from './faults.ts';

export interface PlacedHandle {
  readonly fault: PlacedFault;
  /** Where it begins, in pixels. */
  readonly left: number;
  readonly row: number;
}

const LETTER_WIDTH = 6.4;
const PADDING = 28;

/** Each handle on the highest row on which it covers none before it, and none beyond `right`. */
export function handleRows(
  handles: readonly { readonly fault: PlacedFault; readonly left: number }[],
  right: number,
): PlacedHandle[] {
  const rowEnds: number[] = [];
  return [...handles]
    .sort((a, b) => a.left - b.left)
    .map(({ fault, left: moment }) => {
      const width = fault.label.length * LETTER_WIDTH + PADDING;
      const left = Math.max(0, Math.min(moment, right - width));
      const free = rowEnds.findIndex((end) => end <= left);
      const row = free < 0 ? rowEnds.length : free;
      rowEnds[row] = left + width;
      return { fault, left, row };
    });
}
