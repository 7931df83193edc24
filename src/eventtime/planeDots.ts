import { LATE } from '../../workers/results/status.ts';
import type { LaneIndex } from '../run/LaneIndex.ts';
import { planeWindows } from './planeWindows.ts';

/** A record on the plane: across when it happened, up when the lane had it. */
export interface PlaneDot {
  readonly record: number;
  readonly happenedUs: number;
  readonly arrivedUs: number;
  /** Dropped: all of its windows were over and gone. */
  readonly isDropped: boolean;
  /** Not dropped, though all of its windows were gone: it is in the job's side output. */
  readonly isAside: boolean;
  /** A window of it had fired before, and fires again with it. What is taken as it fires is in the first result. */
  readonly firesAgain: boolean;
}

/**
 * The records of a lane in the order in which it had them. One that knows event time is asked when its state took or
 * dropped a record, because that is when it looks at its watermark; Spark's batches take what is in the log by then.
 *
 * @param sideOutput the late records that the job kept aside
 */
export function planeDots(
  lane: LaneIndex,
  eventTimeUs: ArrayLike<number>,
  sideOutput: ReadonlySet<number>,
): PlaneDot[] {
  const dots =
    lane.watermark === null
      ? dotsByArrival(lane, eventTimeUs)
      : dotsByState(lane, eventTimeUs, sideOutput);
  return dots.sort((a, b) => a.arrivedUs - b.arrivedUs);
}

function dotsByArrival({ input }: LaneIndex, eventTimeUs: ArrayLike<number>): PlaneDot[] {
  return Array.from(input.record, (record, i) => ({
    record,
    happenedUs: eventTimeUs[record]!,
    arrivedUs: input.timeUs[i]!,
    isDropped: false,
    isAside: false,
    firesAgain: false,
  }));
}

function dotsByState(
  lane: LaneIndex,
  eventTimeUs: ArrayLike<number>,
  sideOutput: ReadonlySet<number>,
): PlaneDot[] {
  const { occurrences, ledger } = lane.lane;
  const { records, countedFirst, countedLast, atUs } = occurrences;
  const firstFiredUs = new Map(
    planeWindows(lane).map(({ window, firings }) => [window, firings[0]?.atUs ?? Infinity]),
  );
  const dots = new Map<number, PlaneDot>();
  for (let i = 0; i < records.length; i += 1) {
    const record = records[i]!;
    if (dots.has(record)) continue;
    let firesAgain = false;
    for (let k = countedFirst[i]!; k <= countedLast[i]! && !firesAgain; k += 1)
      firesAgain = (firstFiredUs.get(k) ?? Infinity) < atUs[i]!;
    dots.set(record, {
      record,
      happenedUs: eventTimeUs[record]!,
      arrivedUs: atUs[i]!,
      isDropped: false,
      isAside: false,
      firesAgain,
    });
  }
  ledger.records.forEach((record, i) => {
    if (ledger.statuses[i] !== LATE || dots.has(record)) return;
    const arrivedUs = ledger.timesUs[i]!;
    const happenedUs = eventTimeUs[record]!;
    const isAside = sideOutput.has(record);
    const isDropped = !isAside;
    dots.set(record, { record, happenedUs, arrivedUs, isDropped, isAside, firesAgain: false });
  });
  return [...dots.values()];
}

/** Within reach of a pointer. */
const REACH = 9;

/** The record whose dot is nearest to (px, py), or null where none is near. */
export function dotNear(
  dots: readonly PlaneDot[],
  x: (timeUs: number) => number,
  y: (timeUs: number) => number,
  px: number,
  py: number,
): number | null {
  let nearest: number | null = null;
  let reach = REACH;
  for (const { record, happenedUs, arrivedUs } of dots) {
    const distance = Math.hypot(x(happenedUs) - px, y(arrivedUs) - py);
    if (distance >= reach) continue;
    reach = distance;
    nearest = record;
  }
  return nearest;
}
