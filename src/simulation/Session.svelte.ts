import type { PartView } from '../../workers/kernel/engine.ts';
import type { NodeRefusal, OpenedFile } from '../../workers/protocol.ts';
import type { FileIdentity } from '../../workers/scenario/fileInput.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import type { TraceBlock } from '../../workers/trace/format.ts';
import type { Run } from '../run/Run.ts';
import {
  acceptedAfter,
  acceptedIn,
  runnableScenario,
  wantedScenario,
  type AcceptedLanes,
} from './acceptedLanes.ts';
import { runOf } from './runOf.ts';
import { startSimulationWorker } from './startWorker.ts';
import { WorkerCalls, WorkerFailure } from './WorkerCalls.ts';

/** Up to so many records a run is computed whole before it is shown; beyond, the visible stretch comes first. */
const RECORDS_AT_ONCE = 20_000;
/** Events in one piece of a long run: a frame or two of work, so that a newer wish or "Cancel" is heard at once. */
const EVENTS_A_PIECE = 50_000;

/** The scenario that is open, its run, and the one before as a ghost. Everything that changes goes through `change`. */
export class Session {
  /** What runs: shared by a link as it is. */
  scenario: Scenario = $state.raw() as Scenario;
  run: Run | null = $state.raw(null);
  /** The run before the present drag. */
  ghost: Run | null = $state.raw(null);
  /** What the engines said to the newest wish. */
  refusals: readonly NodeRefusal[] = $state.raw([]);
  /** 0 to 1 while a long run is under way, else null. */
  progress: number | null = $state(null);
  /** The rest of a long run was cancelled: what lies after `run.reachedUs` is not known. */
  isCut = $state(false);
  /** 0 to 1 while a file is being read, else null. */
  fileProgress: number | null = $state(null);
  /** What stopped, in words; the last good picture stays. */
  failure: string | null = $state(null);
  /** How far the page shows of a long run at first. */
  visibleUntilUs = 60_000_000;

  readonly #calls = new WorkerCalls(startSimulationWorker);
  #number = 0;
  /** The run that nobody waits for any more; what it got to can still be looked at. */
  #cancelled = 0;
  #accepted: AcceptedLanes = new Map();
  #next: Scenario | null = null;
  #working: Promise<void> | null = null;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.#calls.start();
  }

  /** Runs `scenario`; of several wishes that come while one is computed only the newest counts. */
  change(scenario: Scenario): Promise<void> {
    this.scenario = scenario;
    this.#next = scenario;
    this.#working ??= this.#work();
    return this.#working;
  }

  /** From here on the present run is the ghost. */
  beginDrag(): void {
    this.ghost = this.run;
  }

  /** What the inspector shows of a part; null when the run was replaced meanwhile. */
  async viewAt(part: string, timeUs: number): Promise<PartView | null> {
    const number = this.#number;
    try {
      const view = await this.#calls.call((remote) => remote.viewAt(number, timeUs, part));
      return number === this.#number ? view : null;
    } catch (error) {
      if (number === this.#number && error instanceof WorkerFailure) this.failure = error.message;
      return null;
    }
  }

  /** The text of a record; empty when the run was replaced meanwhile. */
  async lineOf(record: number): Promise<string> {
    const number = this.#number;
    try {
      return await this.#calls.call((remote) => remote.lineOf(number, record));
    } catch {
      return '';
    }
  }

  /**
   * Reads a person's log for an input, of which a link may mean a certain one. The scenario is not changed.
   * @throws Error with a sentence when the file cannot be read
   */
  async openFile(input: string, file: File, meant: FileIdentity | null): Promise<OpenedFile> {
    this.fileProgress = 0;
    const timer = setInterval(() => {
      void this.#calls
        .call((remote) => remote.fileProgress())
        .then((share) => {
          if (this.fileProgress !== null) this.fileProgress = share;
        });
    }, 200);
    try {
      return await this.#calls.call((remote) => remote.openFile(input, file, meant), {
        isLong: true,
      });
    } finally {
      clearInterval(timer);
      this.fileProgress = null;
    }
  }

  cancelFile(): Promise<void> {
    return this.#calls.call((remote) => remote.cancelFile());
  }

  /** Ends the computation of a long run; what is there stays. */
  cancel(): void {
    this.#cancelled = this.#number;
    this.progress = null;
  }

  /** After a failure, in a fresh worker, or after a cancelled run: the same scenario once more. */
  again(): Promise<void> {
    this.failure = null;
    return this.change(this.scenario);
  }

  async #work(): Promise<void> {
    for (let scenario = this.#take(); scenario; scenario = this.#take()) {
      try {
        await this.#compute(scenario);
        this.failure = null;
      } catch (error) {
        if (this.#next === null)
          this.failure = error instanceof Error ? error.message : String(error);
      }
    }
    this.#working = null;
  }

  #take(): Scenario | null {
    const scenario = this.#next;
    this.#next = null;
    return scenario;
  }

  async #compute(asked: Scenario): Promise<void> {
    const wanted = wantedScenario(asked);
    const refusals = await this.#calls.call((remote) => remote.check(wanted));
    const known = acceptedIn(asked, this.#accepted);
    const scenario = runnableScenario(wanted, refusals, known);
    this.#accepted = acceptedAfter(wanted, refusals, known);
    const number = (this.#number += 1);
    this.isCut = false;
    const isStale = () =>
      this.#next !== null || number !== this.#number || number === this.#cancelled;
    const endUs = scenario.durationMs * 1000;
    const blocks: TraceBlock[] = [];
    const show = async () => {
      const picture = await this.#calls.call((remote) => remote.picture(number));
      blocks.push(...picture.blocks);
      if (number !== this.#number) return picture;
      this.run = runOf(picture, blocks, scenario);
      this.refusals = refusals;
      if (this.#next === null) this.scenario = scenario;
      return picture;
    };

    // The first call builds the records and tells how many there are.
    let progress = await this.#calls.call((remote) =>
      remote.begin(number, scenario, { untilUs: 0, eventsMax: 0 }),
    );
    const isLong = progress.records > RECORDS_AT_ONCE;
    let isShown = false;
    let untilUs = isLong ? Math.min(endUs, this.visibleUntilUs) : endUs;
    while (!isStale() && !progress.isFinished) {
      progress = await this.#calls.call((remote) =>
        remote.more(number, { untilUs, eventsMax: EVENTS_A_PIECE }),
      );
      if (isStale() || progress.isFinished) break;
      if (isLong) this.progress = progress.reachedUs / endUs;
      if (progress.reachedUs < untilUs) continue;
      await show();
      isShown = true;
      untilUs = endUs;
    }
    // What was cancelled before anything was shown is shown as far as it came: it is what was asked for.
    const isDone = progress.isFinished || (number === this.#cancelled && !isShown);
    if (number === this.#number && isDone) await show();
    this.isCut = number === this.#cancelled && !progress.isFinished;
    this.progress = null;
  }
}
