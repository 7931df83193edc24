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
  /** Some of its tuples, and not all. */
  readonly partly: number;
  readonly missing: number;
  readonly tooOften: number;
  readonly pending: number;
  /** When any of this can change, with `more` times added: rising, without repeats, all finite. */
  changeTimes(more: readonly number[]): readonly number[];
  /** @param timeUs one of the change times, later than the one before */
  advanceTo(timeUs: number): void;
}

type Verdict = 'right' | 'partly' | 'missing' | 'tooOften' | 'pending';

/** @param rows the record's occurrences, in the order of booking */
export function createWindowTally(
  occurrences: Occurrences,
  rows: Int32Array,
  firings: WindowFirings,
): WindowTally {
  const { atUs, undoneUs, ordinals } = occurrences;
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
  const expecting = new Int32Array(tuples).fill(-1);
  /** By window, from `first` on; null where the record does not belong. */
  const verdicts: (Verdict | null)[] = [];
  const results = resultsOf(firings, first, last);
  let nextResult = 0;

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

  function verdictOn(k: number, timeUs: number): Verdict | null {
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
      if (atUs[row]! > timeUs) continue;
      const isThere = atUs[row]! <= momentUs && momentUs < undoneUs[row]!;
      if (isThere && isIn(k, occurrences.countedFirst, occurrences.countedLast, row)) {
        multiplicity[ordinals[row]!]! += 1;
      }
    }
    if (isVisible && multiplicity.some((n) => n > (isExpected ? 1 : 0))) return 'tooOften';
    if (!isExpected) return null;
    const counted = multiplicity.reduce((sum, n) => sum + n, 0);
    if (isVisible && counted > 0) return counted === tuples ? 'right' : 'partly';
    // A window that was past when the record came will never count it, result or not.
    return isVisible || (tally.alive && counted === 0) ? 'missing' : 'pending';
  }

  function judge(k: number, timeUs: number): void {
    const before = verdicts[k - first] ?? null;
    const now = verdictOn(k, timeUs);
    if (before !== null) tally[before] -= 1;
    if (now !== null) tally[now] += 1;
    verdicts[k - first] = now;
  }

  /** Takes note of what the state got or forgot by then. */
  function look(timeUs: number): void {
    expecting.fill(-1);
    tally.seen = false;
    tally.alive = false;
    for (const row of rows) {
      if (atUs[row]! > timeUs) continue;
      tally.seen = true;
      if (timeUs < undoneUs[row]!) tally.alive = true;
      const ordinal = ordinals[row]!;
      const known = expecting[ordinal]!;
      if (known < 0 || undoneUs[known]! <= timeUs) expecting[ordinal] = row;
    }
  }

  const tally = {
    seen: false,
    alive: false,
    right: 0,
    partly: 0,
    missing: 0,
    tooOften: 0,
    pending: 0,
    changeTimes(more: readonly number[]) {
      const times = [...more];
      for (const row of rows) times.push(atUs[row]!, undoneUs[row]!);
      for (const { visibleUs } of results) times.push(visibleUs);
      const sorted = Float64Array.from(times.filter((timeUs) => timeUs < Infinity)).sort();
      return Array.from(sorted).filter((timeUs, i) => i === 0 || timeUs !== sorted[i - 1]);
    },
    advanceTo(timeUs: number) {
      const isStateNew = rows.some((row) => atUs[row] === timeUs || undoneUs[row] === timeUs);
      if (isStateNew) {
        look(timeUs);
        for (let k = first; k <= last; k += 1) judge(k, timeUs);
      }
      // Otherwise nothing is new but the results that became visible.
      for (; (results[nextResult]?.visibleUs ?? Infinity) <= timeUs; nextResult += 1) {
        if (!isStateNew) judge(results[nextResult]!.window, timeUs);
      }
    },
  };
  return tally;
}

/** Every visible result of the windows, in the order in which they became visible. */
function resultsOf({ firstWindow, visibleUs }: WindowFirings, first: number, last: number) {
  const results: { readonly visibleUs: number; readonly window: number }[] = [];
  for (let window = first; window <= last; window += 1)
    for (const timeUs of visibleUs[window - firstWindow] ?? [])
      results.push({ visibleUs: timeUs, window });
  return results.sort((a, b) => a.visibleUs - b.visibleUs);
}
