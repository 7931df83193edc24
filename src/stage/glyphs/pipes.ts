import type { Theme } from '../../design/theme.ts';
import type { StageFrame } from '../frame.ts';
import type { Point, Polyline } from '../polyline.ts';
import type { Scene } from '../scene.ts';
import { label } from './label.ts';
import { fillBox, line, type Pen } from './pen.ts';
import { paintRecord } from './record.ts';

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

/** Records on their ways; where there are too many, a band whose label says how many. */
export function paintTraffic(
  pen: Pen,
  theme: Theme,
  scene: Scene,
  { tokens, ribbons, lookOf }: StageFrame,
  lit: ReadonlySet<number> | null,
): void {
  const pipes = new Map(scene.pipes.map((pipe) => [pipe.number, pipe]));
  const labels = new Map<string, { at: Point; perSecond: number }>();
  for (const { pipe, perSecond } of ribbons) {
    const placed = pipes.get(pipe);
    if (placed === undefined) continue;
    paintRibbon(pen, theme, placed.path, perSecond);
    if (placed.labelAt === null) continue;
    // Ways that run together share the place of their label, which has the sum.
    const place = placed.labelAt.join(' ');
    const sum = (labels.get(place)?.perSecond ?? 0) + perSecond;
    labels.set(place, { at: placed.labelAt, perSecond: sum });
  }
  for (const { at, perSecond } of labels.values()) paintRate(pen, theme, at, perSecond);
  for (const { record, x, y } of tokens) {
    pen.globalAlpha = lit === null || lit.has(record) ? 1 : 0.5;
    paintRecord(pen, theme, x, y, 4.2, lookOf[record] ?? -1);
  }
  pen.globalAlpha = 1;
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
