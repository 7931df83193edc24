import type { PipelineLink } from '../../workers/scenario/link/link.ts';
import { opening } from '../../workers/scenario/opening.ts';
import type { Scenario } from '../../workers/scenario/scenario.ts';
import { fileInputOf, openedSentence, withOwnLog, type OwnLogReport } from '../files/ownLog.ts';
import { Guide } from '../guide/Guide.svelte.ts';
import { guidedScene } from '../guide/scenario.ts';
import { Playhead } from '../playback/Playhead.svelte.ts';
import { modelOf, type RunModel } from '../run/RunModel.ts';
import { Session } from '../simulation/Session.svelte.ts';
import { Pointing } from '../view/Pointing.svelte.ts';
import { selectionOf, select } from '../view/selection.ts';

const NO_REEL = { durationUs: 1, stops: { record: [], batch: [], window: [] } };

/** Of a long run so much after the moment that is looked at is simulated before it is shown. */
const AHEAD_US = 60_000_000;

/** What lies on the table: the scenario that was asked for, its run, the moment, and what is pointed at. */
export class Workbench {
  readonly session = new Session(opening);
  /** What the person asked for; what runs may differ in a lane that refused. */
  asked: Scenario = $state.raw(opening);
  fileReport: OwnLogReport | null = $state.raw(null);
  /** The digest of the log that was opened here, for a scenario that means a file. */
  #openedSha256 = $state('');

  readonly model: RunModel | null = $derived(
    this.session.run === null ? null : modelOf(this.session.run),
  );
  readonly ghost: RunModel | null = $derived(
    this.session.ghost === null ? null : modelOf(this.session.ghost),
  );
  readonly playhead = new Playhead(() =>
    this.model === null
      ? NO_REEL
      : { durationUs: this.model.run.durationUs, stops: this.model.stops },
  );
  readonly pointing = new Pointing(() => this.model);
  readonly guide = new Guide(this.playhead);

  /** The file that a link means and that is not opened here; its scenario cannot run before. */
  readonly missingFile = $derived.by(() => {
    const file = fileInputOf(this.asked);
    return file === null || file.sha256 === this.#openedSha256 ? null : file;
  });

  /** Another scenario: simulated at once, the run before as it is. */
  ask(scenario: Scenario): void {
    this.asked = scenario;
    this.#lookAt(this.playhead.timeUs);
    if (this.missingFile !== null) return;
    void this.session.change(scenario).then(() => {
      if (this.session.refusals.length > 0) this.guide.refused();
    });
  }

  /** Opens what a link says, or the opening scene where it says nothing. */
  open(content: PipelineLink | null): void {
    const scenario = content?.scenario ?? opening;
    this.session.ghost = null;
    this.playhead.pause();
    this.playhead.timeUs = content?.timeUs ?? 0;
    this.ask(scenario);
    select(this.pointing, content?.selection ?? null);
  }

  /** Nobody looks beyond the end of what was asked for, and of a long run what is looked at comes first. */
  #lookAt(timeUs: number): void {
    this.playhead.timeUs = Math.min(timeUs, this.asked.durationMs * 1000);
    this.session.visibleUntilUs = this.playhead.timeUs + AHEAD_US;
  }

  startGuide(): void {
    this.session.ghost = null;
    this.ask(guidedScene);
    this.playhead.timeUs = 0;
    this.guide.start();
  }

  /** Leaves the guided minute with all lanes on the table. */
  skipGuide(): void {
    this.guide.finish();
  }

  beginDrag(): void {
    this.session.beginDrag();
  }

  content(): PipelineLink {
    return {
      scenario: this.session.scenario,
      timeUs: Math.round(this.playhead.timeUs),
      selection: selectionOf(this.pointing),
      lesson: null,
      checked: null,
    };
  }

  /** Reads a person's log and runs it in the place of the input; what cannot be read changes nothing. */
  async openLog(file: File): Promise<void> {
    const [input] = this.asked.inputs;
    if (input === undefined) return;
    const meant = this.missingFile;
    try {
      const opened = await this.session.openFile(input.id, file, meant);
      const words = openedSentence(opened, meant);
      this.fileReport = { words, taken: opened.isTaken ? opened : null };
      if (!opened.isTaken) return;
      this.#openedSha256 = opened.sha256;
      this.guide.finish();
      this.session.ghost = null;
      this.ask(meant === null ? withOwnLog(this.asked, opened) : this.asked);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      this.fileReport = { words, taken: null };
    }
  }
}
