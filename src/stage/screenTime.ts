import { countUntil } from '../run/search.ts';

/**
 * Screen time is not engine time. A hop that takes a millisecond would be drawn in no frame at all, so on
 * the screen it takes at least 300 ms, keeps its place behind the record in front of it, and starts only
 * when the same record has finished the hop before. Nodes, counts and the axis keep true time; only what
 * stands on a link is late, never by more than `MAX_LAG_MS` for its turn: where the queue would grow
 * beyond that, the eye could not follow anyway, and the link is a ribbon with its rate instead.
 */

/** The least time a hop is drawn, in milliseconds of watching. */
export const MIN_HOP_MS = 300;
/** The least time between two records that enter the same link. */
export const MIN_GAP_MS = 45;
/** How late a record may set out, waiting for its turn, before its link becomes a ribbon. */
export const MAX_LAG_MS = 600;

/** The hops of one link in the order in which they were sent; times in simulated microseconds. */
export interface Hops {
  readonly count: number;
  readonly record: ArrayLike<number>;
  readonly sentUs: ArrayLike<number>;
  /** When it arrives; Infinity for a record that is lost on the way. */
  readonly dueUs: ArrayLike<number>;
}

/** The hops of a link that are drawn one by one, in order of both columns, and those that are not. */
export interface DrawnHops {
  /** Which of the link's hops. */
  readonly hop: readonly number[];
  readonly startUs: readonly number[];
  readonly endUs: readonly number[];
  /** When the hops were sent that came too thick to be drawn. */
  readonly crowdedUs: readonly number[];
}

/**
 * Plans one link at `speed` (simulated seconds a second of watching). `readyUs` holds, by record, when the
 * drawing of its previous hop ends; it is read and brought up to date, so links are planned from left to
 * right. A lane after a branch gets its own copy.
 */
export function planHops(hops: Hops, speed: number, readyUs: Float64Array): DrawnHops {
  const minHopUs = MIN_HOP_MS * 1000 * speed;
  const gapUs = MIN_GAP_MS * 1000 * speed;
  const maxLagUs = MAX_LAG_MS * 1000 * speed;
  const plan = {
    hop: [] as number[],
    startUs: [] as number[],
    endUs: [] as number[],
    crowdedUs: [] as number[],
  };
  let lastStartUs = -Infinity;
  let lastEndUs = -Infinity;
  for (let i = 0; i < hops.count; i += 1) {
    const record = hops.record[i]!;
    const sentUs = hops.sentUs[i]!;
    const earliestUs = Math.max(sentUs, readyUs[record] ?? 0);
    const start = Math.max(earliestUs, lastStartUs + gapUs);
    if (start - earliestUs > maxLagUs) {
      plan.crowdedUs.push(sentUs);
      continue;
    }
    const trueUs = Number.isFinite(hops.dueUs[i]!) ? hops.dueUs[i]! - sentUs : 0;
    const end = Math.max(start + Math.max(minHopUs, trueUs), lastEndUs + gapUs);
    plan.hop.push(i);
    plan.startUs.push(start);
    plan.endUs.push(end);
    lastStartUs = start;
    lastEndUs = end;
    readyUs[record] = end;
  }
  return plan;
}

/** A hop that is being drawn: which of the link's hops, and how far along it is, 0 to 1. */
export interface HopOnScreen {
  readonly hop: number;
  readonly progress: number;
}

export function hopsOnScreen(plan: DrawnHops, timeUs: number): HopOnScreen[] {
  const onScreen: HopOnScreen[] = [];
  const started = countUntil(plan.startUs, timeUs);
  for (let i = countUntil(plan.endUs, timeUs); i < started; i += 1) {
    const start = plan.startUs[i]!;
    onScreen.push({ hop: plan.hop[i]!, progress: (timeUs - start) / (plan.endUs[i]! - start) });
  }
  return onScreen;
}

/**
 * Records a simulated second over the last second of watching, if any of them came too thick to be drawn;
 * else null, and the link needs no ribbon.
 */
export function ribbonRate(
  hops: Hops,
  plan: DrawnHops,
  timeUs: number,
  speed: number,
): number | null {
  const sinceUs = timeUs - 1_000_000 * speed;
  if (countUntil(plan.crowdedUs, timeUs) === countUntil(plan.crowdedUs, sinceUs)) return null;
  const sent = countUntil(hops.sentUs, timeUs) - countUntil(hops.sentUs, sinceUs);
  return sent / speed;
}
