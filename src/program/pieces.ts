import type { ProgramText } from '../run/Run.ts';

/** A stretch of a line of program text; `knob` is set where a slider moves it. */
export interface Piece {
  readonly text: string;
  readonly knob: string | null;
}

/** A line cut at its marks. */
export function piecesOf(program: ProgramText, lineNumber: number): Piece[] {
  const line = program.lines[lineNumber] ?? '';
  const marks = program.marks
    .filter((mark) => mark.line === lineNumber)
    .sort((a, b) => a.start - b.start);
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end, knob } of marks) {
    if (start > at) pieces.push({ text: line.slice(at, start), knob: null });
    pieces.push({ text: line.slice(start, end), knob });
    at = end;
  }
  if (at < line.length) pieces.push({ text: line.slice(at), knob: null });
  return pieces;
}

const INTERVAL_FIELDS = ['batchIntervalMs', 'windowIntervalMs', 'slideIntervalMs'];

/** The numbers of the lines in which an interval stands. */
export function intervalLines(program: ProgramText): number[] {
  const lines = program.marks
    .filter(({ knob }) => INTERVAL_FIELDS.includes(knob))
    .map(({ line }) => line);
  return [...new Set(lines)].sort((a, b) => a - b);
}

/** In Python a function that is left out is given as None. */
const GIVEN_FUNCTION = /(?:lambda [^:]+: [^,)]+|None)/.source;
const GIVEN_FUNCTIONS = new RegExp(`${GIVEN_FUNCTION}(?:, ${GIVEN_FUNCTION})*`, 'g');

/** The line without what a narrow place has no room for: its indent, and the functions given to a call. */
export function shortPieces(program: ProgramText, lineNumber: number): Piece[] {
  return piecesOf(program, lineNumber).map(({ text, knob }, i) => ({
    text: knob === null ? (i === 0 ? text.trimStart() : text).replace(GIVEN_FUNCTIONS, '…') : text,
    knob,
  }));
}
