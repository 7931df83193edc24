import type { LaneIndex } from '../run/LaneIndex.ts';
import type { Output } from '../run/Run.ts';

/** One line of a results board. */
export interface BoardRow {
  /** Its place among all results of the lane. */
  readonly number: number;
  readonly output: Output;
  /** Visible by now; else the row says that it is open. */
  readonly visible: boolean;
  /** After a crash a window may be computed more than once: this is not the first time. */
  readonly again: boolean;
  /** What each class came to, in the order of the class names. */
  readonly values: readonly number[];
  readonly total: number;
  /** The total that the run before had for the same stretch, when it was another. */
  readonly was: number | null;
}

/** The last results of a lane at `timeUs` and the one that comes next, oldest first. */
export function boardRows(
  lane: LaneIndex,
  ghost: LaneIndex | null,
  classNames: readonly string[],
  timeUs: number,
  rows: number,
  showsNext: boolean,
): BoardRow[] {
  const visible = lane.visibleCount(timeUs);
  const next = showsNext && lane.outputs[visible] !== undefined ? 1 : 0;
  const first = Math.max(0, visible - (rows - next));
  return lane.outputs.slice(first, visible + next).map((output, i) => {
    const before = lane.outputs.slice(0, first + i).filter(isOfWindow(output)).length;
    const values = classNames.map((name) => valueOf(output, name, classNames));
    return {
      number: first + i,
      output,
      visible: first + i < visible,
      again: before > 0,
      values,
      total: totalOf(output),
      was: wasTotal(output, before, ghost),
    };
  });
}

/** A class named "others" stands for every key that has no class of its own. */
function valueOf({ rows }: Output, name: string, classNames: readonly string[]): number {
  let sum = 0;
  for (const [key, value] of rows) {
    if (key === name || (name === 'others' && !classNames.includes(key))) sum += value;
  }
  return sum;
}

export function totalOf({ rows }: Output): number {
  return rows.reduce((sum, [, value]) => sum + value, 0);
}

function isOfWindow(output: Output): (other: Output) => boolean {
  return ({ endUs }) => endUs === output.endUs;
}

/** @param nth how often the window was computed before: the first time is compared with the first time */
function wasTotal(output: Output, nth: number, ghost: LaneIndex | null): number | null {
  const old = ghost?.outputs.filter(isOfWindow(output)) ?? [];
  const same = old[nth] ?? old.at(-1);
  if (same === undefined) return null;
  const was = totalOf(same);
  return was === totalOf(output) ? null : was;
}
