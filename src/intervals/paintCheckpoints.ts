import { label } from '../stage/glyphs/label.ts';
import { frame } from '../stage/glyphs/pen.ts';
import type { RowPainter } from './axisFrame.ts';

/** Each checkpoint from its trigger to its completion; refuse colour when it was aborted. */
export const paintCheckpoints: RowPainter = ({ pen, theme, timeUs, view, x }, row, lane) => {
  let labelledTo = -Infinity;
  for (const { number, beganUs, endUs, value } of lane.spans('checkpoint')) {
    if (beganUs > view.toUs || Math.min(endUs, timeUs) < view.fromUs) continue;
    const future = beganUs > timeUs;
    const running = !future && endUs > timeUs;
    const aborted = !future && !running && value !== 1;
    const left = x(Math.max(beganUs, view.fromUs));
    const untilUs = running ? timeUs : Math.min(endUs, view.toUs);
    const box = { x: left, y: row.y + 2, w: Math.max(2, x(untilUs) - left), h: 9 };
    const colour = aborted ? 'refuse' : 'flink';
    frame(pen, theme, box, future || running || aborted ? 'paper' : 'flink', {
      colour,
      dash: future || running ? 'notYet' : 'solid',
    });
    if (future || box.x + box.w + 5 < labelledTo) continue;
    const words = `chk-${String(number)}${aborted ? ' aborted' : ''}`;
    label(pen, theme, words, box.x + box.w + 5, row.y + 11, {
      colour: aborted ? 'refuse' : 'ink3',
      size: 11,
      mono: true,
    });
    labelledTo = box.x + box.w + words.length * 7 + 10;
  }
};
