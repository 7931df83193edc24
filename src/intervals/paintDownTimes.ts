import { label } from '../stage/glyphs/label.ts';
import { frame as outlined } from '../stage/glyphs/pen.ts';
import type { AxisFrame } from './axisFrame.ts';
import type { AxisRow } from './rows.ts';

/** A process that is down stands as a dashed wash over the rows it concerns: its lane's, or all of them. */
export function paintDownTimes(
  { pen, theme, model, timeUs, view, x }: AxisFrame,
  rows: readonly AxisRow[],
): void {
  for (const { id, node, what } of model.index.header.series) {
    if (what !== 'down') continue;
    const lane = model.lanes.find(({ lane: own }) => own.node === node)?.lane.id ?? null;
    const own = rows.filter((row) => row.lane === lane);
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) continue;
    for (const { beganUs, endUs } of model.index.spans(id)) {
      if (beganUs > view.toUs || endUs < view.fromUs) continue;
      const left = x(Math.max(beganUs, view.fromUs));
      const right = x(Math.min(endUs, view.toUs));
      pen.globalAlpha = beganUs > timeUs ? 0.4 : 1;
      const box = { x: left, y: first.y, w: right - left, h: last.y + last.h - first.y };
      outlined(pen, theme, box, 'refuse-wash', { colour: 'refuse', dash: 'notYet' });
      // Before the branch the wash is as low as the rails; its handle above says what it is.
      if (lane !== null) {
        label(
          pen,
          theme,
          [`${id.slice(0, id.indexOf(':'))} down`, 'down'],
          left + 6,
          first.y + 13,
          {
            colour: 'refuse',
            size: 11.5,
            weight: 500,
            room: Math.max(right - left - 8, 0),
          },
        );
      }
      pen.globalAlpha = 1;
    }
  }
}
