import { untrack } from 'svelte';
import { edited } from '../../lessons/edits.ts';
import type { Control, Demonstration } from '../../lessons/lesson.ts';
import type { PipelineLink } from '../../workers/scenario/link/link.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import type { SettingValue } from '../../workers/scenario/settings.ts';
import type { Workbench } from '../bench/Workbench.svelte.ts';
import type { Run } from '../run/Run.ts';
import type { RunModel } from '../run/RunModel.ts';
import type { Guess } from './answer.ts';
import { lessonOf, type Lesson, type Page } from './catalogue.ts';
import { changesBetween } from './changes.ts';
import { goalState } from './goal.ts';
import { addProgress, readProgress } from './progress.ts';

/** What a link says for the list of all lessons. */
export const CONTENTS = 'contents';

/** One lesson on the bench: which page is open, what was predicted, and how its goal stands. */
export class LessonPlayer {
  /** Null while the list of lessons is open. */
  lesson: Lesson | null = $state.raw(null);
  /** The page, from 0. */
  step = $state(0);
  /** Can be changed until the page's action is pressed. */
  guess: Guess | null = $state.raw(null);
  acted = $state(false);
  /** The action was played to its end: what it shows is seen. */
  shown = $state(false);
  progress = $state.raw(readProgress());

  readonly #bench: Workbench;
  /** The scene that was laid last, as the lesson gives it. */
  #scene: Scenario | null = $state.raw(null);
  /** The run that lay on the table when it was laid: what is seen of it is not about the scene. */
  #runBefore: Run | null = $state.raw(null);

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  readonly page: Page | null = $derived(this.lesson?.pages[this.step] ?? null);
  readonly action: Demonstration | null = $derived(
    this.page?.cue.demonstration ?? this.page?.cue.prediction?.run ?? null,
  );
  /** The run of what lies on the table; null until there is one. */
  readonly model: RunModel | null = $derived.by(() =>
    this.#bench.session.run === this.#runBefore ? null : this.#bench.model,
  );
  readonly goal = $derived.by(() => {
    const goal = this.page?.cue.goal ?? null;
    if (goal === null || this.model === null) return null;
    return goalState(goal, this.model, this.#bench.session.refusals.length);
  });
  /** Nothing was changed in the page's scene. */
  readonly isUntouched = $derived.by(() => this.#bench.asked === this.#scene);
  readonly changes = $derived.by(() =>
    this.#scene === null ? 0 : changesBetween(this.#scene, this.#bench.asked),
  );
  /** While a prediction waits for its run, what comes is not to be seen. */
  readonly hidesFuture = $derived((this.page?.cue.prediction ?? null) !== null && !this.shown);
  readonly place = $derived({ id: this.lesson?.id ?? CONTENTS, step: this.step + 1 });

  /** Opens what a link says. @returns a sentence where there is no such lesson */
  open(content: PipelineLink): string | null {
    const id = content.lesson?.id ?? CONTENTS;
    this.#bench.skipGuide();
    this.lesson = lessonOf(id);
    if (this.lesson === null) {
      this.step = 0;
      if (this.#bench.session.run === null) this.#bench.open(content);
      return id === CONTENTS ? null : `There is no lesson ${id}.`;
    }
    const last = this.lesson.pages.length - 1;
    this.#enter(Math.min(last, Math.max(0, (content.lesson?.step ?? 1) - 1)), content);
    return null;
  }

  goTo(step: number): void {
    this.#enter(step, null);
  }

  /** Plays the page's one action, from its beginning. */
  act(): void {
    const { action } = this;
    if (action === null) return;
    const { playhead } = this.#bench;
    if (action.edits !== undefined) {
      this.#bench.beginDrag();
      this.#bench.ask(edited(this.#bench.asked, action.edits));
    }
    this.acted = true;
    playhead.pause();
    playhead.speed = action.speed;
    playhead.seek(action.fromMs * 1000);
    playhead.haltUs = action.toMs * 1000;
    playhead.play();
  }

  /** Called as time goes on: lights what the action was about once it is there. */
  look(): void {
    const { action, model } = this;
    if (!this.acted || this.shown || action === null || model === null) return;
    if (this.#bench.playhead.timeUs < action.toMs * 1000) return;
    this.shown = true;
    const { light } = action;
    const lane = model.lanes.find((own) => own.lane.id === light?.lane);
    const output = light === undefined ? undefined : lane?.outputs[light.result - 1];
    if (light !== undefined && output !== undefined)
      this.#bench.pointing.window = { lane: light.lane, window: output.window };
  }

  change({ setting }: Control, value: SettingValue): void {
    this.#bench.beginDrag();
    this.#bench.ask(edited(this.#bench.asked, [{ setting, value }]));
  }

  /** The page's scene as it was, for another try. */
  startAgain(): void {
    if (this.#scene !== null) this.#lay(this.#scene);
  }

  /** Keeps how far the learner came. */
  remember(): void {
    if (this.lesson === null) return;
    const kept = { seen: this.step + 1, reached: this.goal?.holds === true };
    // What was kept before is no reason to keep it again.
    const before = untrack(() => this.progress);
    this.progress = addProgress(before, this.lesson.id, kept);
  }

  #enter(step: number, content: PipelineLink | null): void {
    const { playhead, pointing } = this.#bench;
    this.step = step;
    this.guess = null;
    this.acted = false;
    this.shown = false;
    playhead.pause();
    playhead.haltUs = null;
    pointing.window = null;
    const scene = this.#sceneOf(step, content !== null);
    if (scene !== null && (scene !== this.#scene || !this.isUntouched)) this.#lay(scene);
    const startUs = (this.action?.fromMs ?? 0) * 1000;
    if (content === null) {
      if (this.action !== null) playhead.seek(startUs);
      return;
    }
    this.#bench.open({
      ...content,
      scenario: content.scenario ?? this.#scene,
      timeUs: content.timeUs ?? startUs,
    });
  }

  /** What a page lays on the table: nothing where it keeps what is there, unless it is opened by a link. */
  #sceneOf(step: number, isByLink: boolean): Scenario | null {
    const pages = this.lesson?.pages ?? [];
    const own = pages[step]?.cue.scene ?? null;
    if (own !== null || !isByLink) return own;
    return pages.slice(0, step).findLast(({ cue }) => cue.scene !== null)?.cue.scene ?? null;
  }

  #lay(scene: Scenario): void {
    const { session } = this.#bench;
    this.#scene = scene;
    this.#runBefore = session.run;
    session.ghost = null;
    this.#bench.ask(scene);
  }
}
