import type { TraceBlock } from '../../workers/trace/format.ts';
import type { Refusal } from '../../workers/kernel/engine.ts';
import type { LanePicture, NodePicture, Picture } from '../../workers/protocol.ts';
import type { ResultRow } from '../../workers/results/laneResults.ts';
import type { Ledger } from '../../workers/results/ledger.ts';

export type EngineName = 'spark' | 'storm' | 'flink';

type AsPictured = Pick<
  Picture,
  'reachedUs' | 'traceHash' | 'header' | 'texts' | 'shared' | 'fileReports'
>;

/** A simulation as the page reads it, as far as it is computed. Plain data, never changed. */
export interface Run extends AsPictured {
  readonly durationUs: number;
  /** The wall clock's reading at time 0, in epoch milliseconds. */
  readonly startEpochMs: number;
  readonly trace: TraceBlock;
  readonly records: RunRecords;
  readonly lanes: readonly LaneRun[];
  readonly nodes: readonly NodeFacts[];
}

/** What the page says of a node besides its records. */
export interface NodeFacts extends Omit<NodePicture, 'program'> {
  readonly program: ProgramText | null;
}

/** A program as its user would write it, with the places of the numbers that sliders move. */
export interface ProgramText {
  readonly language: string;
  readonly lines: readonly string[];
  readonly marks: readonly ProgramMark[];
}

export interface ProgramMark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** The field that the slider changes: `batchIntervalMs`. */
  readonly knob: string;
}

export interface RunRecords {
  readonly count: number;
  readonly arrivalUs: Float64Array;
  readonly eventTimeUs: Float64Array;
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
  /** False when the engine refused to start the job at all. */
  readonly isRunning: boolean;
  /** Null for a lane without windows. */
  readonly sizeUs: number | null;
  readonly slideUs: number | null;
  /** Spark's alone. */
  readonly batchUs: number | null;
  /** In the order in which they were computed. */
  readonly outputs: readonly Output[];
  readonly occurrences: OccurrenceColumns;
  readonly ledger: Ledger;
  /** What the engine said to the newest setting; the run then stays at the one before. */
  readonly refusals: readonly Refusal[];
  readonly metrics: LaneMetrics;
}

export type WindowEnds = '[)' | '(]';

export interface Output {
  /** −1 for a row of a lane without windows. */
  readonly window: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly rows: readonly ResultRow[];
  readonly computedUs: number;
  readonly visibleUs: number;
}

/** Which windows count which record, and from when until when: one row a tuple in the lane's state. */
export interface OccurrenceColumns {
  readonly records: ArrayLike<number>;
  readonly countedFirst: ArrayLike<number>;
  readonly countedLast: ArrayLike<number>;
  readonly atUs: ArrayLike<number>;
  readonly undoneUs: ArrayLike<number>;
}

/** Over the whole run. */
export type LaneMetrics = LanePicture['metrics'];
