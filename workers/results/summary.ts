import type { Lane } from '../assembly.ts';
import type { Simulation } from '../simulation.ts';
import { ledgerOf } from './ledger.ts';
import { latencyOf, type Latency } from './latency.ts';
import type { ResultRow } from './laneResults.ts';
import type { Loss } from './losses.ts';
import { statuses } from './status.ts';

/** What a run prints: the same object on the command line and in every test. Times in ms from the start. */
export interface RunSummary {
  readonly lanes: readonly LaneSummary[];
  /** What happened before the branch, booked once. */
  readonly shared: { readonly records: number; readonly lost: readonly LossCount[] };
  readonly traceHash: string;
}

export interface LaneSummary {
  readonly id: string;
  /** Present when the real system would not run this lane: its own message. */
  readonly refusal?: string;
  readonly outputs: readonly OutputSummary[];
  readonly ledger: LedgerSummary;
  readonly metrics: {
    readonly latencyMs: Latency;
    readonly recordsTouched: number;
    readonly stateHeld: { readonly now: number; readonly max: number };
  };
}

export interface OutputSummary {
  /** Null for a row of a lane without windows. */
  readonly window: { readonly startMs: number; readonly endMs: number } | null;
  readonly computedMs: number;
  readonly visibleMs: number;
  readonly rows: readonly ResultRow[];
}

/** Every record written so far is in exactly one of the counts; they add up to `records`. */
export interface LedgerSummary {
  readonly records: number;
  readonly filtered: number;
  readonly right: number;
  readonly someOnly: number;
  readonly moreThanOnce: number;
  readonly late: number;
  readonly lost: number;
  /** Lost before the branch; booked under `shared`. */
  readonly lostBefore: number;
  readonly inFlight: { readonly onTheWay: number; readonly waiting: number };
  /** Where and why this lane lost records. */
  readonly losses: readonly LossCount[];
}

export interface LossCount {
  readonly part: string;
  readonly cause: string;
  readonly records: number;
}

/** Sums up a simulation as far as it got. */
export function summaryOf(simulation: Simulation): RunSummary {
  const written = writtenBy(simulation.records.arrivalUs, simulation.untilUs);
  return {
    lanes: simulation.lanes.map((lane) => laneSummary(lane, simulation)),
    shared: { records: written, lost: countLosses(simulation.losses.losses) },
    traceHash: simulation.hash(),
  };
}

function laneSummary(lane: Lane, simulation: Simulation): LaneSummary {
  const bookings = lane.book.bookings();
  const { untilUs } = simulation;
  const ledger = ledgerOf(
    bookings,
    simulation.records.arrivalUs,
    simulation.losses.losses,
    untilUs,
  );
  const last = new Map<number, number>();
  ledger.records.forEach((record, i) => last.set(record, ledger.statuses[i]!));
  const counts = statuses.map(() => 0);
  for (const status of last.values()) counts[status]! += 1;
  const [onTheWay, waiting, right, someOnly, moreThanOnce, late, lost, lostBefore, filtered] =
    counts as [number, number, number, number, number, number, number, number, number];
  return {
    id: lane.id,
    ...(lane.refusals.length > 0
      ? { refusal: lane.refusals.map(({ message }) => message).join('\n') }
      : {}),
    outputs: bookings.outputs
      .filter(({ visibleUs }) => visibleUs <= untilUs)
      .map(({ window, startUs, endUs, computedUs, visibleUs, rows }) => ({
        window:
          window < 0 && startUs === endUs ? null : { startMs: startUs / 1000, endMs: endUs / 1000 },
        computedMs: computedUs / 1000,
        visibleMs: visibleUs / 1000,
        rows,
      })),
    ledger: {
      records: last.size,
      filtered,
      right,
      someOnly,
      moreThanOnce,
      late,
      lost,
      lostBefore,
      inFlight: { onTheWay, waiting },
      losses: countLosses(bookings.losses),
    },
    metrics: {
      latencyMs: latencyOf(bookings, simulation.records.eventTimeUs),
      recordsTouched: bookings.touched,
      stateHeld: { now: bookings.heldNow, max: bookings.heldMax },
    },
  };
}

/** Losses summed up by place and cause, in the order of their first. */
export function countLosses(losses: readonly Loss[]): LossCount[] {
  const counts = new Map<string, LossCount>();
  for (const { part, cause } of losses) {
    const key = `${part} ${cause}`;
    counts.set(key, { part, cause, records: (counts.get(key)?.records ?? 0) + 1 });
  }
  return [...counts.values()];
}

function writtenBy(arrivalUs: Float64Array, untilUs: number): number {
  let written = 0;
  for (const timeUs of arrivalUs) if (timeUs <= untilUs) written += 1;
  return written;
}
