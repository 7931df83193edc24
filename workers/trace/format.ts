/**
 * What a run leaves behind: one entry a happening, in columns, in the order in which it happened.
 *
 * The stage, the axis and the charts read the trace and nothing else. Times are whole microseconds since the
 * scenario's start. A record's membership in windows is never an entry (at window 300 s and slide 1 s a record has 300
 * windows); it follows from spans and the engine's rule.
 */

export type RecordId = number;

/** Entry kinds. `subject`, `record` and `value` mean different things for each; the comments are the format. */
export const entryKinds = {
  /** A record comes into being in a part. subject: part. value: 0. */
  write: 0,
  /** A record goes onto a pipe. subject: pipe. value: when it reaches the other end, in µs. */
  send: 1,
  /** A record leaves a part for good without going on. subject: part. value: 0. */
  leave: 2,
  /** A record is lost. subject: part. value: text id of the cause. A record still on a pipe to that part is lost on it. */
  drop: 3,
  /** A quantity takes a value. subject: gauge. record: −1. */
  gauge: 4,
  /** A stretch of time opens. subject: series. record: the span's number in its series. value: its nominal start in µs. */
  begin: 5,
  /** It closes. subject: series. record: the span's number. value: a number of the series' own (records, bytes …). */
  end: 6,
  /** Something worth a line in the log. subject: part. record: −1 or the record. value: text id. */
  mark: 7,
  /** Something about the learner's pipeline: late, duplicate, out of order. subject: part. value: text id of the finding. */
  finding: 8,
  /** A result of a lane becomes visible. subject: lane's result part. record: index into the lane's outputs. value: window number, or −1. */
  result: 9,
} as const;

export type EntryKind = keyof typeof entryKinds;

/** A piece of a trace, as the worker hands it over: equally long columns. */
export interface TraceBlock {
  readonly length: number;
  readonly kinds: Uint8Array;
  readonly subjects: Uint16Array;
  readonly records: Int32Array;
  readonly timesUs: Float64Array;
  readonly values: Float64Array;
}

/** How records stay in a part: until they go on, in order of arrival until a log is cut, or not at all. */
export type PartHolds = 'queue' | 'log' | 'nothing';

/** What is drawn of a process: a channel, a partition, a window bolt. */
export interface Part {
  /** `<node>/<name>`, unique in the run: `a1/c1`, `kafka/weblog-0`. */
  readonly id: string;
  readonly node: string;
  /** The process that dies with a crash: `a1/agent`, `flink/tm-1`. */
  readonly process: string;
  /** Which glyph: see visual language. */
  readonly glyph: PartGlyph;
  readonly label: string;
  /** The type as the configuration spells it: `TAILDIR`, `memory`, `org.apache.flume.sink.kafka.KafkaSink`. */
  readonly detail: string;
  readonly holds: PartHolds;
  /** Slots of a bounded part, else null. */
  readonly capacity: number | null;
  /** Settings that the scene changed from the real default, as `key = value (default d)`. */
  readonly changedDefaults: readonly string[];
}

export type PartGlyph =
  | 'web-server'
  | 'source'
  | 'channel'
  | 'sink'
  | 'partition'
  | 'receiver'
  | 'batches'
  | 'spout'
  | 'bolt'
  | 'window-bolt'
  | 'acker'
  | 'operator'
  | 'window-operator'
  | 'snapshots'
  | 'directory'
  | 'results';

/** A way for records from part to part. */
export interface Pipe {
  /** `<from> > <to>`. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** Whether a send takes the record out of `from`; a Kafka partition is read without being emptied. */
  readonly takes: boolean;
}

export interface Gauge {
  /** `<part>:<name>`: `a1/c1:depth`. */
  readonly id: string;
  readonly part: string;
  readonly label: string;
  readonly unit: 'records' | 'bytes' | 'us' | 'offset' | 'count';
}

export interface Series {
  /** `<node>:<name>`: `spark:batch`. */
  readonly id: string;
  readonly node: string;
  readonly what:
    'batch' | 'job' | 'window' | 'checkpoint' | 'rebalance' | 'down' | 'file' | 'backoff';
  readonly label: string;
}

/** The static half of a trace: what its numbers mean. Index in each list = `subject`. */
export interface TraceHeader {
  readonly parts: readonly Part[];
  readonly pipes: readonly Pipe[];
  readonly gauges: readonly Gauge[];
  readonly series: readonly Series[];
}
