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

/** Records that pass a point, in columns. */
export interface Passages {
  readonly record: Int32Array;
  readonly timeUs: Float64Array;
}

/** Several streams of passages as one, in order of time; equal times keep the order of the streams. */
export function mergePassages(streams: readonly Passages[]): Passages {
  const [only] = streams;
  if (streams.length === 1 && only !== undefined && isAscending(only.timeUs)) return only;
  const count = streams.reduce((sum, { record }) => sum + record.length, 0);
  const record = new Int32Array(count);
  const timeUs = new Float64Array(count);
  let at = 0;
  for (const stream of streams) {
    record.set(stream.record, at);
    timeUs.set(stream.timeUs, at);
    at += stream.record.length;
  }
  if (isAscending(timeUs)) return { record, timeUs };
  const order = Uint32Array.from(record, (_, i) => i);
  order.sort((a, b) => timeUs[a]! - timeUs[b]! || a - b);
  return {
    record: Int32Array.from(order, (i) => record[i]!),
    timeUs: Float64Array.from(order, (i) => timeUs[i]!),
  };
}

function isAscending(timesUs: Float64Array): boolean {
  for (let i = 1; i < timesUs.length; i += 1) if (timesUs[i]! < timesUs[i - 1]!) return false;
  return true;
}

/** Pairs each departure with the oldest open stay of its record. Both come in order of time. */
export function matchStays(arrivals: Passages, departures: Passages): Stays {
  const { record, timeUs: fromUs } = arrivals;
  const count = record.length;
  const toUs = new Float64Array(count).fill(Infinity);
  if (departures.record.length > 0) closeStays(arrivals, departures, toUs);
  const latestToUs = new Float64Array(Math.ceil(count / STRIDE));
  for (let i = 0; i < count; i += 1) {
    const stride = Math.floor(i / STRIDE);
    if (toUs[i]! > latestToUs[stride]!) latestToUs[stride] = toUs[i]!;
  }
  return { count, record, fromUs, toUs, latestToUs };
}

function closeStays(arrivals: Passages, departures: Passages, toUs: Float64Array): void {
  let recordMax = -1;
  for (const own of arrivals.record) if (own > recordMax) recordMax = own;
  // The open stays of a record as a list through the stays: where it begins, and what follows each.
  const oldest = new Int32Array(recordMax + 1).fill(-1);
  const following = new Int32Array(arrivals.record.length).fill(-1);
  let departed = 0;
  const departBefore = (untilUs: number): void => {
    for (; departed < departures.record.length; departed += 1) {
      const atUs = departures.timeUs[departed]!;
      if (atUs >= untilUs) return;
      const own = departures.record[departed]!;
      const stay = oldest[own] ?? -1;
      if (stay < 0) continue;
      toUs[stay] = atUs;
      oldest[own] = following[stay]!;
    }
  };
  arrivals.record.forEach((own, i) => {
    departBefore(arrivals.timeUs[i]!);
    let last = oldest[own]!;
    if (last < 0) oldest[own] = i;
    else {
      while (following[last]! >= 0) last = following[last]!;
      following[last] = i;
    }
  });
  departBefore(Infinity);
}

/** What came to a log and stayed: neither refused nor cut off later. */
export function keptBy({ count, record, fromUs, toUs }: Stays): Passages {
  if (toUs.every((us) => us === Infinity)) return { record, timeUs: fromUs };
  const kept = Array.from({ length: count }, (_, i) => i).filter((i) => toUs[i] === Infinity);
  return {
    record: Int32Array.from(kept, (i) => record[i]!),
    timeUs: Float64Array.from(kept, (i) => fromUs[i]!),
  };
}

/** The newest records present at `timeUs`, `most` of them, in the order in which they came. */
export function newestAt(stays: Stays, timeUs: number, most: number): number[] {
  const newest: number[] = [];
  for (let i = countUntil(stays.fromUs, timeUs) - 1; i >= 0 && newest.length < most; i -= 1) {
    if (stays.toUs[i]! > timeUs) newest.push(stays.record[i]!);
  }
  return newest.reverse();
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
