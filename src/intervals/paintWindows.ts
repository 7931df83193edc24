import type { LaneIndex } from '../run/LaneIndex.ts';
import { paintBracket } from '../stage/glyphs/bracket.ts';
import { label } from '../stage/glyphs/label.ts';
import { accentOf } from '../stage/glyphs/palette.ts';
import { fillBox, line, outline } from '../stage/glyphs/pen.ts';
import type { AxisFrame } from './axisFrame.ts';
import type { AxisRow } from './rows.ts';
import { bracketsIn, type WindowBracket } from './windowBrackets.ts';

/**
 * Windows as brackets with true ends and what was counted in each. A dotted leader runs from the end of the
 * window to when its result was visible: its length is what waiting cost. What has not fired yet is dashed
 * and carries no count.
 */
export function paintWindows(
  frame: AxisFrame,
  row: AxisRow,
  lane: LaneIndex,
  ghost: LaneIndex | null,
): void {
  const { view, lit } = frame;
  const own = lit.windows?.get(lane.lane.id) ?? null;
  if (ghost !== null && isOther(ghost, lane))
    for (const bracket of bracketsIn(ghost, row, view)) paintGhost(frame, bracket);
  const brackets = bracketsIn(lane, row, view);
  for (const bracket of brackets) {
    if (own?.has(bracket.output.window) === true) paintWash(frame, bracket);
  }
  for (const bracket of brackets)
    paintWindow(frame, lane, bracket, own?.has(bracket.output.window) === true);
}

/** Where the setting is as it was there is nothing to compare. */
function isOther({ lane: was }: LaneIndex, { lane: is }: LaneIndex): boolean {
  return was.sizeUs !== is.sizeUs || was.slideUs !== is.slideUs;
}

function ends({ x, view }: AxisFrame, startUs: number, endUs: number): [number, number] {
  return [Math.max(x(startUs), x(view.fromUs)) + 1, Math.min(x(endUs), x(view.toUs)) - 1];
}

function paintWash(frame: AxisFrame, { output, y }: WindowBracket): void {
  const [left, right] = ends(frame, output.startUs, output.endUs);
  fillBox(frame.pen, frame.theme, { x: left, y: y - 6, w: right - left, h: 14 }, 'lamp');
}

/** Where the previous setting had this window: directly under, dashed. */
function paintGhost(frame: AxisFrame, { output, y }: WindowBracket): void {
  const [left, right] = ends(frame, output.startUs, output.endUs);
  line(
    frame.pen,
    frame.theme,
    [
      [left, y + 8],
      [left, y + 4],
      [right, y + 4],
      [right, y + 8],
    ],
    {
      colour: 'edge',
      dash: 'wasOrMayGo',
    },
  );
}

function paintWindow(
  frame: AxisFrame,
  lane: LaneIndex,
  { output, y }: WindowBracket,
  isLit: boolean,
): void {
  const { pen, theme, timeUs, view, x } = frame;
  const accent = accentOf(lane.lane.engine);
  const fired = output.visibleUs <= timeUs;
  if (!fired && !frame.showsFuture) return;
  const [left, right] = ends(frame, output.startUs, output.endUs);
  paintBracket(pen, theme, left, right, y, 5, lane.lane.ends, {
    colour: isLit ? 'ink' : accent,
    width: isLit ? 2.2 : fired ? 1.5 : 1,
    dash: fired ? 'solid' : 'notYet',
  });
  if (!fired) return;
  const words = String(lane.membersOf(output).length);
  const w = words.length * 7 + 8;
  if (right - left > w + 12) {
    const middle = (left + right) / 2;
    fillBox(pen, theme, { x: middle - w / 2, y: y - 6, w, h: 12 }, isLit ? 'lamp' : 'paper');
    label(pen, theme, words, middle, y + 4, {
      size: 11.5,
      mono: true,
      weight: 500,
      align: 'center',
    });
  }
  const firedX = x(output.visibleUs);
  if (output.visibleUs > view.toUs) return;
  if (firedX - right > 4) {
    line(
      pen,
      theme,
      [
        [Math.max(right - 2, x(view.fromUs)), y + 6.5],
        [firedX, y + 6.5],
      ],
      { colour: accent, dash: 'waiting' },
    );
  }
  outline(
    pen,
    theme,
    () => {
      pen.moveTo(firedX, y + 2.5);
      pen.lineTo(firedX + 6, y + 6.5);
      pen.lineTo(firedX, y + 10.5);
      pen.closePath();
    },
    accent,
    { colour: accent, width: 0.1 },
  );
}
