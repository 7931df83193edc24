import type { Playhead } from '../playback/Playhead.svelte.ts';
import { GUIDE_STEPS, type GuideStep } from './steps.ts';

const STORAGE_KEY = 'stream-table.guided';

/** The guided minute: where it is, and what moves it on. It acts through the playhead and nothing else. */
export class Guide {
  #index = $state(-1);
  predicted: ReadonlySet<number> = $state.raw(new Set());
  /** The prediction was given: the gap is shown. */
  checked = $state(false);

  readonly #playhead: Playhead;

  constructor(playhead: Playhead) {
    this.#playhead = playhead;
    playhead.onHalt = () => {
      if (this.step?.id === 'watch') this.next();
    };
  }

  /** An engine refused a setting: what one step waits for. */
  refused(): void {
    if (this.step?.id === 'refuse') this.next();
  }

  readonly step: GuideStep | null = $derived(GUIDE_STEPS[this.#index] ?? null);
  readonly number = $derived(this.#index + 1);

  start(): void {
    this.#enter(0);
  }

  next(): void {
    if (this.#index + 1 < GUIDE_STEPS.length) this.#enter(this.#index + 1);
    else this.finish();
  }

  finish(): void {
    this.#index = -1;
    this.#playhead.haltUs = null;
    remember();
  }

  toggle(record: number): void {
    if (this.checked) return;
    const predicted = new Set(this.predicted);
    if (!predicted.delete(record)) predicted.add(record);
    this.predicted = predicted;
  }

  /** Shows the gap and lets time run on to the result. */
  check(visibleUs: number): void {
    this.checked = true;
    this.#playhead.haltUs = visibleUs;
    this.#playhead.play();
  }

  #enter(index: number): void {
    this.#index = index;
    const step = GUIDE_STEPS[index];
    this.#playhead.haltUs = step?.haltUs ?? null;
    if (step?.id !== 'unfold') return;
    // Somebody may go on while the prediction still runs.
    this.#playhead.pause();
    this.#playhead.seek(0);
  }
}

export const GUIDE_LENGTH = GUIDE_STEPS.length;

/** Whether this person was guided before. */
export function wasGuided(): boolean {
  try {
    return localStorage.getItem(STORAGE_KEY) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(STORAGE_KEY, 'yes');
  } catch {
    // A browser that keeps nothing guides again.
  }
}
