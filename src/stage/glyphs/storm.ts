import type { Theme } from '../../design/theme.ts';
import type { LaneFrame, PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { frame, line, outline, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';
import { clockText, countText } from './units.ts';

export function paintSpout(pen: Pen, theme: Theme, { box, part, down }: PartFrame): void {
  const { x, y, w, h } = box;
  const r = Math.min(h / 2, w / 2);
  outline(
    pen,
    theme,
    () => {
      pen.moveTo(x, y);
      pen.lineTo(x + w - r, y);
      pen.arc(x + w - r, y + h / 2, h / 2, -Math.PI / 2, Math.PI / 2);
      pen.lineTo(x, y + h);
      pen.closePath();
    },
    'surface',
    { colour: down ? 'refuse' : 'storm', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
  );
  label(pen, theme, [part.label, 'spout'], x + w / 2 - 2, y + h / 2 + 4, {
    size: 11.5,
    align: 'center',
    room: w,
  });
}

export function paintBolt(pen: Pen, theme: Theme, { box, part, count, down }: PartFrame): void {
  const { x, y, w, h } = box;
  const slant = Math.min(9, w / 6);
  outline(
    pen,
    theme,
    () => {
      pen.moveTo(x, y + h / 2);
      pen.lineTo(x + slant, y);
      pen.lineTo(x + w - slant, y);
      pen.lineTo(x + w, y + h / 2);
      pen.lineTo(x + w - slant, y + h);
      pen.lineTo(x + slant, y + h);
      pen.closePath();
    },
    'surface',
    { colour: down ? 'refuse' : 'storm', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
  );
  label(pen, theme, part.label, x + w / 2, y + h / 2 + 4, { align: 'center', room: w - 2 * slant });
  if (count > 0) {
    label(pen, theme, `${String(count)} queued`, x + w / 2, y + h + 13, {
      colour: 'ink3',
      size: 11,
      align: 'center',
    });
  }
}

/** A bolt whose queue is shown: the tuples that its open windows may still need. */
export function paintWindowBolt(
  pen: Pen,
  theme: Theme,
  { box, part, records, count, down }: PartFrame,
  lane: LaneFrame,
  ink: RecordInk,
): void {
  const { x, y, w, h } = box;
  frame(
    pen,
    theme,
    box,
    'surface',
    { colour: down ? 'refuse' : 'storm', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
    2,
  );
  label(pen, theme, [part.label, 'window'], x + 8, y + 15, { room: w / 2 - 8 });
  const watermarkUs = lane.watermarkUs;
  if (watermarkUs !== null) {
    label(pen, theme, [`wm ${clockText(watermarkUs)} s`], x + w - 8, y + 15, {
      colour: 'ink2',
      size: 11,
      mono: true,
      align: 'right',
      room: w / 2,
    });
  }
  const columns = Math.max(1, Math.floor((w - 12) / 15.5));
  const rows = Math.max(1, Math.floor((h - 24) / 16));
  if (records.length <= columns * rows && records.length > 0) {
    records.forEach((record, i) => {
      const cy = y + 30 + Math.floor(i / columns) * 16;
      inkRecord(pen, theme, ink, record, x + 14 + (i % columns) * 15.5, cy, 4);
    });
  } else {
    const words = [`${countText(count, 'tuple')} held`, String(count)];
    label(pen, theme, words, x + w / 2, y + h / 2 + 12, {
      align: 'center',
      room: w - 8,
    });
  }
}

/** The acker keeps one number for each open tree of tuples. */
export function paintAcker(pen: Pen, theme: Theme, { box, gauges }: PartFrame): void {
  const r = box.w / 2;
  const [cx, cy] = [box.x + r, box.y + box.h / 2];
  outline(pen, theme, () => pen.arc(cx, cy, r, 0, 2 * Math.PI), 'surface', {
    colour: 'storm',
    width: 1.2,
  });
  line(
    pen,
    theme,
    [
      [cx, cy - 5],
      [cx, cy + 5],
    ],
    { colour: 'storm', width: 1.3 },
  );
  line(
    pen,
    theme,
    [
      [cx - 5, cy],
      [cx + 5, cy],
    ],
    { colour: 'storm', width: 1.3 },
  );
  const open = gauges.get('open') ?? 0;
  label(pen, theme, `acker: ${countText(open, 'tree')} open`, cx + r + 8, cy + 4, {
    colour: 'ink3',
    size: 11.5,
  });
}
