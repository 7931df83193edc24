import type { BenchWorker } from '../../workers/benchProtocol.ts';
import type { BenchResult } from '../../workers/benches.ts';
import { readBenchScenario, type BenchScenario } from '../../workers/scenario/benchScenario.ts';
import { jsonText } from '../../workers/scenario/jsonText.ts';
import type { Answer } from '../../workers/scenario/problem.ts';
import type { WorkerCalls } from '../simulation/WorkerCalls.ts';
import { readJson } from './readJson.ts';

/** A line of the script as it is being written. */
export interface StepText {
  /** Stays with the step while others come and go. */
  readonly id: number;
  text: string;
}

/** Up to so many characters a step is written on one line, and the configuration, which stands alone, on fewer. */
const STEP_WIDTH = 96;
const CONFIG_WIDTH = 40;

/** A component on its bench: what was written, and what the component answered. */
export class BenchPlay {
  readonly title: string;
  readonly component: string;
  configText = $state('');
  steps: StepText[] = $state([]);
  /** What the component is; empty where there is none of that name, null before the first play. */
  meaning: string | null = $state(null);
  result: BenchResult | null = $state.raw(null);
  /** The answers of the last play that went through, by the ids of the steps. */
  answers: ReadonlyMap<number, unknown> = $state.raw(new Map());
  /** Why the worker could not play at all. */
  failure = $state('');

  /** What was played last: everything that is written, unless some of it cannot be read. */
  scenario: BenchScenario = $state.raw() as BenchScenario;

  readonly #opened: BenchScenario;
  readonly #calls: WorkerCalls<BenchWorker>;
  #nextId = 0;
  #plays = 0;

  readonly config = $derived(readJson(this.configText));
  readonly script = $derived(this.steps.map(({ text }) => readJson(text)));
  /** What is written as a whole, or what is wrong with it; null while a text of it is no JSON. */
  readonly written: Answer<BenchScenario> | null = $derived.by(() => {
    const script = this.script.flatMap((step) => (step.ok ? [step.value] : []));
    if (!this.config.ok || script.length < this.script.length) return null;
    return readBenchScenario({ ...this.#opened, config: this.config.value, script });
  });

  constructor(opened: BenchScenario, calls: WorkerCalls<BenchWorker>) {
    this.title = opened.title === '' ? opened.component : opened.title;
    this.component = opened.component;
    this.scenario = opened;
    this.#opened = opened;
    this.#calls = calls;
    this.startAgain();
  }

  /** As it was opened. */
  startAgain(): void {
    this.configText = jsonText(this.#opened.config, CONFIG_WIDTH);
    this.steps = this.#opened.script.map((step) => this.#step(jsonText(step, STEP_WIDTH)));
  }

  /** A step below the one at `index`, as it, since it will be of the same shape. */
  addBelow(index: number): void {
    this.steps.splice(index + 1, 0, this.#step(this.steps[index]?.text ?? '{}'));
  }

  remove(index: number): void {
    this.steps.splice(index, 1);
  }

  /** Plays what is written. Of several plays only the newest counts. */
  async play(): Promise<void> {
    const { written } = this;
    if (written?.ok !== true) return;
    this.scenario = written.value;
    const ids = this.steps.map(({ id }) => id);
    const number = (this.#plays += 1);
    try {
      const played = await this.#calls.call((remote) => remote.play(written.value));
      if (number !== this.#plays) return;
      this.meaning = played.meaning;
      this.result = played.result;
      const answers = this.result !== null && 'answers' in this.result ? this.result.answers : [];
      this.answers = new Map(answers.map((answer, index) => [ids[index] ?? -1, answer]));
      this.failure = '';
    } catch (error) {
      if (number !== this.#plays) return;
      this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  #step(text: string): StepText {
    return { id: (this.#nextId += 1), text };
  }
}
