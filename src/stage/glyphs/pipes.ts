import type { Theme } from '../../design/theme.ts';
import type { StageFrame } from '../frame.ts';
import type { Point, Polyline } from '../polyline.ts';
import type { Scene } from '../scene.ts';
import { label } from './label.ts';
import { fillBox, line, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';

export function paintPipe(pen: Pen, theme: Theme, { x, y }: Polyline): void {
  line(
    pen,
    theme,
    x.map((px, i) => [px, y[i]!] as const),
    { colour: 'edge' },
  );
  const [endX, endY] = [x.at(-1)!, y.at(-1)!];
  line(
    pen,
    theme,
    [
      [endX - 5, endY - 3],
      [endX, endY],
      [endX - 5, endY + 3],
    ],
    { colour: 'edge' },
  );
}

/** How many records a second pass, and where that is written. */
export interface Rate {
  readonly at: Point;
  readonly perSecond: number;
}

/** Ways with too many records: a band under everything else. Returns the rates, to be written over it. */
export function paintRibbons(
  pen: Pen,
  theme: Theme,
  scene: Scene,
  { ribbons }: StageFrame,
): Rate[] {
  const pipes = new Map(scene.pipes.map((pipe) => [pipe.number, pipe]));
  const rates = new Map<string, Rate>();
  for (const { pipe, perSecond } of ribbons) {
    const placed = pipes.get(pipe);
    if (placed === undefined) continue;
    paintRibbon(pen, theme, placed.path, perSecond);
    if (placed.labelAt === null) continue;
    // Ways that run together share the place of their label, which has the sum.
    const place = placed.labelAt.join(' ');
    const sum = (rates.get(place)?.perSecond ?? 0) + perSecond;
    rates.set(place, { at: placed.labelAt, perSecond: sum });
  }
  return [...rates.values()];
}

/** Records that are drawn one by one, and the rates of the ribbons. */
export function paintTraffic(
  pen: Pen,
  theme: Theme,
  { tokens }: StageFrame,
  rates: readonly Rate[],
  ink: RecordInk,
): void {
  for (const { at, perSecond } of rates) paintRate(pen, theme, at, perSecond);
  for (const { record, x, y } of tokens) inkRecord(pen, theme, ink, record, x, y, 4.2);
}

/** Thicker for more, up to 10 pixels: the number beside it is the reading. */
function paintRibbon(pen: Pen, theme: Theme, path: Polyline, perSecond: number): void {
  const width = Math.min(10, 2 + Math.sqrt(perSecond));
  pen.globalAlpha = 0.35;
  line(
    pen,
    theme,
    path.x.map((x, i) => [x, path.y[i]!] as const),
    { colour: 'status-2xx', width },
  );
  pen.globalAlpha = 1;
}

function paintRate(pen: Pen, theme: Theme, [x, y]: Point, perSecond: number): void {
  const words = `${String(Math.round(perSecond))}/s`;
  const w = words.length * 6.2 + 4;
  fillBox(pen, theme, { x: x - w / 2, y: y - 7, w, h: 14 }, 'paper');
  label(pen, theme, words, x, y + 4, { size: 11, mono: true, align: 'center', colour: 'ink2' });
}
