import type { Theme } from '../../design/theme.ts';
import type { Pen } from './pen.ts';
import { paintRecord } from './record.ts';

/** How records are drawn at an instant: their looks, which of them are lit, and which are there twice. */
export interface RecordInk {
  /** Look number by record: colour and shape. */
  readonly lookOf: ArrayLike<number>;
  /** The records that are pointed at; null lights all. */
  readonly lit: ReadonlySet<number> | null;
  /** When a log got the record for the second time. */
  readonly againUs: ReadonlyMap<number, number>;
  readonly timeUs: number;
  /** The window that is pointed at: its batches are washed. */
  readonly window: { readonly startUs: number; readonly endUs: number } | null;
}

/** What is not lit falls to half. */
const UNLIT = 0.5;

export function inkRecord(
  pen: Pen,
  theme: Theme,
  { lookOf, lit, againUs, timeUs }: RecordInk,
  record: number,
  x: number,
  y: number,
  r: number,
): void {
  pen.globalAlpha = lit === null || lit.has(record) ? 1 : UNLIT;
  const twin = (againUs.get(record) ?? Infinity) <= timeUs;
  paintRecord(pen, theme, x, y, r, lookOf[record] ?? -1, { twin });
  pen.globalAlpha = 1;
}
