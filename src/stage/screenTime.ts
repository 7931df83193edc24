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

/** When each hop is drawn, and when the link is too full to draw hops at all. */
export interface DrawnHops {
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /** 1 where the hop is part of a ribbon and not drawn by itself. */
  readonly crowded: Uint8Array;
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
  const startUs = new Float64Array(hops.count);
  const endUs = new Float64Array(hops.count);
  const crowded = new Uint8Array(hops.count);
  let lastStartUs = -Infinity;
  let lastEndUs = -Infinity;
  for (let i = 0; i < hops.count; i += 1) {
    const record = hops.record[i]!;
    const sentUs = hops.sentUs[i]!;
    const dueUs = hops.dueUs[i]!;
    const earliestUs = Math.max(sentUs, readyUs[record] ?? 0);
    const start = Math.max(earliestUs, lastStartUs + gapUs);
    if (start - earliestUs > maxLagUs) {
      crowded[i] = 1;
      startUs[i] = sentUs;
      endUs[i] = Math.min(dueUs, sentUs + minHopUs);
      continue;
    }
    const trueUs = Number.isFinite(dueUs) ? dueUs - sentUs : 0;
    const end = Math.max(start + Math.max(minHopUs, trueUs), lastEndUs + gapUs);
    startUs[i] = start;
    endUs[i] = end;
    lastStartUs = start;
    lastEndUs = end;
    readyUs[record] = end;
  }
  return { startUs, endUs, crowded };
}

/** How far along its link a planned hop is at `timeUs`: 0 at the start, 1 at the end, null when not on it. */
export function progressAt(startUs: number, endUs: number, timeUs: number): number | null {
  if (timeUs < startUs || timeUs >= endUs) return null;
  return (timeUs - startUs) / (endUs - startUs);
}

/**
 * Records a simulated second over the last second of watching, when part of them were crowded; else null.
 * The hops lie in the order in which they were sent.
 */
export function ribbonRate(
  hops: Hops,
  drawn: DrawnHops,
  timeUs: number,
  speed: number,
): number | null {
  const spanUs = 1_000_000 * speed;
  let low = 0;
  let high = hops.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hops.sentUs[middle]! <= timeUs - spanUs) low = middle + 1;
    else high = middle;
  }
  let sent = 0;
  let anyCrowded = false;
  for (let i = low; i < hops.count && hops.sentUs[i]! <= timeUs; i += 1) {
    sent += 1;
    if (drawn.crowded[i] === 1) anyCrowded = true;
  }
  return anyCrowded ? sent / speed : null;
}
