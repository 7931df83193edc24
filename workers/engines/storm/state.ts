/** Everything of a Storm lane that changes, as plain data: workers, and the tasks that live in them. */
import type { Consumer } from '../../clients/kafka/consumer.ts';
import type { FetchedRecords } from '../../wire/kafka.ts';
import type { AppendColumns } from '../../kernel/appendColumns.ts';
import type { Environment, ProcessId } from '../../kernel/environment.ts';
import type { RandomStream } from '../../kernel/random.ts';
import type { RecordId } from '../../trace/format.ts';
import type { Acker } from './acking/acker.ts';
import type { SpoutPending } from './acking/spoutPending.ts';
import type { StormConfig } from './config.ts';
import type { FieldsGrouper, ShuffleGrouper } from './groupings/grouper.ts';
import type { SpoutPartition } from './kafkaSpout/spoutPartition.ts';
import type { ReceiveQueue } from './receiveQueue.ts';
import type { PlacedTask } from './topology/placement.ts';
import type { WindowGrid } from './windowing/windowGrid.ts';
import type { WindowedBolt } from './windowing/windowedBolt.ts';
import type { WindowHappening } from './windowing/windowManager.ts';

/**
 * Every tuple that the parsing bolt emitted, a row each; messages, queues and windows name a tuple by its row. Columns: its
 * record; which of the record's tuples it is (key and value are in the lane's table, tuples.ts) and of how many; the number
 * of its tree; its edge in it. And, once it is in the windowed bolt: the windows in which the rule expects it, its entry
 * in the ledger, and the first window that this counts it in.
 */
export type TupleLog = AppendColumns<
  Record<
    | 'record'
    | 'ordinal'
    | 'tuples'
    | 'tree'
    | 'expectedFirst'
    | 'expectedLast'
    | 'occurrence'
    | 'countedFirst',
    Int32Array
  > & { edge: Float64Array }
>;

/** A row of the TupleLog. */
export type TupleNumber = number;

/** An entry in the ledger, and the first window that it counts its tuple in. */
export interface Booking {
  readonly occurrence: number;
  readonly countedFirst: number;
}

/**
 * What grows from each emission of a spout. Storm names a tree by its root id; here messages and ledgers name it by
 * its row, because a random number of 53 bits is a slow key. A spout emits one tuple, which goes by the number of its
 * tree; `edge` is its edge. Where nothing is acked there are no ids. Partition and offset are the spout's message id,
 * which stands for the record.
 */
export type TreeLog = AppendColumns<
  Record<'partition' | 'offset' | 'record', Int32Array> & Record<'root' | 'edge', Float64Array>
>;

export interface SpoutTask {
  readonly kind: 'spout';
  readonly task: number;
  readonly consumer: Consumer;
  readonly grouper: ShuffleGrouper;
  /** Polled and not emitted yet: the partitions one after the other. */
  waiting: readonly FetchedRecords[];
  waitingPartition: number;
  waitingRecord: number;
  /** In the order in which something of them was first polled. */
  readonly partitions: SpoutPartition[];
  /** Numbers of the trace's gauges by partition; −1 for one that another task reads. */
  readonly positionGauges: readonly number[];
  readonly committedGauges: readonly number[];
  /** Open trees by number; two buckets, turned by the message timeout's ticks. */
  readonly pending: SpoutPending;
  commitStartUs: number;
  /** At most once: nothing is emitted before the commit is answered. */
  awaitsCommit: boolean;
  /** Whether a call of nextTuple is in the queue, and when the thread is free for it. */
  isScheduled: boolean;
  freeAtUs: number;
  /** The event that calls nextTuple. One for all: a scheduled event never changes. */
  readonly turn: StormEvent;
}

/** What every bolt's executor has. */
export interface BoltExecutor {
  readonly queue: ReceiveQueue;
  freeAtUs: number;
  /** The event that executes its next tuple. One for all: a scheduled event never changes. */
  readonly turn: StormEvent;
}

export interface ParseTask {
  readonly kind: 'parse';
  readonly task: number;
  readonly executor: BoltExecutor;
  readonly grouper: FieldsGrouper;
}

export interface CountTask {
  readonly kind: 'count';
  readonly task: number;
  readonly executor: BoltExecutor;
  /** Null in a program without windows. */
  readonly windows: Windows | null;
  /** Running totals by key id, of a program without windows. */
  readonly totals: Map<number, number>;
}

export interface Windows {
  readonly grid: WindowGrid;
  /** The first that a watermark can still fire; one that has fired does not wait for a tuple that is on time. */
  nextWindow: number;
  readonly bolt: WindowedBolt<TupleNumber>;
  /** Later bookings of tuples that a window passed over. */
  readonly rebooked: Map<TupleNumber, Booking>;
  /** What the bolt has just done, for the lane to act on; empty between two events. */
  readonly happenings: WindowHappening<TupleNumber>[];
}

export interface AckerTask {
  readonly kind: 'acker';
  readonly task: number;
  readonly acker: Acker;
}

export type Task = SpoutTask | ParseTask | CountTask | AckerTask;

export interface Worker {
  readonly process: ProcessId;
  /** Whether its tasks are prepared; what is sent to one that is not is dropped. */
  isUp: boolean;
  /** Grows at each start, and is part of its clients' ids. */
  life: number;
}

/** Where a record is that nobody would send again. */
export interface Whereabouts {
  task: number;
  readonly partition: number;
  readonly offset: number;
}

export interface StormState {
  readonly config: StormConfig;
  /** `processingGuarantee`: only then the spout remembers offsets, and tuples may have trees. */
  readonly isAtLeastOnce: boolean;
  /** Whether tuples have trees: some acker must be there to hear of them. */
  readonly areTreesAcked: boolean;
  readonly placed: readonly PlacedTask[];
  /** Index of the worker and number of the process, by task id. */
  readonly workerOf: readonly number[];
  readonly processOf: readonly ProcessId[];
  readonly ackerTasks: readonly number[];
  readonly spoutTasks: readonly number[];
  readonly trees: TreeLog;
  readonly tuples: TupleLog;
  /** For root and edge ids and for groupings. */
  readonly random: RandomStream;
  readonly workers: Worker[];
  /** By task id; null for 0, and while the task's worker is down. */
  readonly tasks: (Task | null)[];
  /** Numbers of the trace: parts by task id, pipes by task ids, open-tree gauges by task id. */
  readonly parts: readonly number[];
  readonly pipes: readonly (readonly number[])[];
  readonly openGauges: readonly number[];
  readonly resultsPart: number;
  readonly stateGauge: number;
  readonly watermarkGauge: number;
  /** Records without a tree, by record id: with them goes what nobody can replay. */
  readonly untracked: Map<RecordId, Whereabouts>;
  /** Number of the newest window that fired, for the numbering after a restart. */
  firedWindow: number;
  readonly log: string[];
}

export type StormEvent =
  | { readonly type: 'worker started'; readonly worker: number }
  | { readonly type: 'client wakes'; readonly clientId: string }
  | { readonly type: 'next tuple'; readonly task: number }
  | { readonly type: 'commit timer'; readonly task: number }
  | { readonly type: 'retry'; readonly task: number }
  /** `tuple` is a tree's number if a spout emitted it. */
  | { readonly type: 'arrive'; readonly task: number; readonly tuple: TupleNumber }
  | { readonly type: 'execute'; readonly task: number }
  | {
      readonly type: 'to acker';
      readonly task: number;
      readonly tree: number;
      readonly value: number;
      /** Of an `__ack_init`; −1 for an `__ack_ack`. */
      readonly spoutTask: number;
    }
  | { readonly type: 'to spout'; readonly task: number; readonly tree: number }
  | { readonly type: 'tick'; readonly task: number }
  | { readonly type: 'watermark timer'; readonly task: number }
  | { readonly type: 'window timer'; readonly task: number };

export type StormEnvironment = Environment<StormEvent>;

/** Whole milliseconds of the wall clock. */
export function nowMs(env: StormEnvironment): number {
  return env.startEpochMs + Math.floor(env.nowUs / 1000);
}

/** The run's microseconds of a wall-clock time. */
export function runUs(epochMs: number, env: StormEnvironment): number {
  return (epochMs - env.startEpochMs) * 1000;
}

const logLines = 50;

/** A line of the workers' logs, as Storm words it. */
export function log(state: StormState, line: string): void {
  state.log.push(line);
  if (state.log.length > logLines) state.log.splice(0, state.log.length - logLines);
}
