import type { Theme } from '../design/theme.ts';
import type { ColourName } from '../design/theme.ts';
import { fillBox, frame, line, type Pen } from '../stage/glyphs/pen.ts';
import type { LedgerColumn } from './columns.ts';

export const BLOCK_WIDTH = 8.6;
const GAP = 5;

/** How many records one block stands for, so that all of them fit into `width`: 1, 2, 5, 10, … */
export function recordsABlock(records: number, columns: number, width: number): number {
  const blocks = Math.max(1, Math.floor((width - columns * GAP) / BLOCK_WIDTH));
  for (let each = 1; ; each *= 10) {
    for (const factor of [1, 2, 5]) {
      if (Math.ceil(records / (each * factor)) <= blocks) return each * factor;
    }
  }
}

/** One row of blocks, column after column; the row's length is the number of records. */
export function paintBlocks(
  pen: Pen,
  theme: Theme,
  accent: ColourName,
  parts: readonly { readonly column: LedgerColumn; readonly count: number }[],
  each: number,
): void {
  let x = 0.5;
  for (const { column, count } of parts) {
    const blocks = Math.ceil(count / each);
    for (let i = 0; i < blocks; i += 1) {
      paintBlock(pen, theme, accent, column.block, x);
      x += BLOCK_WIDTH;
    }
    if (blocks > 0) x += GAP;
  }
}

function paintBlock(
  pen: Pen,
  theme: Theme,
  accent: ColourName,
  block: LedgerColumn['block'],
  x: number,
): void {
  const y = 4.5;
  const box = { x, y, w: 6, h: 11 };
  const cross = (colour: ColourName): void => {
    line(
      pen,
      theme,
      [
        [x + 0.5, y + 1.5],
        [x + 5.5, y + 9.5],
      ],
      { colour, width: 1.2 },
    );
    line(
      pen,
      theme,
      [
        [x + 5.5, y + 1.5],
        [x + 0.5, y + 9.5],
      ],
      { colour, width: 1.2 },
    );
  };
  if (block === 'full') fillBox(pen, theme, { ...box, w: 7 }, accent);
  else if (block === 'pale') fillBox(pen, theme, { ...box, w: 7 }, 'hair');
  else if (block === 'open') frame(pen, theme, box, null, { colour: accent });
  else if (block === 'dashed') frame(pen, theme, box, null, { colour: 'rule', dash: 'wasOrMayGo' });
  else if (block === 'lost') cross('refuse');
  else if (block === 'slashed') {
    frame(pen, theme, box, 'paper', { colour: accent, width: 1.4 });
    line(
      pen,
      theme,
      [
        [x + 0.5, y + 10],
        [x + 5.5, y + 1],
      ],
      { colour: accent, width: 1.2 },
    );
  } else if (block === 'capped') {
    fillBox(pen, theme, { ...box, w: 7 }, accent);
    fillBox(pen, theme, { x, y: y - 3.5, w: 7, h: 2.5 }, 'lamp-edge');
  } else {
    frame(pen, theme, box, 'lamp', { colour: 'ink' });
    cross('ink');
  }
}
