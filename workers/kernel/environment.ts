import type { Records } from '../input/records.ts';
import type { LaneResults } from '../results/laneResults.ts';
import type { RecordId } from '../trace/format.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { WireMessage } from '../wire/message.ts';
import type { Costs } from './costs.ts';
import type { Graph } from './engine.ts';
import type { RandomStream } from './random.ts';

/** A process of the run, by number. */
export type ProcessId = number;

/** The world as one node's engine sees it. The same object for the whole run; only `nowUs` moves. */
export interface Environment<Event> {
  /** Simulated time in whole microseconds since the scenario's start. */
  readonly nowUs: number;
  /** The wall clock's reading at time 0 (epoch milliseconds): what real systems align batches and windows to. */
  readonly startEpochMs: number;
  /** The id of this engine's node. */
  readonly node: string;
  /** The other nodes, as far as one may know them before the run. */
  readonly graph: Graph;
  readonly records: Records;
  readonly costs: Costs;
  readonly trace: Recorder;
  /** Where a lane books its results and its ledger; null for a node that is no lane. */
  readonly results: LaneResults | null;

  /** The number of a process by its full name `<node>/<name>`. @throws when there is none. */
  process(name: string): ProcessId;
  processName(process: ProcessId): string;
  /**
   * Schedules `event` for `process`, `delayUs` ≥ 0 from now (rounded down to whole microseconds). If the process
   * crashes first the event is dropped. Among equal times smaller `priority` runs first (default 0), then the order
   * of scheduling.
   */
  after(process: ProcessId, delayUs: number, event: Event, priority?: number): void;
  /** The same at an absolute time, not before now. */
  at(process: ProcessId, timeUs: number, event: Event, priority?: number): void;
  /**
   * Sends `message` between processes, in order per direction, over a link with latency, bandwidth and faults.
   * @returns when it arrives, in µs; or LOST (−1) when a cut link swallows it. A message to a process that is down
   *   comes back to the sender as `connection-refused`; one on its way to a process that dies, as `connection-reset`.
   */
  send(from: ProcessId, to: ProcessId, message: WireMessage, bytes?: number): number;
  /**
   * The last copy of `record` that this node could still have passed on is gone, at `part`, for `cause`. In a lane it is
   * that lane's loss; before the branch it is everybody's, and is booked once. A copy that will be read again (a
   * position file, an offset) is no loss. Writes the trace's finding too. If the record turns up after all (a send
   * whose answer got lost), the ledger believes the result.
   */
  lost(record: RecordId, part: string, cause: string): void;
  /** A random stream of this node's own; its state is kept with the run. */
  random(name: string): RandomStream;
  /** ≥ 1 while a `slow` fault holds the process: multiply service times by it. */
  slowness(process: ProcessId): number;
}

/** What `send` returns for a message that will never arrive. */
export const LOST = -1;
