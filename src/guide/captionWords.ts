import { totalOf } from '../results/board.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import { secondsText, spanText } from '../stage/glyphs/units.ts';

/** One caption a scene: what the lanes have answered to the same question by now. */
export function captionWords(lanes: readonly LaneIndex[], timeUs: number): string {
  const windowed = lanes.filter(({ lane }) => lane.sizeUs !== null && lane.slideUs !== null);
  const [first] = windowed;
  if (first === undefined) return '';
  const { sizeUs, slideUs } = first.lane;
  const isSame = windowed.every(({ lane }) => lane.sizeUs === sizeUs && lane.slideUs === slideUs);
  if (!isSame) {
    return 'Who refuses an interval stays at the last one that it accepted; the others moved on.';
  }
  const setting = `Window ${secondsText(sizeUs ?? 0)} s, slide ${secondsText(slideUs ?? 0)} s`;
  const empty = emptyWords(first.input.timeUs[0], timeUs);
  if (windowed.length < 2) return `${setting}.${empty}`;
  const newest = newestForAll(windowed, timeUs);
  if (newest === null) return `${setting} in all ${String(windowed.length)}.${empty}`;
  const { startUs, endUs, totals } = newest;
  const span = `the window from ${spanText(startUs, endUs)}`;
  if (totals.every((total) => total === totals[0])) {
    return `${setting} in all, and ${span} holds ${String(totals[0])} in each.`;
  }
  const list = `${totals.slice(0, -1).join(', ')} and ${String(totals.at(-1))}`;
  return `${setting} in all, and still ${span} holds ${list} records.`;
}

/** @param firstUs when the first record arrives; undefined where none ever does */
function emptyWords(firstUs: number | undefined, timeUs: number): string {
  if (firstUs === undefined) return ' Nothing arrives in this run.';
  return firstUs > timeUs ? ' Nothing has arrived yet. Press Space.' : '';
}

/** The newest window whose result is visible in every lane, with what each lane says of it. */
function newestForAll(
  lanes: readonly LaneIndex[],
  timeUs: number,
): { startUs: number; endUs: number; totals: number[] } | null {
  const visible = lanes.map((lane) => lane.outputs.slice(0, lane.visibleCount(timeUs)));
  const [first = [], ...others] = visible;
  const shared = first.findLast(({ endUs }) =>
    others.every((outputs) => outputs.some((output) => output.endUs === endUs)),
  );
  if (shared === undefined) return null;
  const { startUs, endUs } = shared;
  const totals = visible.map((outputs) => {
    const output = outputs.findLast((own) => own.endUs === endUs);
    return output === undefined ? 0 : totalOf(output);
  });
  return { startUs, endUs, totals };
}
