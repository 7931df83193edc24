import type { Part } from '../../workers/trace/format.ts';

/** What a part is called in words: "channel c1 of a1". */
export function partName({ glyph, label, node }: Part): string {
  const kind = glyph.replaceAll('-', ' ');
  const named = label === kind || label === '' ? kind : `${kind} ${label}`;
  return `${named} of ${node}`;
}
