import { countUntil } from '../run/search.ts';
import type { TraceIndex } from '../run/TraceIndex.ts';
import { line } from '../stage/glyphs/pen.ts';
import { paintRecord } from '../stage/glyphs/record.ts';
import type { AxisFrame } from './axisFrame.ts';
import type { AxisRow } from './rows.ts';

/** One record between the two rails: when it happened, and when the log that all lanes read had it. */
export interface Arrival {
  readonly record: number;
  readonly happenedUs: number;
  readonly loggedUs: number;
}

/** What the lower rail is: the logs of the run if it has any, else the first lane's own entrance. */
export function arrivalsOf(index: TraceIndex, eventTimeUs: ArrayLike<number>): Arrival[] {
  const arrivals: Arrival[] = [];
  index.header.parts.forEach((part, number) => {
    if (part.holds !== 'log') return;
    const stays = index.stays(number);
    for (let i = 0; i < stays.count; i += 1) {
      const record = stays.record[i]!;
      arrivals.push({ record, happenedUs: eventTimeUs[record]!, loggedUs: stays.fromUs[i]! });
    }
  });
  return arrivals.sort((a, b) => a.loggedUs - b.loggedUs);
}

/** Every record is drawn up to so many in view; beyond that lines are left out first, then shapes. */
const MOST_LINES = 400;
const MOST_SHAPES = 900;

/** Two rails and a slanted line a record: the slope is the delay, a crossing is disorder. */
export function paintArrivals(
  { pen, theme, model, timeUs, view, x, lit, chosenRecord }: AxisFrame,
  row: AxisRow,
  arrivals: readonly Arrival[],
): void {
  const top = row.y + 8;
  const bottom = row.y + 36;
  const [left, right] = [x(view.fromUs), x(view.toUs)];
  line(
    pen,
    theme,
    [
      [left, top],
      [right, top],
    ],
    { colour: 'hair' },
  );
  line(
    pen,
    theme,
    [
      [left, bottom],
      [right, bottom],
    ],
    { colour: 'hair' },
  );
  const times = { length: arrivals.length, at: (i: number) => arrivals[i]!.loggedUs };
  const from = firstFrom(times, view.fromUs);
  const to = firstFrom(times, view.toUs);
  const crowd = to - from;
  const r = crowd <= 120 ? 3.6 : crowd <= MOST_SHAPES ? 2.4 : 1.2;
  for (let i = from; i < to; i += 1) {
    const { record, happenedUs, loggedUs } = arrivals[i]!;
    const isLit = lit.records === null || lit.records.has(record);
    pen.globalAlpha = loggedUs > timeUs ? 0.4 : isLit ? 1 : 0.5;
    if (crowd <= MOST_LINES && happenedUs >= view.fromUs) {
      const slow = loggedUs - happenedUs > 2e6;
      line(
        pen,
        theme,
        [
          [x(happenedUs), top],
          [x(loggedUs), bottom],
        ],
        {
          colour: slow ? 'edge' : 'rule',
          width: slow ? 1.3 : 0.8,
        },
      );
    }
    paintRecord(pen, theme, x(loggedUs), bottom, r, model.lookOf[record] ?? -1);
  }
  pen.globalAlpha = 1;
  const chosen =
    chosenRecord === null ? [] : arrivals.filter(({ record }) => record === chosenRecord);
  for (const { happenedUs, loggedUs, record } of chosen) {
    const way = [
      [x(happenedUs), top],
      [x(loggedUs), bottom],
    ] as const;
    line(pen, theme, way, { colour: 'paper', width: 5 });
    line(pen, theme, way, { colour: 'lamp-edge', width: 2 });
    paintRecord(pen, theme, x(loggedUs), bottom, 5, model.lookOf[record] ?? -1);
  }
}

function firstFrom(times: { length: number; at: (i: number) => number }, timeUs: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times.at(middle) < timeUs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The record whose dot on the lower rail is nearest to (px, py), within reach of a finger. */
export function arrivalNear(
  arrivals: readonly Arrival[],
  row: AxisRow,
  x: (timeUs: number) => number,
  px: number,
  py: number,
): number | null {
  if (py < row.y || py > row.y + row.h) return null;
  let nearest: number | null = null;
  let reach = 7;
  const shown = arrivals.length;
  for (let i = 0; i < shown; i += 1) {
    const { record, loggedUs } = arrivals[i]!;
    const distance = Math.abs(x(loggedUs) - px);
    if (distance < reach) {
      reach = distance;
      nearest = record;
    }
  }
  return nearest;
}

/** How many of the arrivals are logged by `timeUs`. */
export function loggedCount(arrivals: readonly Arrival[], timeUs: number): number {
  return countUntil(
    arrivals.map(({ loggedUs }) => loggedUs),
    timeUs,
  );
}
