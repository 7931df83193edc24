/** Everything of a Flink job that changes, as plain data: the job manager, and the tasks on its task managers. */
import type { Consumer } from '../../clients/kafka/consumer.ts';
import type { FetchedRecords } from '../../wire/kafka.ts';
import type { AppendColumns } from '../../kernel/appendColumns.ts';
import type { AppendLog } from '../../kernel/appendLog.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { BarrierAligner } from './checkpoints/barrierAligner.ts';
import type { BarrierTracker } from './checkpoints/barrierTracker.ts';
import type { CheckpointCoordinator } from './checkpoints/checkpointCoordinator.ts';
import type { Transaction, TwoPhaseCommit } from './checkpoints/twoPhaseCommit.ts';
import type { FlinkConfig } from './config.ts';
import type { ExponentialDelay } from './exponentialDelay.ts';
import type { ResultTable } from './resultTable.ts';
import type { SplitWatermarks } from './watermarks/splitWatermarks.ts';
import type { BoundedOutOfOrderness, IdlenessTimer } from './watermarks/watermarkGenerator.ts';
import type { WatermarkEmitter } from './watermarks/watermarkEmitter.ts';
import type { WatermarkValve } from './watermarks/watermarkValve.ts';
import type { SlidingConfig } from './windowing.ts';
import type { WindowOperator } from './windows/windowOperator.ts';
import type { WindowSnapshot } from './windows/windowSnapshot.ts';

/** What goes onto a channel: a tuple, as its row in the tuple table, or what tells of the stream itself. */
export type StreamElement = number | Watermark | StreamStatus | Barrier;

export interface Watermark {
  readonly kind: 'watermark';
  readonly timestampMs: number;
}

export interface StreamStatus {
  readonly kind: 'IDLE' | 'ACTIVE';
}

export interface Barrier {
  readonly kind: 'barrier';
  readonly checkpointId: number;
}

/** What travels on a channel. Barriers are events of their own and push out what precedes them. */
export type ChannelItem =
  { readonly kind: 'buffer'; readonly elements: readonly StreamElement[] } | Barrier;

/** A sender's side of a channel (`ResultSubpartition`). */
export interface OutputChannel {
  /** Not sent yet. */
  elements: StreamElement[];
  bytes: number;
  /** Barriers among the elements. */
  barriers: number;
  /** After an aligned barrier nothing is sent until the receiver resumes. */
  blocked: boolean;
  /** Buffers sent and not arrived. */
  inFlight: number;
}

/** A topic partition that a source reader reads. */
export interface Split {
  /** Its name in the reader's watermarks. */
  readonly id: string;
  readonly partition: number;
  /** The next offset to emit; null before the first record, while `startingOffsets` decides. */
  nextOffset: number | null;
  readonly generator: BoundedOutOfOrderness;
  readonly idleness: IdlenessTimer;
}

export interface SourceTask {
  readonly clientId: string;
  readonly consumer: Consumer;
  readonly startedUs: number;
  readonly splits: Split[];
  readonly watermarks: SplitWatermarks;
  /** For a reader without splits. */
  readonly idleness: IdlenessTimer;
  readonly emitter: WatermarkEmitter;
  /** Polled, and being worked on. */
  batch: readonly FetchedRecords[] | null;
  /** Checkpoints to trigger once the task has its hands free. */
  readonly mails: number[];
  readonly outputs: OutputChannel[];
  flushScheduled: boolean;
}

export interface WindowTask {
  /** Items that arrived and wait, per channel. */
  readonly gate: ChannelItem[][];
  /** Channels that have data, served in turn. */
  readonly turns: number[];
  /** Whether the task is at work on the first item of `working`. */
  working: { readonly channel: number; readonly elements: readonly StreamElement[] } | null;
  readonly valve: WatermarkValve;
  /** The unaligned checkpoint that still gathers channel state. */
  capture: ChannelCapture | null;
  readonly aligner: BarrierAligner | null;
  readonly tracker: BarrierTracker | null;
  readonly operator: WindowOperator;
  /** Totals per key of a program without windows. */
  readonly totals: Map<string, number>;
  readonly sink: TwoPhaseCommit<SinkOutput>;
  /** When the clock next has to fire timers of processing time; null for never. */
  clockMs: number | null;
}

/** An output of the lane in a transaction, by its number in the ledger; window −1 for a row. */
export interface SinkOutput {
  readonly output: number;
  readonly window: number;
}

/** What a source task puts into a checkpoint. */
export interface SourceSnapshot {
  readonly offsets: readonly { readonly partition: number; readonly offset: number | null }[];
  /** What an unaligned barrier overtook in each output channel. */
  readonly inFlight: readonly (readonly StreamElement[])[];
}

/** A snapshot whose channel state grows until the last barrier is in. */
export interface ChannelCapture {
  readonly checkpointId: number;
  readonly snapshot: WindowTaskSnapshot;
  readonly inFlight: StreamElement[][];
}

/** What a window task puts into a checkpoint. */
export interface WindowTaskSnapshot {
  readonly windows: WindowSnapshot;
  readonly totals: ReadonlyMap<string, number>;
  readonly transactions: readonly Transaction<SinkOutput>[];
  /** How many tuples the subtask had counted. */
  readonly counted: number;
  /** What was in each input channel, and had not been counted, ahead of an unaligned barrier. */
  readonly inFlight: readonly (readonly StreamElement[])[];
}

/** What is remembered of a completed checkpoint for ever. */
export interface CheckpointSummary {
  readonly id: number;
  readonly triggeredMs: number;
  readonly completedMs: number;
  readonly offsets: SourceSnapshot['offsets'];
  readonly stateEntries: number;
}

/** The state that a restart brings back, by subtask. */
export interface StoredCheckpoint {
  readonly id: number;
  readonly triggeredMs: number;
  readonly sources: readonly SourceSnapshot[];
  readonly windows: readonly WindowTaskSnapshot[];
}

export type TaskSnapshot =
  | { readonly task: 'source'; readonly snapshot: SourceSnapshot }
  | { readonly task: 'window'; readonly snapshot: WindowTaskSnapshot };

/** Snapshots of a pending checkpoint, by subtask, as they are acknowledged. */
export interface PendingSnapshots {
  /** The checkpoint's number in the trace, which also counts those of job managers before this one. */
  readonly span: number;
  readonly sources: (SourceSnapshot | null)[];
  readonly windows: (WindowTaskSnapshot | null)[];
}

export type JobStatus = 'CREATED' | 'RUNNING' | 'RESTARTING' | 'FAILING' | 'FAILED';

/** The job as the job manager keeps it. */
export interface JobManager {
  /** False from its death until it has started again. */
  isUp: boolean;
  status: JobStatus;
  /** Grows with every deployment; what an earlier one still had under way is void. */
  attempt: number;
  /** Whether the backoff is over and only task managers are missing. */
  waitsForSlots: boolean;
  readonly registered: boolean[];
  readonly restarts: ExponentialDelay;
  readonly coordinator: CheckpointCoordinator;
  readonly snapshots: Map<number, PendingSnapshots>;
  completed: AppendLog<CheckpointSummary>;
  /**
   * The one that `execution.checkpointing.num-retained` = 1 keeps, or none. It never changes, so it lies in a log, which a
   * keyframe shares instead of copying; the next one comes with a log of its own.
   */
  stored: AppendLog<StoredCheckpoint>;
  readonly log: string[];
}

/** Tuples that were counted: the occurrence of each in the ledger, and its row in the tuple table. */
export type CountedTuples = AppendColumns<Record<'occurrence' | 'row', Int32Array>>;

export interface TraceNumbers {
  readonly sources: readonly number[];
  readonly windows: readonly number[];
  readonly checkpoints: number;
  readonly results: number;
  /** Pipes by source subtask and window subtask. */
  readonly shuffle: readonly (readonly number[])[];
  readonly checkpointSeries: number;
  readonly watermarkGauge: number;
  readonly lagGauges: readonly number[];
  /** By partition. */
  readonly positionGauges: readonly number[];
  readonly stateGauges: readonly number[];
}

export interface FlinkState {
  readonly config: FlinkConfig;
  /** The program's windows; null for a program without. */
  readonly window: SlidingConfig | null;
  readonly parallelism: number;
  readonly maxParallelism: number;
  readonly partitions: number;
  /** Where `keyBy` sends a key, by its number in the tuple table. */
  readonly subtaskOfKey: Int32Array;
  readonly jobManagerProcess: ProcessId;
  readonly taskManagers: readonly ProcessId[];
  /** Which of them run, whether or not a job manager knows it. */
  readonly taskManagersUp: boolean[];
  readonly numbers: TraceNumbers;
  readonly jobManager: JobManager;
  /** By subtask; null while the task does not run. */
  readonly sources: (SourceTask | null)[];
  readonly windows: (WindowTask | null)[];
  readonly resultTable: ResultTable;
  /** What each window subtask counted, over all attempts. */
  readonly counted: CountedTuples[];
  /** By row of the tuple table: the occurrence that is in the state, −1 for none. */
  readonly occurrenceOf: Int32Array;
  /** By row: the first window that counts it. */
  readonly countedFrom: Int32Array;
  /** Occurrences booked before the last restore; 0 before the first. */
  restoredOccurrences: number;
  /** By subtask: the last checkpoint whose transaction the sink committed. It outlives the tasks. */
  readonly committed: number[];
  /** Checkpoints triggered so far, over all job managers. */
  checkpointSpans: number;
  /** What the gauges say now. */
  readonly reportedEntries: number[];
  reportedWatermarkMs: number;
}

/** What an earlier attempt of the job left behind finds nobody; some events belong to no attempt. */
export type FlinkEvent = AttemptEvent | (LastingEvent & { readonly attempt?: undefined });

type AttemptEvent =
  | { readonly type: 'batch done'; readonly subtask: number; readonly attempt: number }
  | { readonly type: 'watermark tick'; readonly subtask: number; readonly attempt: number }
  | { readonly type: 'flush'; readonly subtask: number; readonly attempt: number }
  | {
      readonly type: 'item';
      readonly subtask: number;
      readonly attempt: number;
      readonly channel: number;
      readonly item: ChannelItem;
    }
  | {
      readonly type: 'resume consumption';
      readonly subtask: number;
      readonly attempt: number;
      readonly output: number;
    }
  | { readonly type: 'buffer done'; readonly subtask: number; readonly attempt: number }
  | { readonly type: 'clock'; readonly subtask: number; readonly attempt: number }
  | {
      readonly type: 'trigger checkpoint' | 'checkpoint complete';
      readonly subtask: number;
      readonly attempt: number;
      readonly checkpointId: number;
    }
  | {
      readonly type: 'acknowledge checkpoint';
      readonly subtask: number;
      readonly attempt: number;
      readonly checkpointId: number;
      readonly snapshot: TaskSnapshot;
    }
  | { readonly type: 'deploy'; readonly subtask: number; readonly attempt: number }
  | { readonly type: 'periodic trigger'; readonly atMs: number; readonly attempt: number }
  | { readonly type: 'backoff over'; readonly attempt: number };

type LastingEvent =
  | { readonly type: 'client wakes'; readonly clientId: string }
  | { readonly type: 'checkpoint expires'; readonly checkpointId: number }
  | { readonly type: 'task manager started'; readonly taskManager: number }
  | { readonly type: 'task manager registered'; readonly taskManager: number }
  | { readonly type: 'task manager lost'; readonly taskManager: number }
  | { readonly type: 'job manager started' };

export type FlinkEnvironment = Environment<FlinkEvent>;

/** The wall clock in epoch milliseconds, which windows of processing time and log lines show. */
export function wallClockMs(env: FlinkEnvironment): number {
  return env.startEpochMs + Math.floor(env.nowUs / 1000);
}

/** The event timestamp of a record in epoch milliseconds. */
export function eventTimestampMs(record: RecordId, env: FlinkEnvironment): number {
  return env.startEpochMs + (env.records.eventTimeMs[record] as number);
}

/** Hands an event to another process of the job, over the network. */
export function post(env: FlinkEnvironment, process: ProcessId, event: FlinkEvent): void {
  env.after(process, env.costs.linkLatencyUs, event);
}

const LOG_LINES = 50;

/** A line of the job manager's log. */
export function log(state: FlinkState, env: FlinkEnvironment, line: string): void {
  const { log: lines } = state.jobManager;
  lines.push(line);
  if (lines.length > LOG_LINES) lines.shift();
  env.trace.mark(state.numbers.checkpoints, line);
}
