import { readTheme, type Theme } from './theme.ts';

export type ThemeChoice = 'light' | 'dark';

const STORAGE_KEY = 'stream-table.theme';

/** Light or dark, the width of the screen, and whether the person asked for less motion. */
export class Appearance {
  #choice: ThemeChoice | null = $state(null);
  #systemIsDark = $state(false);
  reducedMotion = $state(false);
  /** Resolved colours for the canvases; null until the page is mounted. */
  theme: Theme | null = $state.raw(null);

  readonly isDark = $derived(this.#choice === null ? this.#systemIsDark : this.#choice === 'dark');

  /** Follows the system and the person's own switch; returns how to stop. */
  follow(): () => void {
    this.#choice = storedChoice();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const reduce = matchMedia('(prefers-reduced-motion: reduce)');
    const read = (): void => {
      this.#systemIsDark = dark.matches;
      this.reducedMotion = reduce.matches;
      this.#apply();
    };
    read();
    dark.addEventListener('change', read);
    reduce.addEventListener('change', read);
    // A canvas keeps the fallback that it was drawn with, so it is drawn again with each face that arrives.
    document.fonts.addEventListener('loadingdone', read);
    return () => {
      dark.removeEventListener('change', read);
      reduce.removeEventListener('change', read);
      document.fonts.removeEventListener('loadingdone', read);
    };
  }

  toggle(): void {
    this.#choice = this.isDark ? 'light' : 'dark';
    try {
      localStorage.setItem(STORAGE_KEY, this.#choice);
    } catch {
      // A browser that keeps nothing still switches for this visit.
    }
    this.#apply();
  }

  #apply(): void {
    const root = document.documentElement;
    if (this.#choice === null) delete root.dataset['theme'];
    else root.dataset['theme'] = this.#choice;
    this.theme = readTheme(root);
  }
}

function storedChoice(): ThemeChoice | null {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : null;
  } catch {
    return null;
  }
}
