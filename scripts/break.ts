// `npm run break`: breaks the simulator on purpose, one small mistake at a time, and shows which test turns red for
// each. A mistake that no test notices is a hole in the tests. `-- NAME` plays only the mistakes whose name contains
// NAME. It works on a copy, so the checkout is never touched.

import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { mistakes, type Mistake } from './break/mistakes.ts';

const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const root = resolve('.');
const copy = join(root, 'node_modules', '.cache', 'break');

interface Verdict {
  readonly mistake: Mistake;
  /** The first tests that failed; empty: nobody noticed. */
  readonly red: readonly string[];
  /** Why nobody could notice. */
  readonly note?: string;
}

makeCopy();
const chosen = mistakes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((part) => name.includes(part)),
);
const before = redTests([...new Set(chosen.flatMap(({ tests }) => tests))]);
if (before.length > 0)
  throw new Error(`Without any mistake this is red already: ${before.join('; ')}`);
const verdicts = chosen.map((mistake) => {
  const verdict = play(mistake);
  const mark = verdict.red.length > 0 ? 'red  ' : 'GREEN';
  console.log(
    `${mark} ${mistake.name}\n      ${verdict.red[0] ?? verdict.note ?? 'no test noticed'}`,
  );
  return verdict;
});
rmSync(copy, { recursive: true, force: true });
const noticed = verdicts.filter(({ red }) => red.length > 0).length;
console.log(`${String(noticed)} of ${String(verdicts.length)} mistakes were noticed`);
if (noticed < verdicts.length) process.exitCode = 1;

/** Everything that git knows of, at its present state, with the packages linked. */
function makeCopy(): void {
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  for (const file of list.split('\n')) {
    if (file === '' || !existsSync(join(root, file))) continue; // Deleted, and not committed yet.
    cpSync(join(root, file), join(copy, file), { recursive: true, force: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

function play(mistake: Mistake): Verdict {
  const path = join(copy, mistake.file);
  const right = readFileSync(path, 'utf8');
  const places = right.split(mistake.right).length - 1;
  if (places !== 1) {
    return {
      mistake,
      red: [],
      note: `out of date: ${mistake.file} has ${String(places)} places that read “${mistake.right}”`,
    };
  }
  writeFileSync(
    path,
    right.replace(mistake.right, () => mistake.wrong),
  );
  try {
    return { mistake, red: redTests(mistake.tests) };
  } finally {
    writeFileSync(path, right);
  }
}

/** The names of the tests that fail in the copy; a file that does not even load counts by its own name. */
function redTests(files: readonly string[]): string[] {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [vitest, 'run', '--project', 'unit', '--bail', '1', '--reporter', 'json', ...files],
    { cwd: copy, encoding: 'utf8', timeout: 300_000, maxBuffer: 256 * 1024 * 1024 },
  );
  const start = stdout.indexOf('{');
  if (start < 0) return ['the test runner did not get to its report'];
  const report = JSON.parse(stdout.slice(start)) as {
    testResults: {
      name: string;
      status: string;
      assertionResults: { fullName: string; status: string }[];
    }[];
  };
  return report.testResults
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults }) => {
      const failed = assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName }) => fullName);
      return failed.length > 0 ? failed : [name.slice(copy.length + 1)];
    });
}
