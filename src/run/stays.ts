import { countUntil } from './search.ts';

/**
 * Which records are in one part, and when: a stay opens when a record is written there or arrives by a
 * pipe, and closes when it goes on, leaves or is dropped.
 */
export interface Stays {
  readonly count: number;
  readonly record: Int32Array;
  /** Ascending. */
  readonly fromUs: Float64Array;
  /** Infinity for a record that is still there at the end of the run. */
  readonly toUs: Float64Array;
  /** The latest `toUs` of each run of 64 stays, so that a long past is skipped in strides. */
  readonly latestToUs: Float64Array;
}

const STRIDE = 64;

export interface Passage {
  readonly record: number;
  readonly timeUs: number;
}

/** @param arrivals,departures in order of time; a record may come and go several times */
export function matchStays(arrivals: readonly Passage[], departures: readonly Passage[]): Stays {
  const count = arrivals.length;
  const record = new Int32Array(count);
  const fromUs = new Float64Array(count);
  const toUs = new Float64Array(count).fill(Infinity);
  const open = new Map<number, number[]>();
  let departed = 0;
  const departUntil = (timeUs: number): void => {
    for (; departed < departures.length; departed += 1) {
      const departure = departures[departed]!;
      if (departure.timeUs >= timeUs) return;
      const stay = open.get(departure.record)?.shift();
      if (stay !== undefined) toUs[stay] = departure.timeUs;
    }
  };
  for (let i = 0; i < count; i += 1) {
    const arrival = arrivals[i]!;
    departUntil(arrival.timeUs);
    record[i] = arrival.record;
    fromUs[i] = arrival.timeUs;
    const stays = open.get(arrival.record);
    if (stays === undefined) open.set(arrival.record, [i]);
    else stays.push(i);
  }
  departUntil(Infinity);
  const latestToUs = new Float64Array(Math.ceil(count / STRIDE));
  for (let i = 0; i < count; i += 1) {
    const stride = Math.floor(i / STRIDE);
    latestToUs[stride] = Math.max(latestToUs[stride]!, toUs[i]!);
  }
  return { count, record, fromUs, toUs, latestToUs };
}

/** Records present at `timeUs`, in the order in which they came. */
export function presentAt(stays: Stays, timeUs: number): number[] {
  const until = countUntil(stays.fromUs, timeUs);
  const present: number[] = [];
  for (let i = 0; i < until; i += 1) {
    if (i % STRIDE === 0 && stays.latestToUs[i / STRIDE]! <= timeUs) {
      i += STRIDE - 1;
      continue;
    }
    if (stays.toUs[i]! > timeUs) present.push(stays.record[i]!);
  }
  return present;
}
