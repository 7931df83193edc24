import type { Run } from '../run/Run.ts';
import { totalOf } from '../results/board.ts';
import { secondsText } from '../stage/glyphs/units.ts';

/** One caption a scene: what the lanes answer to the same question, counted from the run. */
export function captionWords(run: Run): string {
  const windowed = run.lanes.filter(({ sizeUs }) => sizeUs !== null);
  const [first] = windowed;
  if (first === undefined || first.sizeUs === null || first.slideUs === null) return '';
  const { sizeUs, slideUs } = first;
  const same = windowed.every((lane) => lane.sizeUs === sizeUs && lane.slideUs === slideUs);
  if (!same) return 'One engine stays at the interval that it last accepted; the others moved on.';
  const setting = `Window ${secondsText(sizeUs)} s, slide ${secondsText(slideUs)} s`;
  if (windowed.length < 2) return `${setting}.`;
  const startUs = sizeUs;
  const totals = windowed.map((lane) => {
    const output = lane.outputs.findLast((own) => own.startUs === startUs);
    return output === undefined ? null : totalOf(output);
  });
  if (totals.some((total) => total === null))
    return `${setting} in all ${String(windowed.length)}.`;
  const span = `the window from ${secondsText(startUs)} to ${secondsText(startUs + sizeUs)}`;
  const same3 = totals.every((total) => total === totals[0]);
  if (same3) return `${setting} in all, and ${span} holds ${String(totals[0])} in each.`;
  const list = `${totals.slice(0, -1).join(', ')} and ${String(totals.at(-1))}`;
  return `${setting} in all, and still ${span} holds ${list} records.`;
}
