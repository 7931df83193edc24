import type { Theme } from '../../design/theme.ts';
import type { PartFrame } from '../frame.ts';
import { label } from './label.ts';
import { fillBox, line, outline, type Pen } from './pen.ts';
import { inkRecord, type RecordInk } from './ink.ts';

/** A source narrows towards its channel, a sink opens from it; the type in the configuration's words below. */
export function paintFunnel(pen: Pen, theme: Theme, { box, part, room, down }: PartFrame): void {
  const { x, y, w, h } = box;
  const [left, right] = part.glyph === 'source' ? [h / 2, h / 4] : [h / 4, h / 2];
  const middle = y + h / 2;
  outline(
    pen,
    theme,
    () => {
      pen.moveTo(x, middle - left);
      pen.lineTo(x + w, middle - right);
      pen.lineTo(x + w, middle + right);
      pen.lineTo(x, middle + left);
      pen.closePath();
    },
    down ? 'paper' : 'surface',
    { colour: down ? 'refuse' : 'flume', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
  );
  if (h < 30) return;
  const centre = x + w / 2;
  label(pen, theme, part.glyph, centre, y + h + 24, { colour: 'ink2', align: 'center' });
  label(pen, theme, shortType(part.detail), centre, y + h + 39, {
    colour: 'ink3',
    size: 11,
    mono: true,
    align: 'center',
    room,
  });
}

/** `org.apache.flume.sink.kafka.KafkaSink` is told by its last word; the inspector shows all of it. */
export function shortType(type: string): string {
  return type.slice(type.lastIndexOf('.') + 1);
}

const MOST_SLOTS_DRAWN = 16;

/** An open-topped tank with a notch a slot; events stand in it in their order, a full one stands to the rim. */
export function paintChannel(
  pen: Pen,
  theme: Theme,
  { box, part, records, count, gauges, down }: PartFrame,
  ink: RecordInk,
): void {
  const { x, y, w, h } = box;
  const capacity = part.capacity ?? MOST_SLOTS_DRAWN;
  const slots = Math.min(capacity, Math.floor(h / 7));
  // Events of an open take are out of the queue and still hold their slots.
  const used = gauges.get('slots') ?? count;
  const level = Math.min(1, used / capacity) * (h - 1);
  fillBox(pen, theme, { x: x + 1, y: y + h - level, w: w - 2, h: level }, 'sunken');
  if (used > 0) {
    line(
      pen,
      theme,
      [
        [x + 1, y + h - level],
        [x + w - 1, y + h - level],
      ],
      { colour: 'flume', width: 1.2 },
    );
  }
  if (capacity <= MOST_SLOTS_DRAWN) {
    for (let i = 1; i < slots; i += 1) {
      const notch = y + h - (i * h) / slots;
      line(
        pen,
        theme,
        [
          [x, notch],
          [x + 5, notch],
        ],
        { colour: 'edge' },
      );
    }
  }
  const pitch = Math.min(14, h / slots);
  const fits = Math.floor(h / pitch);
  const perRow = Math.max(1, Math.floor((w - 10) / 11));
  const rows = count > fits ? perRow : 1;
  records.slice(0, fits * rows).forEach((record, i) => {
    const column = i % rows;
    const row = Math.floor(i / rows);
    const cx = x + w / 2 + (column - (rows - 1) / 2) * 11;
    inkRecord(pen, theme, ink, record, cx, y + h - (row + 0.5) * pitch, 4);
  });
  line(
    pen,
    theme,
    [
      [x, y],
      [x, y + h],
      [x + w, y + h],
      [x + w, y],
    ],
    {
      colour: down ? 'refuse' : 'flume',
      width: 1.6,
      dash: down ? 'wasOrMayGo' : 'solid',
    },
  );
  const words = part.capacity === null ? String(used) : `${String(used)}/${String(part.capacity)}`;
  label(pen, theme, [`channel ${words}`, words], x + w / 2, y - 6, {
    colour: 'ink2',
    align: 'center',
    room: w + 44,
  });
  if (h > 60) {
    label(pen, theme, part.detail, x + w / 2, y + h + 14, {
      colour: 'ink3',
      size: 11,
      mono: true,
      align: 'center',
    });
  }
}
