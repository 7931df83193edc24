import type { Occurrences } from './occurrences.ts';
import type { WindowFirings } from './windowFirings.ts';

/** How one record stands in each of its windows, as time goes on. */
export interface WindowTally {
  /** Whether anything of the record has been in the lane's state. */
  readonly seen: boolean;
  /** Whether something of it is there now. */
  readonly alive: boolean;
  /** Windows by how their newest visible result counts the record; pending ones have none yet. */
  readonly right: number;
  readonly missing: number;
  readonly tooOften: number;
  readonly pending: number;
  /** When any of this can change, with `more` times added: rising, without repeats, all finite. */
  changeTimes(more: readonly number[]): readonly number[];
  advanceTo(timeUs: number): void;
}

/** @param rows the record's occurrences, in the order of booking */
export function createWindowTally(
  occurrences: Occurrences,
  rows: Int32Array,
  firings: WindowFirings,
): WindowTally {
  let first = Infinity;
  let last = -Infinity;
  for (const row of rows) {
    first = Math.min(first, occurrences.expectedFirst[row]!, occurrences.countedFirst[row]!);
    last = Math.max(last, occurrences.expectedLast[row]!, occurrences.countedLast[row]!);
  }
  const tuples = occurrences.tuples[rows[0]!]!;
  const multiplicity = new Int32Array(tuples);
  // Per tuple the occurrence whose windows expect it: the first that the state has not forgotten. A second copy that
  // falls into other windows is expected in none of them.
  const expecting = new Int32Array(tuples);

  const isIn = (k: number, firstColumn: Int32Array, lastColumn: Int32Array, row: number) =>
    k >= firstColumn[row]! && k <= lastColumn[row]!;

  /** The newest result of window `k` that is visible at `timeUs`: when it was computed, or −1 for none. */
  function newestComputedUs(k: number, timeUs: number): number {
    const visible = firings.visibleUs[k - firings.firstWindow];
    if (!visible) return -1;
    for (let i = visible.length - 1; i >= 0; i -= 1) {
      if (visible[i]! <= timeUs) return firings.computedUs[k - firings.firstWindow]![i]!;
    }
    return -1;
  }

  /** Adds window `k` to the tally as it stands at `timeUs`. */
  function judge(k: number, timeUs: number): void {
    const computedUs = newestComputedUs(k, timeUs);
    const isVisible = computedUs >= 0;
    const momentUs = isVisible ? computedUs : timeUs;
    let isExpected = false;
    for (const row of expecting) {
      if (row >= 0 && isIn(k, occurrences.expectedFirst, occurrences.expectedLast, row))
        isExpected = true;
    }
    multiplicity.fill(0);
    for (const row of rows) {
      if (occurrences.atUs[row]! > timeUs) continue;
      const isThere = occurrences.atUs[row]! <= momentUs && momentUs < occurrences.undoneUs[row]!;
      if (isThere && isIn(k, occurrences.countedFirst, occurrences.countedLast, row)) {
        multiplicity[occurrences.ordinals[row]!]! += 1;
      }
    }
    const isTooOften = multiplicity.some((n) => n > (isExpected ? 1 : 0));
    if (isVisible) {
      if (isTooOften) tally.tooOften += 1;
      else if (isExpected) tally[multiplicity.every((n) => n === 1) ? 'right' : 'missing'] += 1;
    } else if (isExpected) {
      // A window that was past when the record came will never count it, result or not.
      const cannotCount = tally.alive && !multiplicity.some((n) => n > 0);
      tally[cannotCount ? 'missing' : 'pending'] += 1;
    }
  }

  const tally = {
    seen: false,
    alive: false,
    right: 0,
    missing: 0,
    tooOften: 0,
    pending: 0,
    changeTimes(more: readonly number[]) {
      const times = [...more];
      for (const row of rows) times.push(occurrences.atUs[row]!, occurrences.undoneUs[row]!);
      for (let k = first; k <= last; k += 1)
        times.push(...(firings.visibleUs[k - firings.firstWindow] ?? []));
      const sorted = Float64Array.from(times.filter((timeUs) => timeUs < Infinity)).sort();
      return Array.from(sorted).filter((timeUs, i) => i === 0 || timeUs !== sorted[i - 1]);
    },
    advanceTo(timeUs: number) {
      tally.seen = false;
      tally.alive = false;
      expecting.fill(-1);
      for (const row of rows) {
        if (occurrences.atUs[row]! > timeUs) continue;
        tally.seen = true;
        if (timeUs < occurrences.undoneUs[row]!) tally.alive = true;
        const ordinal = occurrences.ordinals[row]!;
        const known = expecting[ordinal]!;
        if (known < 0 || occurrences.undoneUs[known]! <= timeUs) expecting[ordinal] = row;
      }
      tally.right = tally.missing = tally.tooOften = tally.pending = 0;
      for (let k = first; k <= last; k += 1) judge(k, timeUs);
    },
  };
  return tally;
}
