import { assemble, type Lane } from './assembly.ts';
import type { Records } from './input/records.ts';
import type { PartView } from './kernel/engine.ts';
import { createKernel, type Kernel, type Keyframe } from './kernel/kernel.ts';
import type { LossBook } from './results/losses.ts';
import type { Scenario } from './scenario/scenario.ts';
import type { TraceBlock, TraceHeader } from './trace/format.ts';

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

/** Keyframes a run keeps for looking back, spread evenly over its duration. */
const KEYFRAMES = 24;

export function createSimulation(scenario: Scenario, records: Records): Simulation {
  const { setup, header, recorder, lanes, losses } = assemble(scenario, records);
  const kernel = createKernel(setup);
  const endUs = scenario.durationMs * 1000;
  const strideUs = Math.ceil(endUs / KEYFRAMES);
  const keyframes: Keyframe[] = [kernel.keyframe(false)];

  function advance(untilUs = endUs, eventsMax = Infinity): boolean {
    const targetUs = Math.min(untilUs, endUs);
    let left = eventsMax;
    while (kernel.nowUs < targetUs) {
      const nextKeyframeUs = keyframes.length * strideUs;
      const stopUs = Math.min(targetUs, nextKeyframeUs);
      const before = kernel.events;
      if (!kernel.advance(stopUs, left)) return false;
      left -= kernel.events - before;
      if (stopUs === nextKeyframeUs) keyframes.push(kernel.keyframe(false));
    }
    return true;
  }

  function viewAt(timeUs: number, part: string): PartView | null {
    const node = part.slice(0, part.indexOf('/'));
    const engine = setup.members.find((member) => member.node === node)?.engine;
    const keyframe = keyframes.findLast((frame) => frame.nowUs <= timeUs);
    if (!engine || !keyframe) return null;
    const look = assemble(scenario, records, true);
    const fork = createKernel(look.setup, keyframe);
    fork.advance(Math.min(timeUs, endUs), Infinity);
    return engine.view(fork.state(node) as object, part, fork.environment(node));
  }

  return {
    scenario,
    records,
    header,
    lanes,
    losses,
    kernel,
    get untilUs() {
      return kernel.nowUs;
    },
    get isFinished() {
      return kernel.nowUs >= endUs;
    },
    advance,
    take: () => ({ blocks: recorder.takeBlocks(), texts: recorder.texts }),
    hash: () => recorder.hash(),
    viewAt,
  };
}
