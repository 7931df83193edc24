import type { Theme } from '../../design/theme.ts';
import type { BatchFrame, LaneFrame, PartFrame } from '../frame.ts';
import { paintBracket } from './bracket.ts';
import { label } from './label.ts';
import { fillBox, frame, line, outline, type Box, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';
import { secondsText } from './units.ts';

/** A box with a pointed side: where the stream enters Spark. A receiver holds a core, drawn as a filled notch. */
export function paintReceiver(pen: Pen, theme: Theme, { box, part, down }: PartFrame): void {
  const { x, y, w, h } = box;
  outline(
    pen,
    theme,
    () => {
      pen.moveTo(x, y);
      pen.lineTo(x + w * 0.7, y);
      pen.lineTo(x + w, y + h / 2);
      pen.lineTo(x + w * 0.7, y + h);
      pen.lineTo(x, y + h);
      pen.closePath();
    },
    'surface',
    { colour: down ? 'refuse' : 'spark', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
  );
  const words = part.label.split(' ');
  words.slice(0, 2).forEach((word, i) => {
    label(pen, theme, word, x - 2, y + h + 16 + i * 14, { colour: 'ink2', room: 66 });
  });
}

const BOX_GAP = 6;
const NARROWEST_BOX = 52;
const WIDEST_BOX = 150;

/**
 * Boxes that fill: the newest batch stands next to the stream, dashed until it closes, with a bar of time
 * along its floor. Under the boxes the last window that fired says which batches it looked back over.
 */
export function paintBatches(
  pen: Pen,
  theme: Theme,
  { box }: PartFrame,
  { batches, batchesShown, lastFired }: LaneFrame,
  ink: RecordInk,
): void {
  const newestFirst = [...batches].reverse();
  const fit = Math.max(1, Math.floor((box.w + BOX_GAP) / (NARROWEST_BOX + BOX_GAP)));
  const boxes = Math.min(batchesShown, fit);
  const w = Math.min(WIDEST_BOX, (box.w + BOX_GAP) / boxes - BOX_GAP);
  const h = box.h > 150 ? Math.min(box.h - 60, 150) : box.h - 34;
  const y = box.y + (box.h - h) / 2 - 2;
  const place = (i: number): Box => ({ x: box.x + i * (w + BOX_GAP), y, w, h });
  newestFirst.slice(0, boxes).forEach((batch, i) => {
    paintBatch(pen, theme, place(i), batch, ink);
  });
  const shown = newestFirst.slice(0, boxes);
  if (lastFired !== null) paintLookBack(pen, theme, shown, place, lastFired, box);
}

/** The window that fired last, as a bracket under the batches that it looked back over. */
function paintLookBack(
  pen: Pen,
  theme: Theme,
  newestFirst: readonly BatchFrame[],
  place: (i: number) => Box,
  { startUs, endUs, count }: NonNullable<LaneFrame['lastFired']>,
  row: Box,
): void {
  const isInside = (batch: BatchFrame): boolean => batch.startUs >= startUs && batch.endUs <= endUs;
  const first = newestFirst.findIndex(isInside);
  const last = newestFirst.findLastIndex(isInside);
  const oldest = newestFirst[last];
  if (oldest === undefined) return;
  const { x: left, y, h } = place(first);
  const right = place(last).x + place(last).w;
  const under = y + h + 9;
  // Time runs to the left here, so the closed end, the window's start, is at the right; where the oldest
  // batches have left the row there is no end to draw.
  if (oldest.startUs <= Math.max(0, startUs)) {
    pen.save();
    pen.translate(left + right, 0);
    pen.scale(-1, 1);
    paintBracket(pen, theme, left, right, under, 5, '[)', {
      colour: 'spark',
      width: 1.6,
      up: true,
    });
    pen.restore();
  } else {
    line(
      pen,
      theme,
      [
        [left + 4, under - 5],
        [left + 1, under],
        [right, under],
      ],
      { colour: 'spark', width: 1.6 },
    );
  }
  const from = secondsText(Math.max(0, startUs));
  const to = secondsText(endUs);
  label(
    pen,
    theme,
    [
      `window at ${to} s: ${from} to ${to} s, ${String(count)} counted`,
      `${from} to ${to} s: ${String(count)}`,
    ],
    left + 4,
    y + h + 22,
    { colour: 'spark', size: 11.5, room: Math.max(row.x + row.w - left, 80) },
  );
}

function paintBatch(pen: Pen, theme: Theme, box: Box, batch: BatchFrame, ink: RecordInk): void {
  const { x, y, w, h } = box;
  const isLit =
    ink.window !== null && batch.startUs >= ink.window.startUs && batch.endUs <= ink.window.endUs;
  frame(pen, theme, box, isLit ? 'lamp' : 'surface', {
    colour: batch.open || batch.running ? 'spark' : 'rule',
    dash: batch.open ? 'notYet' : 'solid',
    width: batch.running ? 1.6 : 1,
  });
  if (batch.open) {
    const gone = (ink.timeUs - batch.startUs) / (batch.endUs - batch.startUs);
    fillBox(pen, theme, { x, y: y + h - 3, w: w * Math.min(1, Math.max(0, gone)), h: 3 }, 'spark');
  }
  const roomy = h > 80;
  const pitch = roomy ? 18 : 13;
  const r = roomy ? 5.5 : 4.2;
  const columns = Math.max(1, Math.floor((w - 8) / pitch));
  const rows = Math.max(1, Math.floor((h - 6) / pitch));
  if (batch.records.length <= columns * rows) {
    batch.records.forEach((record, i) => {
      const cx = x + 4 + pitch / 2 + (i % columns) * pitch;
      inkRecord(
        pen,
        theme,
        ink,
        record,
        cx,
        y + h - 5 - pitch / 2 - Math.floor(i / columns) * pitch,
        r,
      );
    });
  } else {
    label(pen, theme, String(batch.records.length), x + w / 2, y + h / 2 + 5, {
      mono: true,
      weight: 500,
      size: 14,
      align: 'center',
    });
  }
  const time = secondsText(batch.endUs);
  label(pen, theme, [`batch ${time} s`, `${time} s`], x + w / 2, y - 5, {
    colour: batch.open ? 'ink' : 'ink2',
    size: 11.5,
    align: 'center',
    room: w + 4,
  });
}
