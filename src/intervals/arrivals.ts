import type { TraceIndex } from '../run/TraceIndex.ts';
import type { AxisRow } from './rows.ts';

/** One record between the two rails: when it happened, and when the log that all lanes read had it. */
export interface Arrival {
  readonly record: number;
  readonly happenedUs: number;
  readonly loggedUs: number;
}

/** All records of the run's logs, in the order in which the logs had them. */
export function arrivalsOf(index: TraceIndex, eventTimeUs: ArrayLike<number>): Arrival[] {
  const arrivals: Arrival[] = [];
  index.header.parts.forEach((part, number) => {
    if (part.holds !== 'log' || part.glyph !== 'partition') return;
    const stays = index.stays(number);
    for (let i = 0; i < stays.count; i += 1) {
      const record = stays.record[i]!;
      arrivals.push({ record, happenedUs: eventTimeUs[record]!, loggedUs: stays.fromUs[i]! });
    }
  });
  return arrivals.sort((a, b) => a.loggedUs - b.loggedUs);
}

/** Within reach of a pointer. */
const REACH = 7;

/** The record whose dot on the lower rail is nearest to (px, py). */
export function arrivalNear(
  arrivals: readonly Arrival[],
  row: AxisRow,
  x: (timeUs: number) => number,
  px: number,
  py: number,
): number | null {
  if (py < row.y || py > row.y + row.h) return null;
  let nearest: number | null = null;
  let reach = REACH;
  for (const { record, loggedUs } of arrivals) {
    const distance = Math.abs(x(loggedUs) - px);
    if (distance < reach) {
      reach = distance;
      nearest = record;
    }
  }
  return nearest;
}
