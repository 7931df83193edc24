import type { ColourName, Theme } from '../../design/theme.ts';
import type { Pen } from './pen.ts';

/** Which shape and colour a class has. Both say the same thing: neither is the only carrier. */
export type Shape = 'circle' | 'diamond' | 'triangle' | 'square' | 'pentagon' | 'cross' | 'hollow';

export interface RecordLook {
  readonly shape: Shape;
  readonly fill: ColourName;
  readonly outline: ColourName;
}

const LOOKS: readonly RecordLook[] = [
  { shape: 'circle', fill: 'status-2xx', outline: 'status-2xx' },
  { shape: 'diamond', fill: 'status-3xx', outline: 'status-3xx' },
  { shape: 'triangle', fill: 'status-4xx', outline: 'status-4xx-outline' },
  { shape: 'square', fill: 'status-5xx', outline: 'status-5xx' },
  { shape: 'pentagon', fill: 'key-fifth', outline: 'key-fifth' },
  { shape: 'cross', fill: 'ink', outline: 'ink' },
];

const OTHER: RecordLook = { shape: 'hollow', fill: 'paper', outline: 'ink3' };

/** The look of a class by its number; keys beyond the sixth, and filtered records, share a hollow circle. */
export function lookOf(recordClass: number): RecordLook {
  return LOOKS[recordClass] ?? OTHER;
}

export interface RecordMarks {
  /** A hollow twin behind it: it was counted or sent more than once. */
  readonly twin?: boolean;
  /** A hook under it: late and accepted. */
  readonly late?: boolean;
  /** A cross over it: lost, or late and dropped. */
  readonly lost?: boolean;
  readonly hollow?: boolean;
}

/** Lays the outline of a shape of radius `r` around (x, y). */
export function traceShape(pen: Pen, shape: Shape, x: number, y: number, r: number): void {
  if (shape === 'diamond') {
    polygon(pen, [x, y - r * 1.22], [x + r * 1.22, y], [x, y + r * 1.22], [x - r * 1.22, y]);
  } else if (shape === 'triangle') {
    polygon(pen, [x, y - r * 1.15], [x + r * 1.2, y + r * 0.95], [x - r * 1.2, y + r * 0.95]);
  } else if (shape === 'square') {
    pen.rect(x - r * 0.92, y - r * 0.92, r * 1.84, r * 1.84);
  } else if (shape === 'pentagon') {
    const corner = (i: number): [number, number] => {
      const angle = ((i * 72 - 90) * Math.PI) / 180;
      return [x + r * 1.1 * Math.cos(angle), y + r * 1.1 * Math.sin(angle)];
    };
    polygon(pen, corner(0), corner(1), corner(2), corner(3), corner(4));
  } else if (shape === 'cross') {
    const [a, b] = [r * 0.38, r];
    pen.rect(x - a, y - b, 2 * a, 2 * b);
    pen.rect(x - b, y - a, 2 * b, 2 * a);
  } else {
    pen.moveTo(x + r, y);
    pen.arc(x, y, r, 0, 2 * Math.PI);
  }
}

export function paintRecord(
  pen: Pen,
  theme: Theme,
  x: number,
  y: number,
  r: number,
  recordClass: number,
  marks: RecordMarks = {},
): void {
  const look = lookOf(recordClass);
  if (r < 1.6) {
    pen.fillStyle = theme.colour[look.fill === 'paper' ? look.outline : look.fill];
    pen.fillRect(x - r, y - r, 2 * r, 2 * r);
    return;
  }
  if (marks.twin === true)
    paintRecord(pen, theme, x + 3.2, y - 3.2, r, recordClass, { hollow: true });
  pen.beginPath();
  traceShape(pen, look.shape, x, y, r);
  pen.fillStyle = theme.colour[marks.hollow === true || marks.lost === true ? 'paper' : look.fill];
  pen.fill();
  pen.strokeStyle = theme.colour[look.outline];
  pen.lineWidth = marks.hollow === true || look.shape === 'hollow' ? 1.4 : 0.8;
  pen.stroke();
  if (marks.lost === true) paintCross(pen, theme, x, y, r + 2);
  if (marks.late === true) paintHook(pen, theme, x, y, r);
}

function paintCross(pen: Pen, theme: Theme, x: number, y: number, reach: number): void {
  pen.beginPath();
  pen.moveTo(x - reach, y - reach);
  pen.lineTo(x + reach, y + reach);
  pen.moveTo(x + reach, y - reach);
  pen.lineTo(x - reach, y + reach);
  pen.strokeStyle = theme.colour.ink;
  pen.lineWidth = 1.3;
  pen.stroke();
}

function paintHook(pen: Pen, theme: Theme, x: number, y: number, r: number): void {
  const [right, left, base] = [x + r + 2, x - r - 5, y + r + 2.5];
  pen.beginPath();
  pen.moveTo(right, base);
  pen.lineTo(left, base);
  pen.moveTo(left + 3, base - 2.6);
  pen.lineTo(left, base);
  pen.lineTo(left + 3, base + 2.6);
  pen.strokeStyle = theme.colour.ink;
  pen.lineWidth = 1.2;
  pen.stroke();
}

function polygon(pen: Pen, ...corners: readonly (readonly [number, number])[]): void {
  corners.forEach(([x, y], i) => {
    if (i === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
  });
  pen.closePath();
}
