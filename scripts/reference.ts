// `npm run reference`: runs the real engines afresh and writes down what they do; `-- DIR …` only those that are named.
// Nothing of install, start or test needs this.

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missing } from './reference/needs.ts';
import { recorders, type Recorder } from './reference/recorders.ts';
import { readLines, shelve, type Changes } from './reference/shelf.ts';

const LAST_LINES = 80;

const asked = process.argv.slice(2);
const unknown = asked.filter((dir) => !recorders.some((recorder) => recorder.dir === dir));
if (unknown.length > 0) {
  console.error(
    `There is no recorder ${unknown.join(', ')}; there are ${recorders.map(({ dir }) => dir).join(', ')}.`,
  );
  process.exitCode = 2;
} else recordAll(recorders.filter(({ dir }) => asked.length === 0 || asked.includes(dir)));

function recordAll(chosen: readonly Recorder[]): void {
  const ready = chosen.filter(({ entry }) => existsSync(entry));
  for (const { dir, entry } of chosen) {
    if (!existsSync(entry))
      console.log(`${dir}: nothing records this engine yet (${entry} is not there).`);
  }
  const sentences = missing(ready.flatMap(({ needs }) => needs));
  for (const sentence of sentences) console.error(sentence);
  if (sentences.length > 0) {
    process.exitCode = 2;
    return;
  }
  for (const recorder of ready) {
    try {
      say(recorder.dir, record(recorder));
    } catch (error) {
      console.error(`${recorder.dir}: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
}

/** @throws with what went wrong; the recordings from before are still there then */
function record({ dir, engine, command }: Recorder): Changes {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-'));
  const out = join(folder, 'recordings.jsonl');
  const log = join(folder, 'log');
  try {
    const [program = '', ...words] = command(out);
    console.log(`${dir}: ${program} ${words.join(' ')}`);
    const output = openSync(log, 'w');
    const { status, error } = spawnSync(program, words, { stdio: ['ignore', output, output] });
    closeSync(output);
    if (error) throw error;
    if (status !== 0 || !existsSync(out)) {
      const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LAST_LINES).join('\n');
      throw new Error(`the recorder ended with status ${String(status)}; its last words:\n${end}`);
    }
    return shelve(dir, readLines(readFileSync(out, 'utf8'), engine));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function say(dir: string, { added, changed, deleted, same }: Changes): void {
  const counts = `${String(same.length)} as before`;
  console.log(
    `${dir}: ${counts}, ${String(added.length)} new, ${String(changed.length)} changed, ${String(deleted.length)} gone`,
  );
  for (const [word, names] of [
    ['new', added],
    ['changed', changed],
    ['gone', deleted],
  ] as const) {
    for (const name of names) console.log(`  ${word}: ${name}`);
  }
}
