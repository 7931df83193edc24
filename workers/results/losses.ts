import type { RecordId } from '../trace/format.ts';

/** A record that nobody can pass on any more: at which part, why, when. */
export interface Loss {
  readonly record: RecordId;
  readonly part: string;
  readonly cause: string;
  readonly timeUs: number;
}

export interface LossBookings {
  readonly losses: readonly Loss[];
}

/** The losses of one place: a lane, or everything before the branch. A record is lost there once. */
export interface LossBook {
  nowUs: () => number;
  readonly losses: readonly Loss[];
  lost(record: RecordId, part: string, cause: string): void;
  copy(): LossBookings;
  restore(bookings: LossBookings): void;
}

export function createLossBook(nowUs: () => number): LossBook {
  const losses: Loss[] = [];
  const known = new Set<RecordId>();
  return {
    nowUs,
    losses,
    lost(record, part, cause) {
      if (known.has(record)) return;
      known.add(record);
      losses.push({ record, part, cause, timeUs: nowUs() });
    },
    copy: () => ({ losses: losses.slice() }),
    restore(bookings) {
      losses.splice(0, Infinity, ...bookings.losses);
      known.clear();
      for (const { record } of losses) known.add(record);
    },
  };
}
