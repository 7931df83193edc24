import { label } from '../stage/glyphs/label.ts';
import { line } from '../stage/glyphs/pen.ts';
import { clockText } from '../stage/glyphs/units.ts';
import { accentOf } from '../stage/glyphs/palette.ts';
import type { RowPainter } from './axisFrame.ts';

/** The watermark as a staircase under the clock: what lies between the two is how far event time is behind. */
export const paintWatermark: RowPainter = (
  { pen, theme, timeUs, view, x, showsFuture },
  row,
  lane,
) => {
  const readings = lane.watermark;
  if (readings === null) return;
  const bottom = row.y + row.h - 4;
  const span = view.toUs - view.fromUs;
  const y = (valueUs: number): number =>
    bottom - Math.min(1, Math.max(0, (valueUs - view.fromUs) / span)) * (row.h - 8);
  const accent = accentOf(lane.lane.engine);
  line(
    pen,
    theme,
    [
      [x(view.fromUs), bottom],
      [x(view.toUs), bottom],
    ],
    { colour: 'hair' },
  );
  line(
    pen,
    theme,
    [
      [x(view.fromUs), y(view.fromUs)],
      [x(view.toUs), y(view.toUs)],
    ],
    { colour: 'rule', dash: 'waiting' },
  );
  const past: [number, number][] = [];
  const future: [number, number][] = [];
  let lastUs = -Infinity;
  for (let i = 0; i < readings.timesUs.length; i += 1) {
    const atUs = readings.timesUs[i]!;
    if (atUs > view.toUs) break;
    const steps = atUs <= timeUs ? past : future;
    const px = Math.max(x(atUs), x(view.fromUs));
    if (steps.length === 0)
      steps.push([steps === future ? x(Math.max(timeUs, view.fromUs)) : x(view.fromUs), y(lastUs)]);
    steps.push([px, y(lastUs)], [px, y(readings.values[i]!)]);
    lastUs = readings.values[i]!;
    if (atUs <= timeUs && (readings.timesUs[i + 1] ?? Infinity) > timeUs) {
      past.push([Math.min(x(timeUs), x(view.toUs)), y(lastUs)]);
    }
  }
  line(pen, theme, past, { colour: accent, width: 1.8 });
  if (showsFuture) line(pen, theme, future, { colour: accent, dash: 'notYet' });
  const nowUs = lane.watermarkAt(timeUs);
  const behind = nowUs === null || nowUs < 0 ? null : timeUs - nowUs;
  if (behind === null || timeUs < view.fromUs || timeUs > view.toUs) return;
  const words = `${clockText(behind)} s behind`;
  const right = x(timeUs) > x(view.fromUs) + 110;
  label(
    pen,
    theme,
    words,
    x(timeUs) + (right ? -8 : 8),
    y(nowUs ?? 0) + (y(nowUs ?? 0) > row.y + 18 ? -6 : 14),
    {
      colour: accent,
      size: 11.5,
      align: right ? 'right' : 'left',
    },
  );
};
