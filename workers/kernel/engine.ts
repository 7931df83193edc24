import type { Gauge, Part, Pipe, Series } from '../trace/format.ts';
import type { WireMessage } from '../wire/message.ts';
import type { Environment, ProcessId } from './environment.ts';

/**
 * A system of the real world as plain data and one transition.
 *
 * `State` is plain data (see clone.ts): a keyframe copies it, so timers are events in the queue or numbers in it, and
 * nothing in it is a closure. `Event` is what the engine schedules for itself: plain data too, never changed after it
 * was scheduled. `Config` is the node of the scenario as its schema read it.
 */
export interface Engine<Config, State, Event> {
  /** The node type in a scenario: `flume`. */
  readonly type: string;
  /** What it follows: `Apache Flume 1.11.0`. */
  readonly version: string;
  /** What the real one does besides, one sentence each: shown on the page. */
  readonly omissions: readonly string[];
  readonly knobs: readonly Knob[];
  /** Invariants, asked after every event in tests. */
  readonly claims: readonly Claim<State>[];

  /** What the real system would refuse about this node, in its own words; a node with refusals does not run. */
  refusals(config: Config, graph: Graph): readonly Refusal[];
  /** The processes that can crash: `['agent']`, `['broker-1', 'broker-2']`. Their full names are `<node>/<name>`. */
  processes(config: Config): readonly string[];
  /** What is drawn and measured of this node. Knows only its own config. */
  anatomy(config: Config): Anatomy;
  /** Its pipes, inside and to or from parts of other nodes, which `graph` knows. */
  pipes(config: Config, graph: Graph): readonly Pipe[];

  /** Gauges whose number depends on other nodes: a position for each partition of its topic. */
  gauges?(config: Config, graph: Graph): readonly Gauge[];
  /** The program of a lane as its user would write it; null for a system that is configured, not programmed. */
  programText(config: Config): ProgramText | null;

  start(config: Config, env: Environment<Event>): State;
  handle(state: State, process: ProcessId, event: Event, env: Environment<Event>): void;
  receive(
    state: State,
    process: ProcessId,
    from: ProcessId,
    message: WireMessage,
    env: Environment<Event>,
  ): void;
  /** `kill -9`: the kernel has already dropped the process's timers and the messages on their way to it. */
  crash(state: State, process: ProcessId, env: Environment<Event>): void;
  /** It is started again. */
  restart(state: State, process: ProcessId, env: Environment<Event>): void;

  /** What the inspector shows of a part at this moment. */
  view(state: Readonly<State>, part: string, env: Environment<Event>): PartView;
}

export interface Anatomy {
  readonly parts: readonly Part[];
  readonly gauges: readonly Gauge[];
  readonly series: readonly Series[];
}

/** A program with the places where the sliders' numbers stand: `text.slice(start, end)` is one. */
export interface ProgramText {
  readonly language: 'python' | 'java';
  readonly text: string;
  readonly marks: readonly {
    readonly start: number;
    readonly end: number;
    readonly knob: string;
  }[];
}

/** What every engine may know of the rest of the scenario, before the run. */
export interface Graph {
  /** The node's config, or undefined. Only its own engine knows more of it than `type` and `id`. */
  node(id: string): { readonly id: string; readonly type: string } | undefined;
  /** The parts of a node, in their declared order. */
  parts(node: string): readonly Part[];
  /** The partitions of a topic: parts `<node>/<topic>-<n>` in order of n. */
  partitions(node: string, topic: string): readonly Part[];
  /** Full names of a node's processes. */
  processes(node: string): readonly string[];
}

/** A setting that a person can move. Sliders, validation and the reference table are made from these rows. */
export interface Knob {
  /** Where it stands in the node's config: `batchIntervalMs`. */
  readonly field: string;
  /** The real system's name for it: `batchDuration`, `a1.channels.c1.capacity`. */
  readonly officialKey: string;
  readonly label: string;
  readonly unit: 'ms' | 'records' | 'count' | 'bytes';
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly initial: number;
  readonly meaning: string;
}

export interface Claim<State> {
  readonly name: string;
  holds(state: Readonly<State>): boolean;
}

/** A refusal of the real system. */
export interface Refusal {
  /** The field or program interval it is about: `slideIntervalMs`, `windowIntervalMs`, `batchIntervalMs`, … */
  readonly field: string;
  /** The real system's own message, letter for letter. */
  readonly message: string;
  /** Class of the exception and where it is thrown, for the note under the message. */
  readonly source: string;
}

/** What the inspector shows of one part. */
export interface PartView {
  readonly title: string;
  /** State in the field's words: ['position', '41'], in reading order. */
  readonly facts: readonly (readonly [string, string])[];
  /** Settings under their official names; `fallback` is the real default where the scene changed it. */
  readonly settings: readonly { key: string; value: string; fallback?: string }[];
  readonly tables: readonly PartTable[];
  /** The newest log lines, as the real system would word them, oldest first; at most 50. */
  readonly log: readonly string[];
}

export interface PartTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
