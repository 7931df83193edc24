import type { TraceBlock, TraceHeader } from '../../workers/trace/format.ts';
import type { ResultRow } from '../../workers/results/laneResults.ts';

export type EngineName = 'spark' | 'storm' | 'flink';

/** A finished simulation as the page reads it. Plain data, never changed. */
export interface Run {
  readonly durationUs: number;
  readonly traceHash: string;
  readonly header: TraceHeader;
  readonly trace: TraceBlock;
  /** The texts that marks, findings and drops refer to. */
  readonly texts: readonly string[];
  readonly records: RunRecords;
  readonly lanes: readonly LaneRun[];
}

export interface RunRecords {
  readonly count: number;
  readonly arrivalUs: Float64Array;
  readonly eventTimeUs: Float64Array;
  readonly lines: readonly string[];
  /** What a record is drawn as: a number into `classNames`; −1 for one that the program filters. */
  readonly classOf: Int8Array;
  readonly classNames: readonly string[];
}

/** What follows the branch point: one engine and what it made of the records. */
export interface LaneRun {
  readonly id: string;
  readonly node: string;
  readonly engine: EngineName;
  /** Which ends its windows include. */
  readonly ends: WindowEnds;
  readonly sizeUs: number | null;
  readonly slideUs: number | null;
  /** In order of the time at which they become visible. */
  readonly outputs: readonly Output[];
  /** Set when the engine would not start such a job at all. */
  readonly refusal: string | null;
  readonly ledger: LaneLedger;
}

export type WindowEnds = '[)' | '(]';

export interface Output {
  readonly window: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly firedUs: number;
  readonly visibleUs: number;
  readonly rows: readonly ResultRow[];
}

/** Every record is exactly one of these at every instant. */
export const FATES = [
  'right',
  'some',
  'more',
  'waiting',
  'in flight',
  'late',
  'lost',
  'filtered',
] as const;

export type Fate = (typeof FATES)[number];

/** The questions a lane's ledger answers. */
export interface LaneLedger {
  /** How many of the records written by `timeUs` have each fate, in the order of `FATES`. */
  countsAt(timeUs: number): readonly number[];
  /** Null for a record that is not written yet. */
  fateOf(record: number, timeUs: number): Fate | null;
  /** The records whose tuples window `window` counts, or will. */
  recordsOf(window: number): readonly number[];
  /** The windows that count the record. */
  windowsOf(record: number): readonly number[];
}
