import type { Replay, Verdict } from '../../workers/conformance.ts';
import type { BenchWorker, NamedRecording } from '../../workers/benchProtocol.ts';
import { recordedEngines, recordingTopics } from '../../workers/scenario/recording.ts';
import type { WorkerCalls } from '../simulation/WorkerCalls.ts';
import { slugOf } from './places.ts';

/** So many replays are shown at once: the table grows while it is read, and is not drawn for each. */
const REPLAYS_AT_ONCE = 16;

export interface EngineRow {
  readonly dir: string;
  readonly engine: string;
  readonly versions: readonly string[];
  readonly cases: number;
  readonly counts: Readonly<Record<Verdict, number>>;
}

/** The recordings of the real engines, and what the simulator in this browser made of each so far. */
export class Shelf {
  cases: readonly NamedRecording[] = $state.raw([]);
  replays: ReadonlyMap<string, Replay> = $state.raw(new Map());
  isReady = $state(false);
  failure = $state('');

  readonly #calls: WorkerCalls<BenchWorker>;

  readonly rows: readonly EngineRow[] = $derived.by(() =>
    recordedEngines.map(({ dir, engine }) => {
      const own = this.cases.filter(({ recording }) => recording.engine === engine);
      const versions = own.flatMap(({ recording: { version, alike = [] } }) => [version, ...alike]);
      const count = (verdict: Verdict) =>
        own.filter(({ name }) => this.replays.get(name)?.verdict === verdict).length;
      return {
        dir,
        engine,
        versions: [...new Set(versions)].sort(),
        cases: own.length,
        counts: {
          equal: count('equal'),
          different: count('different'),
          'not modelled': count('not modelled'),
        },
      };
    }),
  );

  readonly isDone = $derived(this.isReady && this.replays.size === this.cases.length);

  constructor(calls: WorkerCalls<BenchWorker>) {
    this.#calls = calls;
    void this.#load();
  }

  /** The topics of an engine's recordings, or of all, with how many there are. */
  topicsOf(dir: string): readonly { topic: string; slug: string; cases: number }[] {
    const own = this.casesOf(dir, null);
    return recordingTopics.flatMap((topic) => {
      const cases = own.filter(({ recording }) => recording.topic === topic).length;
      return cases === 0 ? [] : [{ topic, slug: slugOf(topic), cases }];
    });
  }

  /** The recordings in a folder, or in `all`, on a topic; once all were replayed, those that are not equal come first. */
  casesOf(dir: string, topic: string | null): readonly NamedRecording[] {
    const own = this.cases.filter(
      ({ name, recording }) =>
        (dir === 'all' || name.startsWith(`${dir}/`)) &&
        (topic === null || slugOf(recording.topic) === topic),
    );
    if (!this.isDone) return own;
    const isEqual = ({ name }: NamedRecording) => this.replays.get(name)?.verdict === 'equal';
    return [...own.filter((each) => !isEqual(each)), ...own.filter(isEqual)];
  }

  async #load(): Promise<void> {
    try {
      this.cases = await this.#calls.call((remote) => remote.recorded());
      this.isReady = true;
      const replays = new Map<string, Replay>();
      for (const { name } of this.cases) {
        replays.set(name, await this.#calls.call((remote) => remote.replay(name)));
        if (replays.size % REPLAYS_AT_ONCE === 0) this.replays = new Map(replays);
      }
      this.replays = replays;
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }
}
