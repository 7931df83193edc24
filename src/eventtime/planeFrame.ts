import type { Theme } from '../design/theme.ts';
import { timeScale, type Lit, type TimeScale } from '../intervals/axisFrame.ts';
import type { AxisView } from '../intervals/axisView.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import type { RunModel } from '../run/RunModel.ts';
import type { Pen } from '../stage/glyphs/pen.ts';
import type { PlaneDot } from './planeDots.ts';

/** Where the plane lies in its canvas, and what of time it shows. */
export interface PlanePlace {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Event time, to the right. */
  readonly x: TimeScale;
  /** Processing time, upwards. */
  readonly y: TimeScale;
  readonly events: AxisView;
  readonly clock: AxisView;
}

export interface PlaneFrame extends PlanePlace {
  readonly pen: Pen;
  readonly theme: Theme;
  readonly model: RunModel;
  readonly lane: LaneIndex;
  readonly dots: readonly PlaneDot[];
  readonly timeUs: number;
  /** Whether the watermark is drawn ahead of the time. */
  readonly showsFuture: boolean;
  readonly lit: Pick<Lit, 'records' | 'windows'>;
}

/** Records from before the page that come late are seen as far back as this share of it. */
const LOOK_BACK = 0.2;

export function planePlace(clock: AxisView, width: number, height: number): PlanePlace {
  const [left, right, top, bottom] = [48, width - 16, 16, height - 40];
  const back = Math.min(clock.fromUs, LOOK_BACK * (clock.toUs - clock.fromUs));
  const events = { fromUs: clock.fromUs - back, toUs: clock.toUs };
  return {
    left,
    right,
    top,
    bottom,
    events,
    clock,
    x: timeScale(events, left, right),
    y: timeScale(clock, bottom, top),
  };
}
