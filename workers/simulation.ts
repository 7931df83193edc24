import { assemble, type Lane } from './assembly.ts';
import type { Records } from './input/records.ts';
import type { PartView } from './kernel/engine.ts';
import { createKernel, type Kernel, type KernelSetup, type Keyframe } from './kernel/kernel.ts';
import type { LossBook } from './results/losses.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { TraceBlock, TraceHeader } from './trace/format.ts';
import type { OwnedRecorder } from './trace/recorder.ts';

/**
 * Scenario in, trace and results out. The worker, the command line and the tests all use this, and nothing else
 * starts a run. The same scenario gives the same bytes, however the run is cut into slices.
 */
export interface Simulation {
  readonly scenario: Scenario;
  readonly records: Records;
  readonly header: TraceHeader;
  readonly lanes: readonly Lane[];
  /** What was lost before the branch. */
  readonly losses: LossBook;
  readonly kernel: Kernel;
  readonly untilUs: number;
  readonly isFinished: boolean;
  /** Runs at most `eventsMax` events, up to `untilUs` or the scenario's end. Returns whether it got there. */
  advance(untilUs?: number, eventsMax?: number): boolean;
  /** The trace written since the last call, and every text so far. */
  take(): { blocks: TraceBlock[]; texts: readonly string[] };
  hash(): string;
  /** What the inspector shows of a part at `timeUs`: a keyframe and an advance, which leave this run alone. */
  viewAt(timeUs: number, part: string): PartView | null;
}

/** Stretches into which a run is cut for looking back: a look starts at the keyframe before it. */
const STRETCHES = 24;

export function createSimulation(scenario: Scenario, records: Records): Simulation {
  return new RunningSimulation(scenario, records);
}

/**
 * A class, because an object written out with getters is a kind of its own in each run: an engine's collector of
 * young garbage keeps whatever a kind's getters reach, and so a whole run that nobody asks for any more.
 */
class RunningSimulation implements Simulation {
  readonly scenario: Scenario;
  readonly records: Records;
  readonly header: TraceHeader;
  readonly lanes: readonly Lane[];
  readonly losses: LossBook;
  readonly kernel: Kernel;
  private readonly setup: KernelSetup;
  private readonly recorder: OwnedRecorder;
  private readonly endUs: number;
  // Nobody may ever look back, so keyframes are made by the looks themselves and not by the run.
  private readonly keyframes: Keyframe[] = [];

  constructor(scenario: Scenario, records: Records) {
    const { setup, header, recorder, lanes, losses } = assemble(scenario, records);
    this.scenario = scenario;
    this.records = records;
    this.header = header;
    this.lanes = lanes;
    this.losses = losses;
    this.kernel = createKernel(setup);
    this.setup = setup;
    this.recorder = recorder;
    this.endUs = scenario.durationMs * 1000;
  }

  get untilUs(): number {
    return this.kernel.nowUs;
  }

  get isFinished(): boolean {
    return this.kernel.nowUs >= this.endUs;
  }

  advance(untilUs = this.endUs, eventsMax = Infinity): boolean {
    return this.kernel.advance(Math.min(untilUs, this.endUs), eventsMax);
  }

  take(): { blocks: TraceBlock[]; texts: readonly string[] } {
    return { blocks: this.recorder.takeBlocks(), texts: this.recorder.texts };
  }

  hash(): string {
    return this.recorder.hash();
  }

  viewAt(timeUs: number, part: string): PartView | null {
    const { scenario, records, keyframes, endUs } = this;
    const node = part.slice(0, part.indexOf('/'));
    const engine = this.setup.members.find((member) => member.node === node)?.engine;
    if (!engine) return null;
    const atUs = Math.max(0, Math.min(timeUs, endUs));
    const strideUs = Math.ceil(endUs / STRETCHES);
    const known = keyframes[Math.min(keyframes.length - 1, Math.floor(atUs / strideUs))];
    const look = createKernel(assemble(scenario, records, true).setup, known);
    if (!known) keyframes.push(look.keyframe(false));
    while (keyframes.length * strideUs <= atUs) {
      look.advance(keyframes.length * strideUs, Infinity);
      keyframes.push(look.keyframe(false));
    }
    look.advance(atUs, Infinity);
    return engine.view(look.state(node) as object, part, look.environment(node));
  }
}
