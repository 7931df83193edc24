import type { Theme } from '../../design/theme.ts';
import type { PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { frame, type Pen } from './pen.ts';
import { countText } from './units.ts';

const SHEET = { w: 13, h: 17, pitch: 18 };
/** Lower than this there is no room for a word. */
const LOWEST_NAMED = 20;
const LOWEST_SHEETS = 92;

/** A directory: a sheet a file, the one that is still written with a dashed edge, and how many lines are in them. */
export function paintDirectory(
  pen: Pen,
  theme: Theme,
  { box, part, count, gauges, down }: PartFrame,
): void {
  const { x, y, w, h } = box;
  const colour = down ? 'refuse' : 'rule';
  frame(pen, theme, box, 'surface', { colour, dash: down ? 'wasOrMayGo' : 'solid' }, 2);
  if (h < LOWEST_NAMED) return;
  label(pen, theme, part.label, x + 8, y + 17, { room: w - 12 });
  if (h < LOWEST_SHEETS) return;
  const files = gauges.get('files') ?? 0;
  const closed = gauges.get('closed') ?? 0;
  const fits = Math.floor((w - 16 + SHEET.pitch - SHEET.w) / SHEET.pitch);
  const shown = Math.min(files, fits);
  for (let i = 0; i < shown; i += 1) {
    const isOpen = i === shown - 1 && closed < count;
    const sheet = { x: x + 8 + i * SHEET.pitch, y: y + 28, w: SHEET.w, h: SHEET.h };
    frame(pen, theme, sheet, 'paper', { colour: 'ink3', dash: isOpen ? 'notYet' : 'solid' });
  }
  const words = [
    countText(files, 'file'),
    countText(count, 'line'),
    `${String(closed)} in closed files`,
  ];
  words.forEach((line, i) => {
    label(pen, theme, line, x + 8, y + h - 38 + i * 15, { colour: 'ink3', size: 11, room: w - 12 });
  });
}
