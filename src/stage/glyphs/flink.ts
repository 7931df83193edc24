import type { Theme } from '../../design/theme.ts';
import type { LaneFrame, PartFrame } from '../frame.ts';
import { paintBracket } from './bracket.ts';
import { label } from './label.ts';
import { frame, type Pen } from './pen.ts';
import { spanText } from './units.ts';

export function paintOperator(
  pen: Pen,
  theme: Theme,
  { box, part, count, system, down }: PartFrame,
): void {
  const { x, y, w, h } = box;
  frame(
    pen,
    theme,
    box,
    'surface',
    {
      colour: down ? 'refuse' : system === 'storm' ? 'storm' : 'flink',
      width: 1.2,
      dash: down ? 'wasOrMayGo' : 'solid',
    },
    2,
  );
  const lines = twoLines(part.label, Math.floor((w - 12) / 6.2));
  lines.forEach((words, i) => {
    label(pen, theme, words, x + 8, y + 17 + i * 15, { room: w - 12 });
  });
  if (count === 0 || h < 32) return;
  const queued = `${String(count)} waiting`;
  label(pen, theme, queued, x + 8, y + h - 6, { colour: 'ink3', size: 11, room: w - 12 });
}

/** `words` on one line of `letters` or broken once, where a word ends. */
export function twoLines(words: string, letters: number): string[] {
  if (words.length <= letters) return [words];
  const at = words.lastIndexOf(' ', letters);
  return at < 0 ? [words] : [words.slice(0, at), words.slice(at + 1)];
}

/** The windows that are open now, as brackets to scale, with what each holds. */
export function paintWindowOperator(
  pen: Pen,
  theme: Theme,
  { box, part, down }: PartFrame,
  { openWindows }: LaneFrame,
): void {
  const { x, y, w, h } = box;
  frame(
    pen,
    theme,
    box,
    'surface',
    { colour: down ? 'refuse' : 'flink', width: 1.2, dash: down ? 'wasOrMayGo' : 'solid' },
    2,
  );
  label(pen, theme, [part.label, 'window'], x + 8, y + 15, { room: w - 12 });
  const rows = Math.max(0, Math.floor((h - 20) / 14));
  const shown = openWindows.slice(0, rows);
  const [first, last] = [shown[0], shown.at(-1)];
  if (first === undefined || last === undefined) return;
  const reach = last.endUs - first.startUs;
  const at = (timeUs: number): number =>
    x + w * 0.44 + ((timeUs - first.startUs) / reach) * w * 0.3;
  shown.forEach(({ startUs, endUs, count }, i) => {
    const base = y + 30 + i * 14;
    label(pen, theme, [spanText(startUs, endUs)], x + 8, base, {
      colour: 'ink2',
      size: 11,
      room: w * 0.42 - 8,
    });
    paintBracket(pen, theme, at(startUs), at(endUs), base - 7, 6, '[)', {
      colour: 'flink',
      width: 1.2,
    });
    label(pen, theme, String(count), x + w - 8, base, {
      size: 11,
      mono: true,
      weight: 500,
      align: 'right',
    });
  });
  if (openWindows.length > rows && h > 40) {
    label(pen, theme, `+ ${String(openWindows.length - rows)} more`, x + w - 8, y + 15, {
      colour: 'ink3',
      size: 11,
      align: 'right',
      room: w / 2,
    });
  }
}

const CELL = 50;

/** Snapshots in storage: filled is retained, dashed grey was superseded, dashed accent is being written. */
export function paintSnapshots(
  pen: Pen,
  theme: Theme,
  { box }: PartFrame,
  { checkpoints }: LaneFrame,
): void {
  const { x, y, w, h } = box;
  label(pen, theme, ['snapshot storage', 'snapshots'], x, y + 12, {
    colour: 'ink3',
    size: 11.5,
    room: 100,
  });
  const cells = Math.max(1, Math.floor((w - 104) / CELL));
  checkpoints.slice(-cells).forEach(({ number, state }, i) => {
    const cell = { x: x + 104 + i * CELL, y, w: CELL - 8, h };
    const look = SNAPSHOT_LOOKS[state];
    frame(pen, theme, cell, look.fill, { colour: look.edge, dash: look.dash });
    label(pen, theme, `chk-${String(number)}`, cell.x + cell.w / 2, y + 11.5, {
      colour: look.text,
      size: 11,
      mono: true,
      align: 'center',
    });
  });
}

const SNAPSHOT_LOOKS = {
  running: { fill: 'paper', edge: 'flink', text: 'flink', dash: 'notYet' },
  retained: { fill: 'flink', edge: 'flink', text: 'paper', dash: 'solid' },
  subsumed: { fill: 'paper', edge: 'rule', text: 'ink3', dash: 'wasOrMayGo' },
  aborted: { fill: 'paper', edge: 'refuse', text: 'refuse', dash: 'solid' },
} as const;
