/**
 * An agent at work as plain data: its channels, one thread per source and one per sink or sink group,
 * and what of it lies on disk and outlives the process.
 */
import type { HdfsClient } from '../../clients/hdfs/client.ts';
import type { Producer } from '../../clients/kafka/producer.ts';
import type { ProcessId } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import type { AvroEvent } from '../../wire/avro.ts';
import type { BatchedRecord } from '../../wire/kafka.ts';
import type { Delivery } from './channelProcessor.ts';
import type { Channel } from './channels/channel.ts';
import type { Transaction } from './channels/transaction.ts';
import type { FlumeConfig } from './config.ts';
import type {
  ConfiguredRunner,
  ConfiguredSink,
  ConfiguredSource,
} from './configuration/materialize.ts';
import type { FlumeEvent } from './event.ts';
import type { SinkProcessor } from './processors/sinkProcessor.ts';
import type { RunnerBackoff } from './runnerBackoff.ts';
import type { Buckets } from './sinks/hdfsBuckets.ts';
import type { SpoolingReader } from './sources/spoolingReader.ts';
import type { Position, TaildirReader } from './sources/taildir.ts';

/** What an agent schedules for itself. A thread's wake counts only while its `turn` is still the same. */
export type AgentEvent =
  | { readonly type: 'started' }
  | { readonly type: 'source'; readonly thread: number; readonly turn: number }
  | { readonly type: 'sink'; readonly thread: number; readonly turn: number }
  | { readonly type: 'no answer'; readonly thread: number }
  | { readonly type: 'keep-alive'; readonly thread: number }
  | { readonly type: 'position writer'; readonly thread: number }
  | { readonly type: 'checkpoint'; readonly channel: string }
  | { readonly type: 'kafka client'; readonly clientId: string }
  | {
      readonly type: 'close bucket';
      readonly thread: number;
      readonly sink: number;
      readonly lookupPath: string;
      readonly bucketPath: string;
      /** Of an idle timer: it counts only if nothing was flushed since. */
      readonly flushes: number | null;
    };

export interface AgentState {
  readonly config: FlumeConfig;
  readonly process: ProcessId;
  /** The process whose files the sources read, −1 for none. */
  readonly machine: ProcessId;
  readonly channels: AgentChannel[];
  readonly sources: SourceThread[];
  readonly sinks: SinkThread[];
  up: boolean;
  nextRequest: number;
  /** The newest log lines, at most 50. */
  log: string[];
}

/** A channel, and the numbers under which it is traced. */
export interface AgentChannel extends Channel {
  readonly partId: string;
  readonly part: number;
  readonly depthGauge: number;
  readonly slotsGauge: number;
}

export interface SourceThread {
  readonly index: number;
  readonly configured: ConfiguredSource;
  readonly partId: string;
  readonly part: number;
  /** Pipes to the channels, in put order. */
  readonly pipes: readonly number[];
  turn: number;
  /** Events that were read and are not yet in the channels. */
  events: readonly FlumeEvent[];
  delivery: Delivery | null;
  /** When an answer that has not come will be given up, and whether the timer for it runs. */
  answerByUs: number;
  answerTimer: boolean;
  /** The full channel that the thread waits for, and until when. */
  waitsFor: string | null;
  deadlineUs: number;
  backoff: RunnerBackoff;
  work: SourceWork;
}

export type SourceWork = TaildirWork | SpooldirWork | ExecWork | SeqWork | ServerWork;

/** What the thread does when it wakes. */
export type Step = 'poll' | 'read' | 'answer' | 'deliver';

export interface TaildirWork {
  readonly kind: 'TAILDIR';
  step: Step;
  reader: TaildirReader;
  /** On disk. */
  positionFile: readonly Position[];
  readonly inputPipe: number;
  readonly positionGauge: number;
  readonly persistedGauge: number;
  request: number;
  /** Index into the reader's existing inodes. */
  fileAt: number;
  batchCount: number;
  moreLines: boolean;
}

export interface SpooldirWork {
  readonly kind: 'spooldir';
  step: Step;
  readonly inputPipe: number;
  request: number;
  readonly reader: SpoolingReader;
  /** The open file was read to its end, and the directory is looked at before it is retired. */
  isRetiring: boolean;
  /** Lines of the batch that is being delivered. */
  linesRead: number;
  backoffMs: number;
}

export interface ExecWork {
  readonly kind: 'exec';
  step: Step;
  readonly inputPipe: number;
  request: number;
  /** The line that `tail` reads next, −1 before it runs. */
  position: number;
  /** Lines before this one are passed over: `tail` begins with the last ten. */
  skipTo: number;
  /** Lines that were read so far, in this life or an earlier one. */
  readTo: number;
  buffer: FlumeEvent[];
  /** `lastPushToChannel`. */
  pushedUs: number;
  /** Whether the batch that is being delivered comes from the read loop, not from the timer. */
  reading: boolean;
}

export interface SeqWork {
  readonly kind: 'seq';
  step: Step;
  sent: number;
}

/** A batch that came over the network: a netcat line, or an avro RPC to be answered. */
export interface Arrival {
  readonly from: ProcessId;
  readonly request: number;
  readonly record: RecordId;
  readonly events: readonly AvroEvent[];
}

export interface ServerWork {
  readonly kind: 'netcat' | 'avro';
  step: Step;
  /** The first is being worked on. */
  arrivals: Arrival[];
}

export interface SinkThread {
  readonly index: number;
  readonly configured: ConfiguredRunner;
  readonly processor: SinkProcessor;
  readonly sinks: Sink[];
  backoff: RunnerBackoff;
  turn: number;
  step: 'process' | 'taking' | 'accepting' | 'finishing';
  /** The sink that is called, −1 between calls. */
  called: number;
  transaction: Transaction | null;
  /** How many of the transaction's takes were handed to the sink's own client. */
  handedOn: number;
  /** The channel was empty, so this batch takes no more. */
  ranDry: boolean;
  /** Until when an empty channel, or an answer from downstream, is waited for. */
  deadlineUs: number;
  /** Whether the timer for an empty channel runs. */
  keepAliveTimer: boolean;
}

export interface Sink {
  readonly configured: ConfiguredSink;
  /** The place of its channel among the agent's. */
  readonly channel: number;
  readonly part: number;
  readonly partId: string;
  readonly fromChannel: number;
  readonly outlet: Outlet;
}

/** What a sink holds of the system that it writes to. */
export type Outlet =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'kafka';
      readonly clientId: string;
      producer: Producer;
      /** Of the present transaction: the tag of its records, and its first failure. */
      tag: number;
      failure: string | null;
      /** The present transaction's batches that have left for a broker; twice, if they were sent again. */
      sent: (readonly Pick<BatchedRecord, 'record'>[])[];
      /** The configured topic, and the pipes to its partitions; what a header sends elsewhere is not drawn. */
      readonly topic: string;
      readonly pipes: readonly number[];
    }
  | (Buckets & {
      readonly kind: 'hdfs';
      readonly nameNode: ProcessId;
      client: HdfsClient;
      /** Records of the present transaction that were flushed to the cluster. */
      sent: RecordId[];
      /** The IOException that the transaction has met, or null. */
      problem: string | null;
      /** When the calls of the present batch take too long, −1 before its end. */
      giveUpUs: number;
      /** Where the lines of files under a path are drawn. */
      readonly pipes: readonly { readonly path: string; readonly pipe: number }[];
    })
  | {
      readonly kind: 'avro';
      readonly peer: ProcessId;
      readonly pipe: number;
      /** Of the batch that is being answered, −1 for none. */
      request: number;
      answer: 'OK' | 'FAILED' | null;
      giveUpUs: number;
    };
