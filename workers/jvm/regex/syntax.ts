/**
 * The part of `java.util.regex.Pattern` (JDK 8 to 21) that can be matched in time proportional to the
 * text, read into a tree.
 *
 * Left out, and refused by name: back references, look-around, possessive quantifiers, atomic groups,
 * inline flags, \p classes and class intersections. Java's backtracking may take for ever on a
 * hostile pattern; what is left here cannot, so a pattern may come from a link.
 */

/** Pairs of first and last code unit. */
export type CharacterSet = { ranges: readonly (readonly [number, number])[]; negated: boolean };

export type Place = 'start' | 'end' | 'word boundary' | 'no word boundary';

export type Node =
  | { kind: 'character'; set: CharacterSet }
  | { kind: 'place'; place: Place }
  | { kind: 'sequence'; items: Node[] }
  | { kind: 'choice'; options: Node[] }
  | { kind: 'group'; index: number; name: string | null; body: Node }
  | { kind: 'repeat'; body: Node; least: number; most: number; greedy: boolean };

export class PatternSyntaxException extends Error {}

/** `most` of an open repetition. */
export const unlimited = Infinity;

const digits: CharacterSet['ranges'] = [[0x30, 0x39]];
const wordUnits: CharacterSet['ranges'] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const blanks: CharacterSet['ranges'] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const lineEnds: CharacterSet['ranges'] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];

const classes = new Map<string, CharacterSet>([
  ['d', { ranges: digits, negated: false }],
  ['D', { ranges: digits, negated: true }],
  ['w', { ranges: wordUnits, negated: false }],
  ['W', { ranges: wordUnits, negated: true }],
  ['s', { ranges: blanks, negated: false }],
  ['S', { ranges: blanks, negated: true }],
]);

const controls = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['f', '\f'],
  ['e', '\u001b'],
  ['a', '\u0007'],
]);

type Reader = { text: string; at: number; groups: number };

/** @throws PatternSyntaxException for what Java refuses, and for what this subset leaves out. */
export function parsePattern(text: string): { root: Node; groups: number } {
  const reader: Reader = { text, at: 0, groups: 0 };
  const root = parseChoice(reader);
  if (reader.at < text.length) throw syntaxError(reader, "Unmatched closing ')'");
  return { root, groups: reader.groups };
}

function syntaxError(reader: Reader, problem: string): PatternSyntaxException {
  return new PatternSyntaxException(`${problem} near index ${reader.at}\n${reader.text}`);
}

function parseChoice(reader: Reader): Node {
  const options = [parseSequence(reader)];
  while (take(reader, '|')) options.push(parseSequence(reader));
  return options.length === 1 ? (options[0] as Node) : { kind: 'choice', options };
}

function parseSequence(reader: Reader): Node {
  const items: Node[] = [];
  while (reader.at < reader.text.length && peek(reader) !== '|' && peek(reader) !== ')') {
    items.push(parseRepeat(reader, parseAtom(reader)));
  }
  return { kind: 'sequence', items };
}

function parseRepeat(reader: Reader, atom: Node): Node {
  let body = atom;
  for (;;) {
    const bounds = parseBounds(reader);
    if (bounds === null) return body;
    const greedy = !take(reader, '?');
    if (greedy && peek(reader) === '+') throw syntaxError(reader, 'Possessive quantifier left out');
    body = { kind: 'repeat', body, ...bounds, greedy };
  }
}

function parseBounds(reader: Reader): { least: number; most: number } | null {
  if (take(reader, '*')) return { least: 0, most: unlimited };
  if (take(reader, '+')) return { least: 1, most: unlimited };
  if (take(reader, '?')) return { least: 0, most: 1 };
  if (peek(reader) !== '{') return null;
  const written = /\{(\d{1,4})(,?)(\d{0,4})\}/y;
  written.lastIndex = reader.at;
  const found = written.exec(reader.text);
  if (found === null) throw syntaxError(reader, 'Illegal repetition');
  reader.at = written.lastIndex;
  const least = Number(found[1]);
  const most = found[2] === '' ? least : found[3] === '' ? unlimited : Number(found[3]);
  if (most < least) throw syntaxError(reader, 'Illegal repetition range');
  return { least, most };
}

function parseAtom(reader: Reader): Node {
  const character = next(reader);
  switch (character) {
    case '.':
      return { kind: 'character', set: { ranges: lineEnds, negated: true } };
    case '^':
      return { kind: 'place', place: 'start' };
    case '$':
      return { kind: 'place', place: 'end' };
    case '(':
      return parseGroup(reader);
    case '[':
      return { kind: 'character', set: parseClass(reader) };
    case '\\':
      return parseEscape(reader);
    case '*':
    case '+':
    case '?':
      reader.at--;
      throw syntaxError(reader, `Dangling meta character '${character}'`);
    default:
      return { kind: 'character', set: only(character) };
  }
}

function parseGroup(reader: Reader): Node {
  let name: string | null = null;
  let capturing = true;
  if (take(reader, '?')) {
    const named = /<([a-zA-Z][a-zA-Z0-9]*)>/y;
    named.lastIndex = reader.at;
    const found = named.exec(reader.text);
    if (found !== null) {
      name = found[1] as string;
      reader.at = named.lastIndex;
    } else if (take(reader, ':')) {
      capturing = false;
    } else {
      throw syntaxError(reader, 'Look-around, flags and atomic groups left out');
    }
  }
  const index = capturing ? ++reader.groups : 0;
  const body = parseChoice(reader);
  if (!take(reader, ')')) throw syntaxError(reader, 'Unclosed group');
  return capturing ? { kind: 'group', index, name, body } : body;
}

function parseEscape(reader: Reader): Node {
  if (reader.at >= reader.text.length) throw syntaxError(reader, 'Unexpected internal error');
  if (take(reader, 'b')) return { kind: 'place', place: 'word boundary' };
  if (take(reader, 'B')) return { kind: 'place', place: 'no word boundary' };
  if (/[1-9]/.test(peek(reader))) throw syntaxError(reader, 'Back reference left out');
  return { kind: 'character', set: escapedSet(reader) };
}

function escapedSet(reader: Reader): CharacterSet {
  const character = next(reader);
  const named = classes.get(character);
  if (named !== undefined) return named;
  if (character === 'u' || character === 'x') return only(hexadecimal(reader, character));
  const control = controls.get(character);
  if (control !== undefined) return only(control);
  if (/[a-zA-Z]/.test(character)) {
    throw syntaxError(reader, 'Illegal/unsupported escape sequence');
  }
  return only(character);
}

function hexadecimal(reader: Reader, letter: 'u' | 'x'): string {
  const length = letter === 'u' ? 4 : 2;
  const written = reader.text.slice(reader.at, reader.at + length);
  if (written.length < length || !/^[\da-fA-F]+$/.test(written)) {
    throw syntaxError(reader, 'Illegal hexadecimal escape sequence');
  }
  reader.at += length;
  return String.fromCharCode(parseInt(written, 16));
}

function parseClass(reader: Reader): CharacterSet {
  const negated = take(reader, '^');
  const ranges: (readonly [number, number])[] = [];
  while (peek(reader) !== ']' || ranges.length === 0) {
    if (reader.at >= reader.text.length) throw syntaxError(reader, 'Unclosed character class');
    if (peek(reader) === '[' || reader.text.startsWith('&&', reader.at)) {
      throw syntaxError(reader, 'Nested character class left out');
    }
    const low = classItem(reader);
    const single = low.ranges.length === 1 && low.ranges[0]?.[0] === low.ranges[0]?.[1];
    const ranged = single && peek(reader) === '-' && reader.text[reader.at + 1] !== ']';
    if (ranged && reader.at + 1 < reader.text.length) {
      reader.at++;
      const first = low.ranges[0]?.[0] ?? 0;
      const last = classItem(reader).ranges[0]?.[1] ?? 0;
      if (last < first) throw syntaxError(reader, 'Illegal character range');
      ranges.push([first, last]);
    } else {
      ranges.push(...(low.negated ? complement(low.ranges) : low.ranges));
    }
  }
  reader.at++;
  return { ranges, negated };
}

function classItem(reader: Reader): CharacterSet {
  return take(reader, '\\') ? escapedSet(reader) : only(next(reader));
}

/** What lies between sorted ranges. */
function complement(ranges: CharacterSet['ranges']): (readonly [number, number])[] {
  const gaps: (readonly [number, number])[] = [];
  let from = 0;
  for (const [first, last] of ranges) {
    if (first > from) gaps.push([from, first - 1]);
    from = last + 1;
  }
  gaps.push([from, 0xffff]);
  return gaps;
}

function only(character: string): CharacterSet {
  const unit = character.charCodeAt(0);
  return { ranges: [[unit, unit]], negated: false };
}

function peek(reader: Reader): string {
  return reader.text[reader.at] ?? '';
}

function next(reader: Reader): string {
  return reader.text[reader.at++] ?? '';
}

function take(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}
