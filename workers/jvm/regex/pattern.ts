/**
 * Regular expressions as Java programs use them: `Matcher.find`, `Matcher.matches`, `replaceAll`
 * (JDK 8 to 21), for the linear subset of `syntax.ts`.
 *
 * The pattern becomes a small program that is run over the text with all its threads at once, in
 * order of preference (Thompson and Pike). The first thread to match is the one that Java's
 * backtracking would have found, in time proportional to text × pattern.
 *
 * Simplification: a group repeated without a character, as in `(a*)*` over "b", counts as unmatched.
 */
import { parsePattern, PatternSyntaxException, unlimited } from './syntax.ts';
import type { CharacterSet, Node, Place } from './syntax.ts';

type Instruction =
  | { op: 'character'; set: CharacterSet }
  | { op: 'place'; place: Place }
  | { op: 'split'; preferred: number; other: number }
  | { op: 'jump'; to: number }
  | { op: 'save'; slot: number }
  | { op: 'match' };

export interface Pattern {
  readonly source: string;
  readonly program: readonly Instruction[];
  /** Capturing groups, the whole match not counted. */
  readonly groups: number;
}

/** Offsets of one match: start and end of the whole, then of each group, −1 where unmatched. */
export type Match = readonly number[];

/** Repetitions are written out, so a bound is needed on what a pattern may grow to. */
const maxInstructions = 5000;

/** @throws PatternSyntaxException */
export function compilePattern(source: string): Pattern {
  const { root, groups } = parsePattern(source);
  const program: Instruction[] = [];
  emit(program, { kind: 'group', index: 0, name: null, body: root });
  program.push({ op: 'match' });
  return { source, program, groups };
}

/** The leftmost match at or after `from`, or null. */
export function find(pattern: Pattern, text: string, from = 0): Match | null {
  return run(pattern, text, from, false);
}

/** Whether the pattern covers the whole text. */
export function matches(pattern: Pattern, text: string): boolean {
  return run(pattern, text, 0, true) !== null;
}

/** The text of a group, 0 for the whole match; null where an optional group took no part. */
export function group(match: Match, text: string, index: number): string | null {
  const start = match[2 * index] ?? -1;
  const end = match[2 * index + 1] ?? -1;
  return start < 0 || end < 0 ? null : text.slice(start, end);
}

/**
 * `Matcher.replaceAll`: `$1` stands for a group, `\` takes the next character as it is.
 *
 * @throws PatternSyntaxException for a reference to a group that the pattern does not have
 */
export function replaceAll(pattern: Pattern, text: string, replacement: string): string {
  let result = '';
  let copied = 0;
  let from = 0;
  while (from <= text.length) {
    const match = find(pattern, text, from);
    if (match === null) break;
    const [start, end] = match as [number, number];
    result += text.slice(copied, start) + expand(pattern, replacement, match, text);
    copied = end;
    from = end > start ? end : end + 1;
  }
  return result + text.slice(copied);
}

function expand(pattern: Pattern, replacement: string, match: Match, text: string): string {
  return replacement.replace(
    /\\([\s\S])|\$(\d)|\$/g,
    (_written, escaped: string | undefined, digit: string | undefined) => {
      if (escaped !== undefined) return escaped;
      if (digit === undefined) throw new PatternSyntaxException('Illegal group reference');
      if (Number(digit) > pattern.groups) throw new PatternSyntaxException(`No group ${digit}`);
      return group(match, text, Number(digit)) ?? '';
    },
  );
}

function emit(program: Instruction[], node: Node): void {
  if (program.length > maxInstructions) throw new PatternSyntaxException('Pattern too large');
  switch (node.kind) {
    case 'character':
      program.push({ op: 'character', set: node.set });
      return;
    case 'place':
      program.push({ op: 'place', place: node.place });
      return;
    case 'sequence':
      for (const item of node.items) emit(program, item);
      return;
    case 'choice':
      emitChoice(program, node.options);
      return;
    case 'group':
      program.push({ op: 'save', slot: 2 * node.index });
      emit(program, node.body);
      program.push({ op: 'save', slot: 2 * node.index + 1 });
      return;
    case 'repeat':
      emitRepeat(program, node);
  }
}

function emitChoice(program: Instruction[], options: readonly Node[]): void {
  const jumps: { op: 'jump'; to: number }[] = [];
  options.forEach((option, index) => {
    if (index === options.length - 1) {
      emit(program, option);
      return;
    }
    const split = { op: 'split' as const, preferred: program.length + 1, other: 0 };
    program.push(split);
    emit(program, option);
    const jump = { op: 'jump' as const, to: 0 };
    program.push(jump);
    jumps.push(jump);
    split.other = program.length;
  });
  for (const jump of jumps) jump.to = program.length;
}

function emitRepeat(program: Instruction[], node: Extract<Node, { kind: 'repeat' }>): void {
  for (let i = 0; i < node.least; i++) emit(program, node.body);
  if (node.most === unlimited) {
    const split = openSplit(program);
    emit(program, node.body);
    program.push({ op: 'jump', to: split.at });
    closeSplit(split, program.length, node.greedy);
    return;
  }
  const splits: Split[] = [];
  for (let i = node.least; i < node.most; i++) {
    splits.push(openSplit(program));
    emit(program, node.body);
  }
  for (const split of splits) closeSplit(split, program.length, node.greedy);
}

type Split = { at: number; instruction: Extract<Instruction, { op: 'split' }> };

function openSplit(program: Instruction[]): Split {
  const at = program.length;
  const instruction = { op: 'split' as const, preferred: at + 1, other: at + 1 };
  program.push(instruction);
  return { at, instruction };
}

/** A greedy split prefers the body, which follows it; a lazy one prefers the way out. */
function closeSplit(split: Split, exit: number, greedy: boolean): void {
  if (greedy) split.instruction.other = exit;
  else split.instruction.preferred = exit;
}

type Thread = { at: number; saved: number[] };

function run(pattern: Pattern, text: string, from: number, whole: boolean): Match | null {
  const { program } = pattern;
  const seen = new Int32Array(program.length).fill(-1);
  let threads: Thread[] = [];
  let best: number[] | null = null;
  for (let position = from; position <= text.length; position++) {
    if (best === null && (position === from || !whole)) {
      addThread(program, text, position, { at: 0, saved: [] }, threads, seen);
    }
    if (threads.length === 0 && (best !== null || whole)) break;
    const unit = text.charCodeAt(position);
    const following: Thread[] = [];
    for (const thread of threads) {
      const instruction = program[thread.at] as Instruction;
      if (instruction.op === 'match') {
        if (whole && position < text.length) continue;
        best = thread.saved;
        // Threads behind this one are those that backtracking would have tried later.
        break;
      }
      if (instruction.op === 'character' && position < text.length && has(instruction.set, unit)) {
        const moved = { at: thread.at + 1, saved: thread.saved };
        addThread(program, text, position + 1, moved, following, seen);
      }
    }
    threads = following;
  }
  return best === null ? null : padded(best, pattern.groups);
}

/** Follows everything that needs no character; `seen` holds the position of the last visit. */
function addThread(
  program: readonly Instruction[],
  text: string,
  position: number,
  start: Thread,
  threads: Thread[],
  seen: Int32Array,
): void {
  const pending = [start];
  for (let thread = pending.pop(); thread !== undefined; thread = pending.pop()) {
    if (seen[thread.at] === position) continue;
    seen[thread.at] = position;
    const { at, saved } = thread;
    const instruction = program[at] as Instruction;
    switch (instruction.op) {
      case 'jump':
        pending.push({ at: instruction.to, saved });
        break;
      case 'split':
        pending.push({ at: instruction.other, saved }, { at: instruction.preferred, saved });
        break;
      case 'save': {
        const copy = saved.slice();
        copy[instruction.slot] = position;
        pending.push({ at: at + 1, saved: copy });
        break;
      }
      case 'place':
        if (holds(instruction.place, text, position)) pending.push({ at: at + 1, saved });
        break;
      default:
        threads.push(thread);
    }
  }
}

function holds(place: Place, text: string, position: number): boolean {
  switch (place) {
    case 'start':
      return position === 0;
    case 'end':
      // Java's $ also stands before a final line terminator.
      return /^(?:\r\n|[\n\r\u0085\u2028\u2029])?$/.test(text.slice(position, position + 3));
    case 'word boundary':
      return isWord(text, position - 1) !== isWord(text, position);
    case 'no word boundary':
      return isWord(text, position - 1) === isWord(text, position);
  }
}

function isWord(text: string, index: number): boolean {
  return /\w/.test(text[index] ?? '');
}

function has(set: CharacterSet, unit: number): boolean {
  for (const range of set.ranges) {
    if (unit >= range[0] && unit <= range[1]) return !set.negated;
  }
  return set.negated;
}

function padded(saved: readonly number[], groups: number): number[] {
  return Array.from({ length: 2 * groups + 2 }, (_unused, slot) => saved[slot] ?? -1);
}
