// The folder of an engine's recordings: what a recorder wrote is checked whole before anything on the shelf is touched.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemText } from '../../workers/scenario/problem.ts';
import { readRecording, type Recording } from '../../workers/scenario/recording.ts';
import { laidOut } from './layout.ts';

const ROOT = 'reference/recordings';

export interface Changes {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly deleted: readonly string[];
  readonly same: readonly string[];
}

/**
 * The recordings that a recorder wrote, by case.
 * @throws with a sentence for each line that is no recording of the engine
 */
export function readLines(text: string, engine: string): Map<string, Recording> {
  const cases = new Map<string, Recording>();
  const problems: string[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const { case: name, ...fields } = JSON.parse(line) as Record<string, unknown>;
    const read = readRecording(fields);
    const complain = (message: string) =>
      problems.push(`line ${String(index + 1)} (${String(name)}): ${message}`);
    if (typeof name !== 'string' || !/^[a-z0-9]+([.-][a-z0-9]+)*$/u.test(name)) {
      complain('the name of a case is kebab-case');
    } else if (!read.ok) read.problems.forEach((problem) => complain(problemText(problem)));
    else if (read.value.engine !== engine)
      complain(`the engine is ${read.value.engine}, not ${engine}`);
    else if (cases.has(name)) complain('there is a case of this name already');
    else cases.set(name, read.value);
  }
  if (cases.size === 0 && problems.length === 0) problems.push('it wrote no recording');
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return cases;
}

/** Makes the folder hold exactly these recordings. */
export function shelve(dir: string, cases: ReadonlyMap<string, Recording>): Changes {
  const folder = join(ROOT, dir);
  mkdirSync(folder, { recursive: true });
  const changes = { added: [], changed: [], deleted: [], same: [] } as Record<
    keyof Changes,
    string[]
  >;
  for (const [name, recording] of cases) {
    const file = join(folder, `${name}.json`);
    const text = laidOut(recording);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : null;
    changes[before === null ? 'added' : before === text ? 'same' : 'changed'].push(name);
    if (before !== text) writeFileSync(file, text);
  }
  for (const file of readdirSync(folder)) {
    const name = file.replace(/\.json$/u, '');
    if (cases.has(name)) continue;
    rmSync(join(folder, file));
    changes.deleted.push(name);
  }
  return changes;
}
