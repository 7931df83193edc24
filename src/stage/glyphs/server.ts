import type { Theme } from '../../design/theme.ts';
import type { PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { frame, line, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';
import { countText } from './units.ts';

const LINE_WIDTHS = [0.64, 0.53, 0.72, 0.42, 0.61];

/** A log that grows at its end: the newest lines stand lowest, each with the class of its record. */
export function paintServer(
  pen: Pen,
  theme: Theme,
  { box, records, count }: PartFrame,
  ink: RecordInk,
): void {
  frame(pen, theme, box, 'surface', { colour: 'rule' });
  const lines = Math.max(2, Math.floor((box.h - 14) / 14));
  const newest = records.slice(-lines);
  for (let i = 0; i < lines; i += 1) {
    const y = box.y + 14 + i * 14;
    const record = newest[i];
    const w = (box.w - 26) * (LINE_WIDTHS[(record ?? i) % LINE_WIDTHS.length] ?? 0.5) + 6;
    const way = [
      [box.x + 8, y],
      [box.x + 8 + w, y],
    ] as const;
    line(pen, theme, way, { colour: record === undefined ? 'hair' : 'rule', width: 4 });
    if (record !== undefined) {
      inkRecord(pen, theme, ink, record, box.x + box.w - 10, y, 4);
    }
  }
  if (box.h > 86) {
    const words = [countText(count, 'line'), String(count)];
    label(pen, theme, words, box.x, box.y + box.h + 16, { colour: 'ink3', room: box.w + 12 });
  }
}
