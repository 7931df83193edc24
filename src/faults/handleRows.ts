import type { PlacedFault } from './faults.ts';

export interface PlacedHandle {
  readonly fault: PlacedFault;
  readonly words: string;
  /** Where it begins, in pixels. */
  readonly left: number;
  readonly row: number;
}

const LETTER_WIDTH = 6.4;
const PADDING = 28;

/**
 * Each handle on the highest row on which it covers none before it, and none beyond `right`. They come back in the
 * scenario's order, not that of time: a handle that passes another must not lose its place in the document.
 */
export function handleRows(
  handles: readonly Omit<PlacedHandle, 'row'>[],
  right: number,
): PlacedHandle[] {
  const rowEnds: number[] = [];
  return [...handles]
    .sort((a, b) => a.left - b.left)
    .map(({ fault, words, left: moment }) => {
      const width = words.length * LETTER_WIDTH + PADDING;
      const left = Math.max(0, Math.min(moment, right - width));
      const free = rowEnds.findIndex((end) => end <= left);
      const row = free < 0 ? rowEnds.length : free;
      rowEnds[row] = left + width;
      return { fault, words, left, row };
    })
    .sort((a, b) => a.fault.index - b.fault.index);
}
