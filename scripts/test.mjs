/**
 * Runs the checks of this project, all of them or those that are named: `node scripts/test.mjs [STEP…]`.
 * A step that fails does not hold up the next. The last line says how many tests passed and failed.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { findBrowser } from './find-browser.mjs';

const unitReport = 'test-results/unit.json';
const e2eReport = 'test-results/e2e.json';

/** Each step is a list of commands: a file under node_modules and its arguments. */
const steps = new Map([
  [
    'types',
    [
      'typescript/bin/tsc --noEmit -p tsconfig.workers.json',
      'svelte-check/bin/svelte-check --tsconfig tsconfig.json --fail-on-warnings --output human',
    ],
  ],
  [
    'lint',
    [
      'eslint/bin/eslint.js --max-warnings 0 .',
      'prettier/bin/prettier.cjs --check --log-level warn .',
    ],
  ],
  [
    'unit',
    [`vitest/vitest.mjs run --reporter default --reporter json --outputFile.json ${unitReport}`],
  ],
  ['build', ['vite/bin/vite.js build --logLevel warn']],
  ['e2e', ['@playwright/test/cli.js test --reporter dot,json']],
]);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !steps.has(name));
if (unknown.length > 0) throw new Error(`no such step: ${unknown.join(', ')}`);

let passed = 0;
let failed = 0;
const broken = [];
for (const [name, commands] of steps) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const startedMs = performance.now();
  console.log(`\n── ${name}`);
  const report = reportOf(name);
  if (report !== null) rmSync(report, { force: true });
  if (name === 'e2e') announceBrowser();
  const isWell = commands.map(run).every(Boolean);
  const counts = countsOf(name, report);
  passed += counts.passed;
  failed += counts.failed;
  if (!isWell) {
    broken.push(name);
    // A step without tests, or one that broke before it had counted them, counts as one failure.
    if (counts.failed === 0) failed += 1;
  }
  console.log(
    `── ${name} ${isWell ? 'passed' : 'FAILED'} in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`,
  );
}

console.log(broken.length === 0 ? '' : `\nFailed steps: ${broken.join(', ')}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = broken.length === 0 ? 0 : 1;

/** @param {string} command @returns {boolean} whether it ended well */
function run(command) {
  const [file, ...rest] = command.split(' ');
  const { status } = spawnSync(process.execPath, [`node_modules/${file}`, ...rest], {
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: e2eReport },
  });
  return status === 0;
}

/** The runner itself says why, if there is none. */
function announceBrowser() {
  try {
    const { version, source } = findBrowser();
    console.log(`${version} (${source})`);
  } catch {
    return;
  }
}

/** @param {string} step */
function reportOf(step) {
  return step === 'unit' ? unitReport : step === 'e2e' ? e2eReport : null;
}

/** @param {string} step @param {string | null} file @returns {{ passed: number, failed: number }} */
function countsOf(step, file) {
  if (file === null) return { passed: 0, failed: 0 };
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return step === 'unit'
      ? { passed: report.numPassedTests, failed: report.numFailedTests }
      : { passed: report.stats.expected, failed: report.stats.unexpected };
  } catch {
    return { passed: 0, failed: 0 };
  }
}
