import { totalOf } from '../results/board.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import { secondsText, spanText } from '../stage/glyphs/units.ts';

const NAMES = { spark: 'Spark', storm: 'Storm', flink: 'Flink' } as const;

/** One caption a scene: what the lanes have answered to the same question by now. */
export function captionWords(lanes: readonly LaneIndex[], timeUs: number): string {
  const windowed = lanes.filter(({ lane }) => lane.sizeUs !== null && lane.slideUs !== null);
  const [first] = windowed;
  if (first === undefined) return '';
  const settings = enginesBySetting(windowed);
  if (settings.size > 1)
    return `${[...settings]
      .map(([words, names]) => `${words} in ${listed(names)}`)
      .join('; ')
      .replaceAll('; W', '; w')}.`;
  const setting = settingWords(first);
  // A lane that its engine did not start answers nothing.
  const isAll = windowed.length === lanes.length;
  const who = isAll ? 'all' : listed(windowed.map(nameOf));
  const empty = emptyWords(first.input.timeUs[0], timeUs);
  if (lanes.length < 2) return `${setting}.${empty}`;
  const newest = windowed.length < 2 ? null : newestForAll(windowed, timeUs);
  if (newest === null)
    return `${setting} in ${isAll ? `all ${String(lanes.length)}` : who}.${empty}`;
  const { startUs, endUs, totals } = newest;
  const span = `the window from ${spanText(startUs, endUs)}`;
  if (totals.every((total) => total === totals[0])) {
    return `${setting} in ${who}, and ${span} holds ${String(totals[0])} in each.`;
  }
  return `${setting} in ${who}, and still ${span} holds ${listed(totals.map(String))} records.`;
}

function nameOf({ lane }: LaneIndex): string {
  return NAMES[lane.engine];
}

function settingWords({ lane }: LaneIndex): string {
  return `Window ${secondsText(lane.sizeUs ?? 0)} s, slide ${secondsText(lane.slideUs ?? 0)} s`;
}

/** The engines that run with the same intervals, by those intervals, in the order of the lanes. */
function enginesBySetting(lanes: readonly LaneIndex[]): Map<string, string[]> {
  const settings = new Map<string, string[]>();
  for (const lane of lanes) {
    const words = settingWords(lane);
    settings.set(words, [...(settings.get(words) ?? []), nameOf(lane)]);
  }
  return settings;
}

/** "Spark", "Spark and Flink", "312, 309 and 309". */
function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} and ${words.at(-1)!}`;
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
