import { accentOf } from '../stage/glyphs/palette.ts';
import { label } from '../stage/glyphs/label.ts';
import { line } from '../stage/glyphs/pen.ts';
import type { PlaneFrame } from './planeFrame.ts';
import { planeWindows, type PlaneWindow } from './planeWindows.ts';

/** Windows that overlap are drawn one inside the other, so that their sides stay apart. */
const INSET = 3;

/** A window of event time stands upright: as wide as its interval, from its first record until the watermark closes it. */
export function paintEventTimeWindows(frame: PlaneFrame): void {
  for (const window of planeWindows(frame.lane)) {
    if (window.endUs < frame.events.fromUs || window.startUs > frame.events.toUs) continue;
    if (window.bornUs <= frame.timeUs) paintUpright(frame, window);
  }
}

function paintUpright(frame: PlaneFrame, window: PlaneWindow): void {
  const { pen, theme, x, y, clock, timeUs, lane, lit } = frame;
  const colour = accentOf(lane.lane.engine);
  const inset = insetOf(frame, window.window);
  const [x1, x2] = [x(window.startUs) + inset, x(window.endUs) - inset];
  const fired = window.firings.filter(({ atUs }) => atUs <= timeUs);
  const [first] = fired;
  const topUs = Math.min(first?.atUs ?? timeUs, clock.toUs);
  if (topUs < clock.fromUs) return;
  const [top, bottom] = [y(topUs), y(Math.max(window.bornUs, clock.fromUs)) + 6];
  const isLit = lit.windows?.get(lane.lane.id)?.has(window.window) === true;
  pen.globalAlpha = lit.windows === null || isLit ? 1 : 0.35;
  line(
    pen,
    theme,
    [
      [x1, top],
      [x1, bottom],
      [x2, bottom],
      [x2, top],
    ],
    {
      colour,
      width: isLit ? 2 : 1.2,
    },
  );
  for (const { atUs, count } of fired) {
    line(
      pen,
      theme,
      [
        [x1, y(atUs)],
        [x2, y(atUs)],
      ],
      { colour, width: 2.6 },
    );
    label(pen, theme, String(count), x2 - 3, y(atUs) - 4, {
      colour,
      size: 11.5,
      weight: 600,
      align: 'right',
    });
  }
  pen.globalAlpha = 1;
}

/** A DStream's window lies across: whatever comes while it is open is in it, however old it is. */
export function paintBatchWindows(frame: PlaneFrame): void {
  const { pen, theme, left, right, y, clock, timeUs, lane, lit } = frame;
  const colour = accentOf(lane.lane.engine);
  for (const { window, startUs, endUs, firings } of planeWindows(lane)) {
    if (endUs < clock.fromUs || startUs > timeUs) continue;
    const inset = insetOf(frame, window);
    const top = y(Math.min(endUs, timeUs));
    const isLit = lit.windows?.get(lane.lane.id)?.has(window) === true;
    pen.globalAlpha = lit.windows === null || isLit ? 1 : 0.35;
    const sides = [
      [left + inset, top],
      [left + inset, y(startUs)],
      [right - inset, y(startUs)],
      [right - inset, top],
    ] as const;
    line(pen, theme, sides, { colour, width: isLit ? 2 : 1.2 });
    if (endUs <= timeUs)
      line(
        pen,
        theme,
        [
          [left + inset, top],
          [right - inset, top],
        ],
        { colour, width: 2.6 },
      );
    const fired = firings.findLast(({ atUs }) => atUs <= timeUs);
    if (fired !== undefined)
      label(pen, theme, String(fired.count), right - inset - 4, top + 14, {
        colour,
        size: 11.5,
        weight: 600,
        align: 'right',
      });
  }
  pen.globalAlpha = 1;
}

function insetOf({ lane: { lane } }: PlaneFrame, window: number): number {
  const overlapping = Math.ceil((lane.sizeUs ?? 1) / (lane.slideUs ?? 1));
  return INSET * (1 + (((window % overlapping) + overlapping) % overlapping));
}
