import type { Part, PartGlyph, Pipe } from '../../workers/trace/format.ts';

/** Short ways to write the parts and pipes of a hand-made run. */
export function part(id: string, glyph: PartGlyph, holds: Part['holds'] = 'nothing'): Part {
  const [node = ''] = id.split('/');
  return {
    id,
    node,
    process: `${node}/process`,
    glyph,
    label: id.slice(node.length + 1),
    detail: '',
    holds,
    capacity: glyph === 'channel' ? 8 : null,
    changedDefaults: [],
  };
}

export function pipe(from: string, to: string, takes = true): Pipe {
  return { id: `${from} > ${to}`, from, to, takes };
}
