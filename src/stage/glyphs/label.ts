import type { ColourName, Theme } from '../../design/theme.ts';
import type { Pen } from './pen.ts';

export interface LabelStyle {
  readonly colour?: ColourName;
  readonly size?: number;
  readonly weight?: 400 | 500 | 600;
  readonly mono?: boolean;
  readonly align?: 'left' | 'center' | 'right';
  /** Room for the words, in pixels. */
  readonly room?: number;
}

/**
 * Writes the first of `wordings` that fits into the room, wide before narrow. When none fits nothing is
 * written: the inspector and the tables have it. A number is never cut.
 */
export function label(
  pen: Pen,
  theme: Theme,
  wordings: string | readonly string[],
  x: number,
  y: number,
  style: LabelStyle = {},
): void {
  const { colour = 'ink', size = 12, weight = 400, mono = false, align = 'left' } = style;
  const { room = Infinity } = style;
  pen.font = `${String(weight)} ${String(size)}px ${mono ? theme.mono : theme.sans}`;
  pen.textAlign = align;
  // A space of the monospace is as wide as a digit: too wide between a number and its unit.
  pen.wordSpacing = mono ? '-3px' : '0px';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = theme.colour[colour];
  const candidates = typeof wordings === 'string' ? [wordings] : wordings;
  for (const words of candidates) {
    for (const stretch of mono ? (['normal'] as const) : (['normal', 'semi-condensed'] as const)) {
      pen.fontStretch = stretch;
      if (room === Infinity || pen.measureText(words).width <= room) {
        pen.fillText(words, x, y);
        pen.fontStretch = 'normal';
        return;
      }
    }
  }
  pen.fontStretch = 'normal';
}
