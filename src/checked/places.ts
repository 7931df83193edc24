import type { ColourName } from '../design/theme.ts';
import { addressOf } from '../share/address.ts';
import { NOTHING_SAID } from '../../workers/scenario/link/link.ts';

/** A topic as a link writes it: `late-records`. */
export function slugOf(topic: string): string {
  return topic.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** The system whose colour the recordings of a folder bear. */
export function accentOf(dir: string): ColourName {
  if (dir === 'structured-streaming') return 'spark';
  return dir === 'trident' ? 'storm' : (dir as ColourName);
}

/** The link to a place among the recordings: `all`, an engine's folder, or one recording. */
export function hrefOf(place: string, topic: string | null = null): string {
  return addressOf({ ...NOTHING_SAID, checked: { place, topic } });
}
