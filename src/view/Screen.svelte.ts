import { innerHeight, innerWidth } from 'svelte/reactivity/window';

/** Which of the four arrangements the window has room for. */
export class Screen {
  readonly #taken: () => number;

  /** @param taken the width that a column beside takes away, in pixels */
  constructor(taken: () => number) {
    this.#taken = taken;
  }

  readonly width = $derived.by(() => pageWidth(innerWidth.current) - this.#taken());
  readonly height = $derived(innerHeight.current ?? 900);
  /** One lane at a time, what is upstream above it. */
  readonly narrow = $derived(this.width < 900);
  readonly phone = $derived(this.width < 600);
  /** Results stand beside their lanes. */
  readonly boards = $derived(this.width >= 1200);
}

/** Without the scroll bar, as the container queries of the styles measure. It is always there, so only the window changes the width. */
function pageWidth(windowWidth: number | undefined): number {
  return windowWidth === undefined ? 1440 : document.documentElement.clientWidth;
}
