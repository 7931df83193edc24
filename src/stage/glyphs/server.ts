import type { Theme } from '../../design/theme.ts';
import type { PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { frame, line, type Pen } from './pen.ts';
import { paintRecord } from './record.ts';

const LINE_WIDTHS = [0.64, 0.53, 0.72, 0.42, 0.61];

/** A sheet with lines; open requests stand hollow at the line they will write. */
export function paintServer(
  pen: Pen,
  theme: Theme,
  { box, records, count }: PartFrame,
  lookOf: ArrayLike<number>,
): void {
  frame(pen, theme, box, 'surface', { colour: 'rule' });
  const lines = Math.max(2, Math.floor((box.h - 20) / 14));
  for (let i = 0; i < lines; i += 1) {
    const y = box.y + 14 + i * 14;
    const w = box.w * (LINE_WIDTHS[i % LINE_WIDTHS.length] ?? 0.5);
    line(
      pen,
      theme,
      [
        [box.x + 8, y],
        [box.x + 8 + w, y],
      ],
      { colour: 'hair', width: 5 },
    );
  }
  records.slice(0, lines).forEach((record, i) => {
    paintRecord(pen, theme, box.x + box.w - 10, box.y + 14 + i * 14, 4, lookOf[record] ?? -1, {
      hollow: true,
    });
  });
  if (count > 0 && box.h > 80) {
    const words = [`${String(count)} open requests`, `${String(count)} open`];
    label(pen, theme, words, box.x, box.y + box.h + 16, { colour: 'ink3', room: box.w + 12 });
  }
}
