/**
 * In which order the contents of sessions that grow together are put behind each other: not by time, but as a hash set
 * of their windows iterates. Sums do not show it; a list of elements does.
 *
 * Follows Flink 1.20 `TimeWindow.hashCode` and `MergingWindowSet.addWindow`, which takes the first window of a
 * `java.util.HashSet` as the one whose state stays.
 */
import { grownTableLength } from '../../../jvm/hashMapOrder.ts';
import type { TimeWindow } from './timeWindow.ts';

/** Sessions in flight, given by start, in the order in which a new window makes them one. */
export function inMergeOrder<W extends TimeWindow>(windows: readonly W[]): W[] {
  // The new window, too, is in the set when its table grows.
  const mask = grownTableLength(windows.length + 1) - 1;
  const bucket = (window: W) => {
    const hash = hashOfWindow(window);
    return (hash ^ (hash >>> 16)) & mask;
  };
  // Sorting is stable, so windows of one bucket stay in the order of their starts.
  return [...windows].sort((a, b) => bucket(a) - bucket(b));
}

/** `TimeWindow.hashCode`: `MathUtils.longToIntWithBitMixing(start + end)`. */
export function hashOfWindow({ startMs, endMs }: TimeWindow): number {
  let bits = BigInt.asUintN(64, BigInt(startMs) + BigInt(endMs));
  bits = BigInt.asUintN(64, (bits ^ (bits >> 30n)) * 0xbf58476d1ce4e5b9n);
  bits = BigInt.asUintN(64, (bits ^ (bits >> 27n)) * 0x94d049bb133111ebn);
  return Number(BigInt.asIntN(32, bits ^ (bits >> 31n)));
}
