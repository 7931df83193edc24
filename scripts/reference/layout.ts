// How a recording is written: one field a line, one step and one answer a line, and what is too long for a line opened.

import { jsonText, openedJsonText } from '../../workers/scenario/jsonText.ts';
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
    const write = field === 'script' || field === 'answers' ? openedJsonText : jsonText;
    return [`  ${JSON.stringify(field)}: ${write(value, WIDTH, 2)}`];
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}
