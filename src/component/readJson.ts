import { refused, type Answer } from '../../workers/scenario/problem.ts';

/** The plain data that a person wrote, or a sentence on why it is none. */
export function readJson(text: string): Answer<unknown> {
  if (text.trim() === '') return refused('', 'Nothing is written here.');
  try {
    return { ok: true, value: JSON.parse(text) as unknown };
  } catch (error) {
    return refused('', `This is not JSON: ${error instanceof Error ? error.message : 'unknown'}.`);
  }
}
