import type { Theme } from '../design/theme.ts';
import type { Output } from '../run/Run.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import type { RunModel } from '../run/RunModel.ts';
import type { Pen } from '../stage/glyphs/pen.ts';
import type { AxisView } from './axisView.ts';
import type { AxisRow } from './rows.ts';

/** Simulated microseconds to pixels, and back. */
export interface TimeScale {
  (timeUs: number): number;
  invert: (px: number) => number;
}

/** Everything a row's painter may need. */
export interface AxisFrame {
  readonly pen: Pen;
  readonly theme: Theme;
  readonly model: RunModel;
  readonly timeUs: number;
  readonly view: AxisView;
  readonly x: TimeScale;
  readonly lit: Lit;
  readonly chosenRecord: number | null;
  /** Whether windows that have not fired yet are drawn; not while they are the question. */
  readonly showsFuture: boolean;
  /** Where row names begin; null where there is no room for them. */
  readonly names: number | null;
}

export interface Lit {
  readonly records: ReadonlySet<number> | null;
  readonly windows: ReadonlyMap<string, ReadonlySet<number>> | null;
  /** The result of the window that is pointed at. */
  readonly output: Output | null;
}

export type RowPainter = (frame: AxisFrame, row: AxisRow, lane: LaneIndex) => void;

/** The view's start stands at `left`, its end at `right`. */
export function timeScale({ fromUs, toUs }: AxisView, left: number, right: number): TimeScale {
  const pxAUs = (right - left) / (toUs - fromUs);
  const scale = (timeUs: number): number => left + (timeUs - fromUs) * pxAUs;
  return Object.assign(scale, { invert: (px: number) => fromUs + (px - left) / pxAUs });
}

/** Whole seconds at which a line stands, by 1, 2, 5, 10 … so that at most `most` fit. */
export function tickSeconds(view: AxisView, most: number): number[] {
  const from = view.fromUs / 1e6;
  const to = view.toUs / 1e6;
  for (const every of [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600]) {
    const first = Math.ceil(from / every);
    const last = Math.floor(to / every);
    if (last - first + 1 > most) continue;
    return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * every);
  }
  return [Math.ceil(from), Math.floor(to)];
}
