import { nextStop, previousStop } from './stops.ts';

export type StepKind = 'record' | 'batch' | 'window';

/** The instants one can step to, ascending, in simulated microseconds. */
export type Stops = Readonly<Record<StepKind, ArrayLike<number>>>;

export interface Reel {
  readonly durationUs: number;
  readonly stops: Stops;
}

/** In reduced motion the picture changes once in this much watching time. */
const STILL_MS = 1000;

/** Where in simulated time the page looks, and how that moves. It owns no timer: the page calls `advance`. */
export class Playhead {
  timeUs = $state(0);
  speed = $state(1);
  playing = $state(false);
  backwards = $state(false);
  stepKind: StepKind = $state('window');
  /** Play stops here once, for the guided minute; null is the end of the run. */
  haltUs: number | null = $state(null);
  /** Called when play stopped at `haltUs`. */
  onHalt: () => void = () => {};

  readonly #reel: () => Reel;
  #heldMs = 0;

  constructor(reel: () => Reel) {
    this.#reel = reel;
  }

  get durationUs(): number {
    return this.#reel().durationUs;
  }

  play(backwards = false): void {
    const finished = backwards ? this.timeUs <= 0 : this.timeUs >= this.durationUs;
    if (finished) this.timeUs = backwards ? this.durationUs : 0;
    this.backwards = backwards;
    this.#heldMs = 0;
    this.playing = true;
  }

  pause(): void {
    this.playing = false;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  seek(timeUs: number): void {
    this.timeUs = Math.round(Math.min(this.durationUs, Math.max(0, timeUs)));
  }

  stepForward(): void {
    this.pause();
    this.seek(nextStop(this.#reel().stops[this.stepKind], this.timeUs) ?? this.durationUs);
  }

  stepBack(): void {
    this.pause();
    this.seek(previousStop(this.#reel().stops[this.stepKind], this.timeUs) ?? 0);
  }

  /** Moves by `elapsedMs` of watching; with `still`, in whole jumps of a second of watching. */
  advance(elapsedMs: number, still: boolean): void {
    if (!this.playing) return;
    this.#heldMs += elapsedMs;
    if (still && this.#heldMs < STILL_MS) return;
    const movedUs = this.#heldMs * 1000 * this.speed;
    this.#heldMs = 0;
    // Whole microseconds from here on: a hair before the halt would be rounded onto it, and then not halt at all.
    const to = Math.round(this.timeUs + (this.backwards ? -movedUs : movedUs));
    const halt = this.haltUs;
    if (halt !== null && !this.backwards && this.timeUs < halt && to >= halt) {
      this.haltUs = null;
      this.seek(halt);
      this.pause();
      this.onHalt();
      return;
    }
    this.seek(to);
    // Only the end that lies ahead stops: the first frame after Play may move nothing.
    if (this.backwards ? to <= 0 : to >= this.durationUs) this.pause();
  }
}
