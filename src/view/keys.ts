import type { Playhead } from '../playback/Playhead.svelte.ts';

/**
 * The keyboard of the whole page. Keys that a focused control uses itself are left to it.
 * @returns whether the key was taken
 */
export function handleKey(
  event: KeyboardEvent,
  playhead: Playhead,
  jump: (back: boolean) => void,
): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement | null;
  const isIn = (what: string): boolean => (target?.closest(what) ?? null) !== null;
  const inField = isIn('input, textarea, select, [role="slider"]');
  const onButton = isIn('button, a, summary');
  if (event.key === ' ' && !inField && !onButton) {
    if (event.shiftKey && !playhead.playing) playhead.play(true);
    else playhead.toggle();
    return true;
  }
  if (inField) return false;
  if (event.key === 'ArrowRight') playhead.stepForward();
  else if (event.key === 'ArrowLeft') playhead.stepBack();
  else if (event.key === ']') jump(false);
  else if (event.key === '[') jump(true);
  else if (event.key === 'Home') playhead.seek(0);
  else if (event.key === 'End') playhead.seek(playhead.durationUs);
  else return false;
  return true;
}
