import type { ColourName, Theme } from '../../design/theme.ts';
import { DASH, type Pen } from './pen.ts';

/** `[)`: Spark and Flink include the start. `(]`: Storm includes the end. */
export type Ends = '[)' | '(]';

export interface BracketStyle {
  readonly colour: ColourName;
  readonly width?: number;
  readonly dash?: keyof typeof DASH;
  /** Which way the ends point: down under a line of time, up under a row of batches. */
  readonly up?: boolean;
}

/** A window from x1 to x2 with true ends: square includes, round excludes. */
export function paintBracket(
  pen: Pen,
  theme: Theme,
  x1: number,
  x2: number,
  y: number,
  height: number,
  ends: Ends,
  { colour, width = 1.5, dash = 'solid', up = false }: BracketStyle,
): void {
  const tip = up ? y - height : y + height;
  const bend = up ? y - height * 0.45 : y + height * 0.45;
  const reach = 4;
  pen.beginPath();
  pen.moveTo(x1 + reach, tip);
  if (ends === '[)') {
    pen.lineTo(x1 + width / 2, tip);
    pen.lineTo(x1 + width / 2, y);
    pen.lineTo(x2 - reach, y);
    pen.quadraticCurveTo(x2 + 1, bend, x2 - reach, tip);
  } else {
    pen.quadraticCurveTo(x1 - 1, bend, x1 + reach, y);
    pen.lineTo(x2 - width / 2, y);
    pen.lineTo(x2 - width / 2, tip);
    pen.lineTo(x2 - reach, tip);
  }
  pen.strokeStyle = theme.colour[colour];
  pen.lineWidth = width;
  pen.setLineDash(DASH[dash]);
  pen.stroke();
  pen.setLineDash(DASH.solid);
}
