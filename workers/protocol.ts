import type { Knob, PartView, ProgramText, Refusal } from './kernel/engine.ts';
import type { FileReport } from './input/build.ts';
import type { UnreadableLine } from './input/logParser.ts';
import type { Latency } from './results/latency.ts';
import type { LaneOutput } from './results/laneBook.ts';
import type { Ledger } from './results/ledger.ts';
import type { LossCount } from './results/summary.ts';
import type { FileIdentity } from './scenario/fileInput.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { TraceBlock, TraceHeader } from './trace/format.ts';

/**
 * The worker as the page sees it. The page pulls: each call does a bounded piece of work and settles, so that a run is
 * cancelled by simply not asking for more, and a worker that does not answer is known to be stuck.
 */
export interface SimulationWorker {
  /** What the real systems would refuse of this scenario, in their own words. Runs nothing. */
  check(scenario: Scenario): Promise<readonly NodeRefusal[]>;
  /** Forgets the run before, starts this one and runs it as far as `budget` allows. */
  begin(run: number, scenario: Scenario, budget: Budget): Promise<Progress>;
  /** Goes on with the run. @throws when another run was begun since. */
  more(run: number, budget: Budget): Promise<Progress>;
  /** The picture of the run as far as it got: its trace since the last picture, and its results. */
  picture(run: number): Promise<Picture>;
  viewAt(run: number, timeUs: number, part: string): Promise<PartView | null>;
  /** The text of a record. */
  lineOf(run: number, record: number): Promise<string>;
  /**
   * Reads a person's log for the input `input`, piece by piece; `fileProgress` tells how far it is. One without a line, or
   * another than is `meant`, is not taken: what was opened before stays.
   */
  openFile(input: string, file: LocalFile, meant: FileIdentity | null): Promise<OpenedFile>;
  fileProgress(): Promise<number>;
  cancelFile(): Promise<void>;
}

/** A file that a person picked: the browser's `File`, of which the simulator knows this much. */
export interface LocalFile {
  readonly name: string;
  readonly size: number;
}

export interface Budget {
  readonly untilUs: number;
  readonly eventsMax: number;
}

export interface NodeRefusal extends Refusal {
  readonly node: string;
}

export interface Progress {
  /** Of the whole input. */
  readonly records: number;
  readonly reachedUs: number;
  readonly isFinished: boolean;
}

export interface Picture {
  readonly reachedUs: number;
  readonly isFinished: boolean;
  readonly header: TraceHeader;
  readonly blocks: readonly TraceBlock[];
  readonly texts: readonly string[];
  readonly traceHash: string;
  readonly records: PictureRecords;
  readonly lanes: readonly LanePicture[];
  readonly nodes: readonly NodePicture[];
  readonly shared: { readonly lost: readonly LossCount[] };
  readonly fileReports: readonly FileReport[];
}

export interface PictureRecords {
  readonly count: number;
  readonly arrivalUs: Float64Array;
  readonly eventTimeUs: Float64Array;
  /** The number of the key of the record's first tuple in the first lane's program; −1 when it is filtered. */
  readonly keyOf: Int32Array;
  readonly keys: readonly string[];
}

export interface LanePicture {
  readonly id: string;
  readonly type: string;
  readonly windowIntervalMs: number | null;
  readonly slideIntervalMs: number | null;
  readonly refusals: readonly Refusal[];
  readonly outputs: readonly LaneOutput[];
  readonly ledger: Ledger;
  readonly occurrences: OccurrenceColumns;
  readonly metrics: {
    readonly latencyMs: Latency;
    readonly recordsTouched: number;
    readonly stateHeld: { readonly now: number; readonly max: number };
  };
}

/** Which windows count which record: one row an occurrence in the lane's state. */
export interface OccurrenceColumns {
  readonly records: Int32Array;
  readonly countedFirst: Int32Array;
  readonly countedLast: Int32Array;
  /** When it entered the state, and when the state forgot it again (Infinity: never). */
  readonly atUs: Float64Array;
  readonly undoneUs: Float64Array;
}

export interface NodePicture {
  readonly id: string;
  readonly type: string;
  readonly version: string;
  readonly omissions: readonly string[];
  readonly knobs: readonly Knob[];
  readonly program: ProgramText | null;
}

/** What reading a person's file found. */
export interface OpenedFile {
  readonly name: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly lines: number;
  readonly unreadableCount: number;
  readonly firstUnreadable: readonly UnreadableLine[];
  /** Why there is no line, as the rest of a sentence that begins with the file's name; null when there are lines. */
  readonly notALog: string | null;
  /** Whether runs read it from here on. */
  readonly isTaken: boolean;
}
