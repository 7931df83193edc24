import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { accessLogLines, textFile, type SmallFile } from './support/accessLog.ts';
import {
  goToSecond,
  ledger,
  openLink,
  slider,
  untilAnotherRun,
  untilRun,
} from './support/bench.ts';

const EVERYTHING_ON_ITS_WAY_S = 119;

async function pick(page: Page, file: SmallFile): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open your own access log' }).click();
  await (await chooser).setFiles(file);
}

async function drop(page: Page, { name, mimeType, buffer }: SmallFile): Promise<void> {
  const data = await page.evaluateHandle(
    ([content, fileName, type]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], fileName, { type }));
      return transfer;
    },
    [buffer.toString(), name, mimeType] as const,
  );
  await page.dispatchEvent('main', 'dragover', { dataTransfer: data });
  await page.dispatchEvent('main', 'drop', { dataTransfer: data });
}

async function writtenLines(page: Page): Promise<number | undefined> {
  await goToSecond(page, EVERYTHING_ON_ITS_WAY_S);
  return (await ledger(page))['spark']?.['all'];
}

test('a log that is picked takes the place of the generated one', async ({ page }) => {
  await openLink(page);
  const log = textFile('mine.log', accessLogLines(300));
  await untilAnotherRun(page, () => pick(page, log));
  await expect(page.getByText('mine.log: 300 lines, all of them readable.')).toBeVisible();
  expect(await writtenLines(page)).toBe(300);
});

test('a log that is dropped anywhere on the page is shown', async ({ page }) => {
  await openLink(page);
  const log = textFile('dropped.log', accessLogLines(120));
  await untilAnotherRun(page, () => drop(page, log));
  await expect(page.getByText('dropped.log: 120 lines, all of them readable.')).toBeVisible();
  expect(await writtenLines(page)).toBe(120);
});

// 50 lines a second: the last is written at 59.98 s. Spark's windows fire as time passes, and count all. With a
// delay of 2 s the watermark of the others ends at 57.98 s, so their last window to fire ends at 56 s, and a line is
// counted in all of its windows of 8 s every 4 s if it was written before 52 s; in Storm, whose windows include
// their end, at 52 s too.
test('a log of 3,000 lines is counted as far as each engine’s clock goes', async ({ page }) => {
  await openLink(page);
  await untilAnotherRun(page, () => pick(page, textFile('long.log', accessLogLines(3000))));
  expect(await writtenLines(page)).toBe(3000);
  const right = Object.entries(await ledger(page)).map(([engine, counts]) => [
    engine,
    counts['right in every window'],
    counts['waiting for a result'],
  ]);
  expect(right).toEqual([
    ['spark', 3000, 0],
    ['storm', 52 * 50 + 1, 8 * 50 - 1],
    ['flink', 52 * 50, 8 * 50],
  ]);
});

test('lines that cannot be read are counted and left out', async ({ page }) => {
  await openLink(page);
  const lines = accessLogLines(50);
  lines.splice(10, 0, 'this is no line of a log', 'and neither is this');
  lines.splice(30, 0, '10.0.0.1 - - [99/Nix/2015:00:00:00 +0000] "GET / HTTP/1.1" 200 1');
  await untilAnotherRun(page, () => pick(page, textFile('torn.log', lines)));
  await expect(
    page.getByText('torn.log: 50 lines; 3 more cannot be read and are left out.'),
  ).toBeVisible();
  await page.getByText('What cannot be read').click();
  await expect(
    page.getByText('Line 11: there is no [time] after host, ident and user.'),
  ).toContainText('this is no line of a log');
  expect(await writtenLines(page)).toBe(50);
});

const GZIPPED: SmallFile = {
  name: 'access.log.1.gz',
  mimeType: 'application/gzip',
  buffer: gzipSync(accessLogLines(50).join('\n')),
};
const PICTURE: SmallFile = {
  name: 'picture.png',
  mimeType: 'image/png',
  buffer: Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
};
const WRONG_FILES: readonly (SmallFile & { readonly why: string })[] = [
  { name: 'empty.log', mimeType: 'text/plain', buffer: Buffer.alloc(0), why: 'is empty' },
  { ...PICTURE, why: 'holds no line of an access log in the common or combined format' },
  { ...GZIPPED, why: 'is compressed (gzip): unpack it' },
];

for (const file of WRONG_FILES) {
  test(`${file.name} is no log: the page says so and stays as it is`, async ({ page }) => {
    await openLink(page);
    const before = await writtenLines(page);
    await pick(page, file);
    await expect(page.getByText(`${file.name} ${file.why}`)).toBeVisible();
    expect(await writtenLines(page)).toBe(before);
  });
}

test('a file that is no log takes nothing from the log that is open', async ({ page }) => {
  await openLink(page);
  await untilAnotherRun(page, () => pick(page, textFile('mine.log', accessLogLines(60))));
  await pick(page, PICTURE);
  await expect(page.getByText('picture.png holds no line')).toBeVisible();
  await untilAnotherRun(page, () => slider(page, 'Window interval').press('ArrowRight'));
  expect(await writtenLines(page)).toBe(60);
});

test('who drops a file that is no log sees so, wherever on the page', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 640 });
  await openLink(page);
  await drop(page, PICTURE);
  await expect(page.getByText('picture.png holds no line')).toBeInViewport();
});

test('what was said of a log goes with it', async ({ page }) => {
  await openLink(page);
  await untilAnotherRun(page, () => pick(page, textFile('mine.log', accessLogLines(60))));
  await untilAnotherRun(page, () => page.goto('./#s=1&window=6'));
  await expect(page.getByText('mine.log')).toBeHidden();
});

test('a log is opened in the guided minute too, which is then over', async ({ page }) => {
  await page.goto('.');
  await untilRun(page);
  await untilAnotherRun(page, () => pick(page, textFile('mine.log', accessLogLines(60))));
  await expect(page.getByRole('button', { name: 'Skip the guide' })).toBeHidden();
});

test('a file that is dropped where nobody takes one does not make the browser leave', async ({
  page,
}) => {
  await page.goto('./#checked=all');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const isStopped = await page.evaluate(() => {
    const drop = new DragEvent('drop', { bubbles: true, cancelable: true });
    return !document.body.dispatchEvent(drop);
  });
  expect(isStopped).toBe(true);
});
