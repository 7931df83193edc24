// How a recording is written: one field a line, one step and one answer a line, and what is too long for a line opened.

import type { Recording } from '../../workers/scenario/recording.ts';

const WIDTH = 120;

const FIELDS = [
  'engine',
  'version',
  'alike',
  'since',
  'topic',
  'says',
  'clock',
  'component',
  'config',
  'script',
  'answers',
  'refusal',
] as const satisfies readonly (keyof Recording)[];

/** The recording as the text of its file. */
export function laidOut(recording: Recording): string {
  const fields = FIELDS.flatMap((field) => {
    const value = recording[field];
    if (value === undefined) return [];
    const text = field === 'script' || field === 'answers' ? opened(value, 2) : fitted(value, 2);
    return [`  ${JSON.stringify(field)}: ${text}`];
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

/** On one line where it fits, and otherwise one entry a line. */
function fitted(value: unknown, indent: number): string {
  const line = onOneLine(value);
  return indent + line.length <= WIDTH ? line : opened(value, indent);
}

function opened(value: unknown, indent: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Array.isArray(value)
    ? value.map((entry: unknown) => fitted(entry, indent + 2))
    : Object.entries(value).map(
        ([key, entry]) => `${JSON.stringify(key)}: ${fitted(entry, indent + 2)}`,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (entries.length === 0) return `${open}${close}`;
  const margin = ' '.repeat(indent);
  return `${open}\n${entries.map((entry) => `${margin}  ${entry}`).join(',\n')}\n${margin}${close}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, entry]) => `${JSON.stringify(key)}: ${onOneLine(entry)}`)
    .join(', ')}}`;
}
