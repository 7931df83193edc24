import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { decodeLink } from '../../workers/scenario/link/link.ts';
import { expect, test } from './fixtures.ts';
import {
  OPENING,
  button,
  goToSecond,
  openLink,
  secondOf,
  slider,
  traceHash,
  untilAnotherRun,
  untilRun,
} from './support/bench.ts';
import { traceHashInNode } from './support/inNode.ts';

const links = readFileSync('tests/links.txt', 'utf8')
  .split('\n')
  .filter((line) => /^#(s|checked|lesson)=/.test(line));
const pipelines = links.filter((link) => link.startsWith('#s=') && !isBench(link));

function isBench(link: string): boolean {
  const { content } = decodeLink(link);
  const scenario = content.ok ? content.value.scenario : null;
  return scenario !== null && 'kind' in scenario;
}

function inspector(page: Page) {
  return page.getByRole('complementary', { name: 'Inspector' });
}

/** The address on the "Share" strip. */
async function sharedLink(page: Page): Promise<string> {
  await button(page, 'Share').click();
  return page.getByRole('textbox', { name: 'Link' }).inputValue();
}

test('whoever opens the link sees the same run, moment and selection', async ({
  page,
  browser,
}) => {
  await openLink(page);
  await untilAnotherRun(page, () => slider(page, 'Window interval').fill('12'));
  await goToSecond(page, 33.3);
  await untilAnotherRun(page, () => button(page, 'Kill a1/agent').click());
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  const hash = await traceHash(page);
  const link = await sharedLink(page);
  expect(link.slice(link.indexOf('#')).length).toBeLessThan(500);

  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.locator('main')).toHaveAttribute('data-trace-hash', hash);
  expect(await secondOf(elsewhere)).toBe(33.3);
  await expect(slider(elsewhere, 'Window interval')).toHaveValue('12');
  await expect(slider(elsewhere, 'crash of a1/agent')).toHaveAttribute('aria-valuetext', '33.3 s');
  await expect(inspector(elsewhere)).toContainText('c1');
  await elsewhere.close();
});

test('a part that is not understood twice is listed once, and all parts are', async ({ page }) => {
  await openLink(page, '#s=1&zzz=1&zzz=2&a=1&b=1&c=1&d=1&e=1&f=1');
  const listed = page.getByRole('alert').getByRole('listitem');
  await expect(listed).toHaveCount(7);
});

test('a link beyond the end of the run shows its end', async ({ page }) => {
  await openLink(page, '#s=1&t=99999');
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', '120.0 s');
});

for (const [selection, words] of [
  ['record:999999', 'This run has no line 1000000.'],
  ['part:a1/none', 'This scene has no part a1/none.'],
] as const) {
  test(`a selection that is not there is said: ${selection}`, async ({ page }) => {
    await openLink(page, `#s=1&t=20&sel=${selection}`);
    await expect(inspector(page)).toContainText(words);
  });
}

test('the link is copied at the press of a button', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openLink(page);
  await goToSecond(page, 12);
  const link = await sharedLink(page);
  await button(page, 'Copy link').click();
  await expect(button(page, 'Copied')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
  // What is copied is not the link to another moment.
  await goToSecond(page, 13);
  await expect(button(page, 'Copied')).toBeHidden();
});

test('the address follows what is done, so that a reload changes nothing', async ({ page }) => {
  await openLink(page);
  await untilAnotherRun(page, () => slider(page, 'Slide interval').fill('8'));
  await goToSecond(page, 50);
  const hash = await traceHash(page);
  await expect.poll(() => page.url()).toContain('t=50');
  await page.reload();
  await expect(page.locator('main')).toHaveAttribute('data-trace-hash', hash);
  expect(await secondOf(page)).toBe(50);
});

test('a reload while it plays goes on where it was, to a second', async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 20);
  await button(page, 'Play').click();
  await expect.poll(() => secondOf(page)).toBeGreaterThan(22.5);
  await page.reload();
  await untilRun(page);
  expect(await secondOf(page)).toBeGreaterThan(21);
});

for (const [number, link] of [OPENING, ...pipelines.slice(1, 4)].entries()) {
  test(`link ${String(number + 1)} gives the same run in Chromium and in Node`, async ({
    page,
  }) => {
    await openLink(page, link);
    expect(await traceHash(page)).toBe(traceHashInNode(link));
  });
}

for (const [number, link] of links.entries()) {
  test(`link ${String(number + 1)} of those given out opens, with nothing to say about it`, async ({
    page,
  }) => {
    await page.goto(`./${link}`);
    if (pipelines.includes(link) || link.startsWith('#lesson=')) await untilRun(page);
    await expect(page.getByRole('heading').first()).toBeVisible();
    await expect(page.getByRole('alert')).toBeHidden();
  });
}

test('a refused interval in a link is the same run for everybody', async ({ page, browser }) => {
  await openLink(page);
  await untilAnotherRun(page, () => slider(page, 'Slide interval').fill('3'));
  const hash = await traceHash(page);
  const link = await sharedLink(page);
  expect(traceHashInNode(link.slice(link.indexOf('#')))).toBe(hash);
  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.locator('main')).toHaveAttribute('data-trace-hash', hash);
  await elsewhere.close();
});

test('a mangled link says so and offers the opening scene', async ({ page }) => {
  await page.goto('./#s=1.thisisnotalink&t=5');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('This link cannot be read.');
  await alert.getByRole('button', { name: 'Open the opening scene' }).click();
  await expect(alert).toBeHidden();
  await untilRun(page);
  // Today's, which a link without a scenario is about, and not the one that version 1 of links keeps for ever.
  await expect.poll(() => traceHash(page)).toBe(traceHashInNode('#t=0'));
});

test('what is not understood in a link is listed, and the rest is shown', async ({ page }) => {
  await openLink(page, '#s=1&colour=blue&t=5&window=wide');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('colour');
  await expect(alert).toContainText('window');
  expect(await secondOf(page)).toBe(5);
  await alert.getByRole('button', { name: 'Close' }).click();
  await expect(alert).toBeHidden();
});

test('a link that is typed into the address of the open page is opened', async ({ page }) => {
  await openLink(page);
  await page.evaluate(() => {
    location.hash = '#s=1&window=16&t=21';
  });
  await expect(slider(page, 'Window interval')).toHaveValue('16');
  await expect.poll(() => secondOf(page)).toBe(21);
});

test('a link whose slide Spark refuses runs the others, and says that this job was not started', async ({
  page,
}) => {
  await page.goto('#s=1&slide=3&t=30');
  await untilRun(page);
  const resultsOf = (engine: string) => page.getByRole('table', { name: `Results of ${engine}` });
  await expect(resultsOf('spark')).toContainText('this job was not started');
  await expect(resultsOf('flink')).not.toContainText('this job was not started');
  // By the slider, and in the lane that would be empty.
  const refusals = page.getByText(
    "slideDuration must be multiple of the parent dstream's slide (batch) duration",
  );
  await expect(refusals).toHaveCount(2);
  for (const refusal of await refusals.all()) await expect(refusal).toBeVisible();
  await expect(page.getByText('Window 8 s, slide 3 s in Storm and Flink')).toBeVisible();
  expect(await traceHash(page)).toBe(traceHashInNode('#s=1&slide=3&t=30'));
});
