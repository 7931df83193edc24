import type { Theme } from '../../design/theme.ts';
import type { PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { accentOf } from './palette.ts';
import { fillBox, frame, outline, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';

const CELL = 21;

/**
 * How high a strip is, which says what words it has: at `full` its name stands above it and offsets below, at `named` there is
 * no room for the offsets, and at `bare` its name stands beside it.
 */
export const STRIP_HEIGHTS = { full: 22, named: 20, bare: 18 } as const;

/** How many cells a strip of this width shows: the newest records and one empty cell for the next. */
export function cellsIn(width: number): number {
  return Math.max(2, Math.floor(width / CELL));
}

/**
 * The end of a partition's log as cells with offsets; small carets above it say how far each reader is. What lies
 * above the high watermark is dashed: readers do not see it yet, and it may go with its leader.
 */
export function paintPartition(
  pen: Pen,
  theme: Theme,
  { box, part, records, count, gauges, readers, down }: PartFrame,
  ink: RecordInk,
): void {
  const { x, y, h } = box;
  const cells = cellsIn(box.w);
  const w = box.w / cells;
  const shown = records.slice(-(cells - 1));
  const firstOffset = count - shown.length;
  const highWatermark = gauges.get('hw') ?? count;
  for (let i = 0; i < cells; i += 1) {
    const record = shown[i];
    const cell = { x: x + i * w, y, w, h };
    frame(pen, theme, cell, record === undefined ? 'paper' : 'surface', {
      colour: down ? 'refuse' : record === undefined ? 'hair' : 'rule',
      dash:
        down || (record !== undefined && firstOffset + i >= highWatermark) ? 'wasOrMayGo' : 'solid',
    });
  }
  shown.forEach((record, i) => {
    const middle = x + (i + 0.5) * w;
    inkRecord(pen, theme, ink, record, middle, y + h / 2, Math.min(4.2, h / 2 - 2));
    const offset = firstOffset + i;
    // The first two places are the high watermark's, where it is not the end.
    const isFree = highWatermark === count || i > 1;
    const isNamed = i === shown.length - 1 || (offset % 3 === 0 && i < shown.length - 2);
    if (h >= STRIP_HEIGHTS.full && isFree && isNamed) {
      label(pen, theme, String(offset), middle, y + h + 12, {
        colour: 'ink3',
        size: 11,
        mono: true,
        align: 'center',
        room: w * 1.6,
      });
    }
  });
  const atOffset = new Map<number, number>();
  for (const { system, offset } of readers) {
    const cell = Math.max(0, offset - firstOffset);
    const before = atOffset.get(cell) ?? 0;
    atOffset.set(cell, before + 1);
    const cx = x + Math.min(cell, cells - 0.4) * w + 3 + before * 6;
    outline(
      pen,
      theme,
      () => {
        pen.moveTo(cx - 2.8, y - 6);
        pen.lineTo(cx + 2.8, y - 6);
        pen.lineTo(cx, y - 1);
        pen.closePath();
      },
      accentOf(system),
      { colour: accentOf(system), width: 0.1 },
    );
  }
  const number = part.id.slice(part.id.lastIndexOf('-') + 1);
  if (h < STRIP_HEIGHTS.named) {
    // The ways out of the strip lie under these words.
    fillBox(pen, theme, { x: x + box.w + 3, y: y + 1, w: 40, h: h - 2 }, 'paper');
    fillBox(pen, theme, { x: x - 15, y: y + 1, w: 11, h: h - 2 }, 'paper');
    label(pen, theme, number, x - 6, y + h / 2 + 4, { colour: 'ink2', size: 11, align: 'right' });
    label(pen, theme, `end ${String(count)}`, x + box.w + 4, y + h / 2 + 4, {
      colour: 'ink3',
      size: 11,
      room: 42,
    });
    return;
  }
  const leader = gauges.get('leader');
  const led = leader === undefined ? '' : leader < 0 ? ', no leader' : `, leader ${String(leader)}`;
  label(pen, theme, [`partition ${number}${led}`, `p${number}${led}`, `p${number}`], x, y - 10, {
    colour: 'ink2',
    size: 11,
    // The end stands on the same line.
    room: box.w - 46,
  });
  if (highWatermark < count && h >= STRIP_HEIGHTS.full) {
    label(pen, theme, `hw ${String(highWatermark)}`, x, y + h + 12, { colour: 'ink2', size: 11 });
  }
  label(pen, theme, `end ${String(count)}`, x + box.w, y - 10, {
    colour: 'ink3',
    size: 11,
    align: 'right',
  });
}
