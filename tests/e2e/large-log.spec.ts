import { openSync, closeSync, rmSync, writeSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { accessLogLines, textFile } from './support/accessLog.ts';
import {
  button,
  goToSecond,
  ledger,
  openLink,
  secondOf,
  slider,
  traceHash,
  untilAnotherRun,
} from './support/bench.ts';

const SIZE_BYTES = 50_000_000;
/** A page that hangs misses frames for seconds. Far above what a busy machine alone costs. */
const LONGEST_GAP_MS = 1500;

let path = '';

test.beforeEach(() => {
  path = test.info().outputPath('access.log');
  const block = Buffer.from(`${accessLogLines(10_000).join('\n')}\n`);
  const file = openSync(path, 'w');
  for (let written = 0; written < SIZE_BYTES; written += block.length) writeSync(file, block);
  closeSync(file);
});

test.afterEach(() => {
  rmSync(path, { force: true });
});

/** Watches the gaps between the frames of the page from now on. */
async function watchFrames(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const watch = window as unknown as { longestGapMs: number };
    watch.longestGapMs = 0;
    let lastMs = performance.now();
    requestAnimationFrame(function frame() {
      const nowMs = performance.now();
      watch.longestGapMs = Math.max(watch.longestGapMs, nowMs - lastMs);
      lastMs = nowMs;
      requestAnimationFrame(frame);
    });
  });
  return () => page.evaluate(() => (window as unknown as { longestGapMs: number }).longestGapMs);
}

function simulatingTheRest(page: Page) {
  return page.getByRole('progressbar', { name: 'Simulating the rest' });
}

function picker(page: Page) {
  return page.locator('input[type=file]');
}

test('fifty megabytes are read and run while the page stays alive', async ({ page }) => {
  test.setTimeout(180_000);
  await openLink(page);
  const longestGapMs = await watchFrames(page);
  await button(page, 'Play').click();
  await picker(page).setInputFiles(path);
  await expect(page.getByRole('progressbar', { name: 'Reading the file' })).toBeVisible();
  const playedS = await secondOf(page);
  await expect.poll(() => secondOf(page)).toBeGreaterThan(playedS);
  await expect(page.getByText(/access\.log: \d+ lines, all of them readable/)).toBeVisible({
    timeout: 90_000,
  });
  await button(page, 'Pause').click();
  // 50 lines a second.
  await goToSecond(page, 600);
  const written = async () => (await ledger(page))['spark']?.['all'];
  await expect.poll(written, { timeout: 90_000 }).toBeGreaterThanOrEqual(30_000);
  await expect(page.getByText(/The last \d+ lines lie after the end of the run/)).toBeVisible();
  expect(await longestGapMs()).toBeLessThan(LONGEST_GAP_MS);
});

test('reading can be cancelled, and what was there stays', async ({ page }) => {
  test.setTimeout(120_000);
  await openLink(page);
  const before = await traceHash(page);
  await picker(page).setInputFiles(path);
  await expect(page.getByRole('progressbar', { name: 'Reading the file' })).toBeVisible();
  await button(page, 'Cancel').click();
  await expect(page.getByText(/cancelled/)).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('progressbar', { name: 'Reading the file' })).toBeHidden();
  expect(await traceHash(page)).toBe(before);
  await goToSecond(page, 20);
  expect(await secondOf(page)).toBe(20);
});

/** Presses "Cancel" in the same moment in which the beginning of a long run is shown, however fast the machine is. */
async function cancelAfterBeginning(page: Page): Promise<void> {
  await page.evaluate(() => {
    const main = document.querySelector('main')!;
    new MutationObserver((_, observer) => {
      const progress = document.querySelector('progress[aria-label="Simulating the rest"]');
      const cancel = progress?.parentElement?.querySelector('button');
      if (cancel === undefined || cancel === null) return;
      cancel.click();
      observer.disconnect();
    }).observe(main, { attributeFilter: ['data-trace-hash'] });
  });
}

test('the rest of a long run can be cancelled, and its beginning stays', async ({ page }) => {
  test.setTimeout(60_000);
  await openLink(page);
  await cancelAfterBeginning(page);
  await untilAnotherRun(page, () =>
    picker(page).setInputFiles(textFile('long.log', accessLogLines(30_000))),
  );
  const beginning = await traceHash(page);
  await expect(simulatingTheRest(page)).toBeHidden();
  await goToSecond(page, 30);
  expect((await ledger(page))['spark']?.['all']).toBeGreaterThanOrEqual(30 * 50);
  // The beginning is a minute long.
  await goToSecond(page, 600);
  expect((await ledger(page))['spark']?.['all']).toBeLessThan(70 * 50);
  expect(await traceHash(page)).toBe(beginning);
  await expect(
    page.getByText('Simulated up to 60 s; what lies after it is not known.'),
  ).toBeVisible();
  await untilAnotherRun(page, () => button(page, 'Simulate the rest').click());
});

test('of a long run what is looked at is simulated first', async ({ page }) => {
  test.setTimeout(60_000);
  await openLink(page);
  await untilAnotherRun(page, () =>
    picker(page).setInputFiles(textFile('long.log', accessLogLines(30_000))),
  );
  await expect(simulatingTheRest(page)).toBeHidden();
  await goToSecond(page, 120);
  const first = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const read = () => document.querySelector('.ledger tbody td:last-child')?.textContent ?? '';
        new MutationObserver(() => {
          requestAnimationFrame(() => {
            resolve(read());
          });
        }).observe(document.querySelector('main')!, { attributeFilter: ['data-trace-hash'] });
      }),
  );
  await slider(page, 'Window interval').fill('12');
  // 50 lines a second.
  expect(Number(await first)).toBeGreaterThanOrEqual(120 * 50);
});
