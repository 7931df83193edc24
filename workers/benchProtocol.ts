import type { BenchResult } from './benches.ts';
import type { Replay } from './conformance.ts';
import type { BenchScenario } from './scenario/benchScenario.ts';
import type { Recording } from './scenario/recording.ts';

/** The worker for the other kind of scenario as the page sees it. Each call does a bounded piece of work and settles. */
export interface BenchWorker {
  /** Plays one component on its bench. */
  play(scenario: BenchScenario): Promise<Played>;
  /** Everything that the real engines were recorded to do. */
  recorded(): Promise<readonly NamedRecording[]>;
  /** What the simulator makes of a recording. */
  replay(name: string): Promise<Replay>;
}

export interface Played {
  /** What the component is, and what its configuration and steps look like; empty where there is no such component. */
  readonly meaning: string;
  readonly result: BenchResult | null;
}

export interface NamedRecording {
  /** Its folder and file: `kafka/partition-of-a-key`. */
  readonly name: string;
  readonly recording: Recording;
}
