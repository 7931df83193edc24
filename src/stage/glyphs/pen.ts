import type { ColourName, Theme } from '../../design/theme.ts';

/** Where painters draw. One unit is one CSS pixel. */
export type Pen = CanvasRenderingContext2D;

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Dashes have three meanings and no others. */
export const DASH = {
  solid: [],
  notYet: [3, 3],
  wasOrMayGo: [2, 2],
  waiting: [1.5, 2.5],
} as const satisfies Record<string, readonly number[]>;

export interface Stroke {
  readonly colour: ColourName;
  readonly width?: number;
  readonly dash?: keyof typeof DASH;
}

function stroke(pen: Pen, theme: Theme, { colour, width = 1, dash = 'solid' }: Stroke): void {
  pen.strokeStyle = theme.colour[colour];
  pen.lineWidth = width;
  pen.setLineDash(DASH[dash]);
  pen.stroke();
  pen.setLineDash(DASH.solid);
}

export function line(
  pen: Pen,
  theme: Theme,
  points: readonly (readonly [x: number, y: number])[],
  how: Stroke,
): void {
  pen.beginPath();
  points.forEach(([x, y], i) => {
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  stroke(pen, theme, how);
}

export function frame(
  pen: Pen,
  theme: Theme,
  { x, y, w, h }: Box,
  fill: ColourName | null,
  how: Stroke,
  radius = 0,
): void {
  pen.beginPath();
  pen.roundRect(x, y, w, h, radius);
  if (fill !== null) {
    pen.fillStyle = theme.colour[fill];
    pen.fill();
  }
  stroke(pen, theme, how);
}

export function fillBox(pen: Pen, theme: Theme, { x, y, w, h }: Box, fill: ColourName): void {
  pen.fillStyle = theme.colour[fill];
  pen.fillRect(x, y, w, h);
}

/** Draws the outline that `trace` leaves, filled and stroked. */
export function outline(
  pen: Pen,
  theme: Theme,
  trace: () => void,
  fill: ColourName | null,
  how: Stroke,
): void {
  pen.beginPath();
  trace();
  if (fill !== null) {
    pen.fillStyle = theme.colour[fill];
    pen.fill();
  }
  stroke(pen, theme, how);
}
