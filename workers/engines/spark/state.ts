/** Everything of a Spark lane that changes, as plain data: a driver, an executor, and what survives both. */
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { Consumer } from '../../clients/kafka/consumer.ts';
import type { TopicPartition } from '../../wire/kafka.ts';
import type { RecordRange } from '../../wire/recordLog.ts';
import type { SparkConfig } from './config.ts';
import type { OffsetRange } from './inputs/directKafka.ts';
import type { Job, JobScheduler, JobSet } from './scheduling/jobScheduler.ts';
import type { PidRateEstimator } from './inputs/pidRateEstimator.ts';
import type { TraceNumbers } from './traceNumbers.ts';

/** A line of the driver's log, which nobody may ever read: it becomes text when somebody does. */
export interface LogLine {
  readonly format: string;
  readonly values: readonly number[];
}

/** The reduced pairs of a batch or of a window: number of the key → value. */
export type KeyTotals = ReadonlyMap<number, number>;

/** The RDDs of one batch time: what it will read, and the reduced pairs once that was done. */
export interface Batch {
  readonly batchMs: number;
  /** Its number in the trace's series. */
  readonly span: number;
  readonly ranges: readonly OffsetRange[];
  readonly records: number;
  /** Tasks still to end; 0 when nobody computes it. */
  tasksLeft: number;
  /** The input's records it was found to hold, by partition. */
  recordIds: (readonly RecordId[])[];
  /** Cached in the executor; null before it is computed, and after the executor died. */
  totals: KeyTotals | null;
  /** Whether its records stand in the ledger already: reading it again changes nothing there. */
  isBooked: boolean;
  /** Whether a job that needed it has completed. */
  isDone: boolean;
}

/**
 * A job on its way: in the driver's hands, then (perhaps after waiting for an executor) as tasks that
 * read batches, then as tasks that merge them.
 */
export interface RunningJob {
  readonly job: Job;
  phase: 'submitting' | 'waiting' | 'reading' | 'merging';
  /** Of merging. */
  tasksLeft: number;
  /** Pairs that they merge, all together. */
  partials: number;
}

/** A task in the queue or on a core. `partition` is Kafka's for a reading task, the shuffle's for a merging one. */
export interface Task {
  readonly attempt: number;
  readonly kind: 'read' | 'merge';
  readonly batchMs: number;
  readonly partition: number;
}

/** A consumer of the executor, kept from task to task (KafkaDataConsumer). */
export interface RangeReader {
  readonly consumer: Consumer;
  readonly partition: number;
  /** Whether the executor keeps it for the partition's next task. */
  readonly isCached: boolean;
  /** The attempt that reads with it now, −1 for none. */
  user: number;
  nextOffset: number;
  untilOffset: number;
  /** Polled and not used yet: a fetch brings more than the range. */
  buffer: RecordRange[];
  taken: RecordId[];
}

/** What the driver writes to the checkpoint directory after each batch it generated or completed. */
export interface Checkpoint {
  readonly zeroTimeMs: number;
  readonly checkpointTimeMs: number;
  readonly pendingTimesMs: readonly number[];
  readonly currentOffsets: readonly number[];
  readonly ranges: ReadonlyMap<number, readonly OffsetRange[]>;
}

export interface Driver {
  /** A restarted driver is busy starting until its timer ticks. */
  isUp: boolean;
  consumer: Consumer | null;
  zeroTimeMs: number;
  /** Next offset of each partition; empty until the driver has found out where to begin. */
  currentOffsets: readonly number[];
  /** Batch times whose jobs are to be generated, in order; the first is under way. */
  pendingTicks: number[];
  scheduler: JobScheduler;
  running: Map<number, RunningJob>;
  /** The driver submits the stages of one job at a time. */
  freeAtUs: number;
  pid: PidRateEstimator;
  /** Records a second, by backpressure; null before the first estimate. */
  estimatedRate: number | null;
}

export interface Executor {
  /** Whether its process runs. */
  isStarted: boolean;
  /** Whether it takes tasks: it runs and has a driver. */
  isUp: boolean;
  readonly cores: number;
  /** Tasks waiting for a core; those before `queueHead` were taken. */
  queue: Task[];
  queueHead: number;
  running: Map<number, Task>;
  readers: Map<string, RangeReader>;
}

export interface SparkState {
  readonly config: SparkConfig;
  readonly driverProcess: ProcessId;
  readonly executorProcess: ProcessId;
  readonly traced: TraceNumbers;
  /** Those of the source topic, in order. */
  readonly partitions: readonly TopicPartition[];
  readonly driver: Driver;
  readonly executor: Executor;
  /** By batch time, oldest first; forgotten when no window can need them any more. */
  readonly batches: Map<number, Batch>;
  /** Tuples that an inverse window counts for ever by mistake; see `ledger.ts`. */
  strays: { readonly record: RecordId; readonly ordinal: number; readonly tuples: number }[];
  /** Results by batch time, from which an inverse window goes on. */
  readonly windows: Map<number, KeyTotals>;
  /** The first result that could not be computed: those after it are computed from it, and fail as well. */
  windowFailure: { readonly timeMs: number; readonly message: string } | null;
  /** In the checkpoint directory, so it outlives the driver. */
  checkpoint: Checkpoint | null;
  /** 1 for each record of the input that stands in the ledger: a second copy of it is a duplicate. */
  readonly booked: Uint8Array;
  /** Up to which offsets records stood in the ledger when a driver was lost; empty if nothing was. */
  bookedOffsets: number[];
  /** Readers of what a new driver skipped; see `skipped.ts`. */
  readonly ledgerReaders: Map<string, RangeReader>;
  /** Windows of a driver that began anew are numbered on from here. */
  firstWindow: number;
  nextWindow: number;
  nextSpan: number;
  nextAttempt: number;
  /** Lives of driver and executor, part of their clients' ids: an answer to an earlier one finds nobody. */
  life: number;
  /** Records that a limit left in Kafka when the newest batch was taken. */
  recordsLeftBehind: number;
  /** The newest completed batches, for the inspector. */
  completed: JobSet[];
  log: LogLine[];
}

export type SparkEvent =
  | { readonly type: 'driver started' }
  | { readonly type: 'executor registered' }
  | { readonly type: 'tick'; readonly batchMs: number }
  | { readonly type: 'stages submitted'; readonly batchMs: number }
  | { readonly type: 'task launched'; readonly attempt: number }
  | { readonly type: 'task finished'; readonly attempt: number }
  | { readonly type: 'client wakes'; readonly clientId: string };

export type SparkEnvironment = Environment<SparkEvent>;

/** Milliseconds of the wall clock now. */
export function nowMs(env: SparkEnvironment): number {
  return env.startEpochMs + env.nowUs / 1000;
}

/** The run's microseconds of a wall-clock time. */
export function runUs(epochMs: number, env: SparkEnvironment): number {
  return (epochMs - env.startEpochMs) * 1000;
}

const LOG_LINES = 50;

/**
 * A line of the driver's log.
 *
 * @param format with %d or %.3f for each of the values
 */
export function log(state: SparkState, format: string, ...values: number[]): void {
  state.log.push({ format, values });
  if (state.log.length > LOG_LINES) state.log.shift();
}

/** The line as the log shows it. */
export function textOf({ format, values }: LogLine): string {
  let next = 0;
  return format.replace(/%d|%\.3f/g, (place) => {
    const value = values[next++];
    if (value === undefined) return place;
    return place === '%d' ? String(value) : value.toFixed(3);
  });
}
