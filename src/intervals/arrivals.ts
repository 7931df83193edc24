import { entryKinds } from '../../workers/trace/format.ts';
import type { Run, RunRecords } from '../run/Run.ts';
import { keptBy } from '../run/stays.ts';
import type { TraceIndex } from '../run/TraceIndex.ts';
import type { AxisRow } from './rows.ts';

/**
 * One record between the two rails: when it happened, and when the log that all lanes read had it, or, in a run without
 * such a log, when it was written.
 */
export interface Arrival {
  readonly record: number;
  readonly happenedUs: number;
  readonly loggedUs: number;
  /** Another copy of a record that the log already had. */
  readonly again: boolean;
}

/** A record that was lost before the log. */
export interface Loss {
  readonly record: number;
  readonly happenedUs: number;
  readonly lostUs: number;
}

/** Whether there is a log, a topic's partition, that records are read from. */
export function hasLog({ header }: TraceIndex): boolean {
  return header.parts.some(({ glyph }) => glyph === 'partition');
}

/** All records of the run's logs, in the order in which the logs had them. */
export function arrivalsOf(index: TraceIndex, { arrivalUs, eventTimeUs }: RunRecords): Arrival[] {
  if (!hasLog(index)) {
    return Array.from(arrivalUs, (loggedUs, record) => {
      return { record, happenedUs: eventTimeUs[record]!, loggedUs, again: false };
    }).sort((a, b) => a.loggedUs - b.loggedUs);
  }
  const arrivals: { record: number; loggedUs: number }[] = [];
  index.header.parts.forEach((part, number) => {
    if (part.glyph !== 'partition') return;
    const { record, timeUs } = keptBy(index.stays(number));
    record.forEach((own, i) => arrivals.push({ record: own, loggedUs: timeUs[i]! }));
  });
  arrivals.sort((a, b) => a.loggedUs - b.loggedUs);
  const seen = new Set<number>();
  return arrivals.map(({ record, loggedUs }) => {
    const again = seen.has(record);
    seen.add(record);
    return { record, happenedUs: eventTimeUs[record]!, loggedUs, again };
  });
}

/** The records of which the run lost every copy before a log had one for good. */
export function lossesOf(
  index: TraceIndex,
  arrivals: readonly Arrival[],
  { records: { eventTimeUs }, texts }: Pick<Run, 'records' | 'texts'>,
): Loss[] {
  const { trace } = index;
  const logged = new Set(hasLog(index) ? arrivals.map(({ record }) => record) : []);
  const losses = new Map<number, Loss>();
  for (let i = 0; i < trace.length; i += 1) {
    const kind = trace.kinds[i];
    const isLost =
      kind === entryKinds.finding && (texts[trace.values[i]!] ?? '').startsWith('lost');
    if (kind !== entryKinds.drop && !isLost) continue;
    const record = trace.records[i]!;
    if (logged.has(record)) continue;
    losses.set(record, { record, happenedUs: eventTimeUs[record]!, lostUs: trace.timesUs[i]! });
  }
  return [...losses.values()];
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
