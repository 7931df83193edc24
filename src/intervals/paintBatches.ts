import { countUntil } from '../run/search.ts';
import { label } from '../stage/glyphs/label.ts';
import { fillBox, frame } from '../stage/glyphs/pen.ts';
import type { RowPainter } from './axisFrame.ts';

/** One box a batch with what fell into it, dashed until it closes; under it the time its job ran. */
export const paintBatches: RowPainter = ({ pen, theme, timeUs, view, x, lit }, row, lane) => {
  const { batchUs } = lane.lane;
  if (batchUs === null) return;
  const { timeUs: reachedUs } = lane.input;
  const first = Math.floor(view.fromUs / batchUs);
  const last = Math.ceil(view.toUs / batchUs);
  if (last - first > (x(view.toUs) - x(view.fromUs)) / 4) return;
  for (let n = first; n < last; n += 1) {
    const startUs = n * batchUs;
    const endUs = startUs + batchUs;
    const left = Math.max(x(startUs), x(view.fromUs));
    const right = Math.min(x(endUs), x(view.toUs));
    const future = startUs > timeUs;
    const isLit = lit.output !== null && startUs >= lit.output.startUs && endUs <= lit.output.endUs;
    const open = !future && endUs > timeUs;
    frame(
      pen,
      theme,
      { x: left + 1, y: row.y, w: right - left - 2, h: 15 },
      isLit ? 'lamp' : future ? 'paper' : 'surface',
      { colour: open ? 'spark' : 'rule', dash: future || open ? 'notYet' : 'solid' },
    );
    if (future) continue;
    const until = Math.min(timeUs, endUs - 1);
    const count = countUntil(reachedUs, until) - countUntil(reachedUs, startUs - 1);
    label(pen, theme, String(count), (left + right) / 2, row.y + 12, {
      size: 11,
      mono: true,
      align: 'center',
      room: right - left - 4,
    });
  }
  const jobs = lane.spans('job').length > 0 ? lane.spans('job') : lane.spans('batch');
  for (const job of jobs) {
    if (job.beganUs > timeUs || job.beganUs > view.toUs) break;
    const endUs = Math.min(job.endUs, timeUs);
    if (endUs < view.fromUs) continue;
    const left = Math.max(x(job.beganUs), x(view.fromUs));
    fillBox(
      pen,
      theme,
      {
        x: left,
        y: row.y + 16.5,
        w: Math.max(1.5, Math.min(x(endUs), x(view.toUs)) - left),
        h: 2.5,
      },
      'spark',
    );
  }
};
