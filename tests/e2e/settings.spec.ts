import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  button,
  goToSecond,
  openLink,
  slider,
  traceHash,
  unfold,
  untilAnotherRun,
} from './support/bench.ts';
import { traceHashInNode } from './support/inNode.ts';

function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

test.beforeEach(async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 40);
});

test('a Flume setting rewrites its one line and leaves the comments alone', async ({ page }) => {
  await button(page, 'sink k1 of a1').click();
  const text = inspector(page).getByRole('textbox', { name: 'a1.properties' });
  const before = await text.inputValue();
  const size = inspector(page).getByRole('spinbutton', { name: 'a1.sinks.k1.flumeBatchSize' });
  await size.fill('7');
  await untilAnotherRun(page, () => size.press('Enter'));
  await expect(text).toHaveValue(before.replace(/flumeBatchSize = \d+/, 'flumeBatchSize = 7'));
  expect(before).toContain('# What the channel holds is lost when the agent dies.');
});

test('the whole text of an agent can be edited and run', async ({ page }) => {
  await button(page, 'channel c1 of a1').click();
  const text = inspector(page).getByRole('textbox', { name: 'a1.properties' });
  const before = await text.inputValue();
  await text.fill(`${before}\na1.channels.c1.byteCapacityBufferPercentage = 10\n`);
  await button(page, 'Run with this text').click();
  await expect(text).toHaveValue(/byteCapacityBufferPercentage = 10/);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a text with which the agent starts nothing is said, and can be mended', async ({ page }) => {
  const before = await traceHash(page);
  await button(page, 'channel c1 of a1').click();
  const text = inspector(page).getByRole('textbox', { name: 'a1.properties' });
  const good = await text.inputValue();
  await text.fill('nonsense');
  await untilAnotherRun(page, () => button(page, 'Run with this text').click());
  await button(page, 'Close the inspector').click();
  await expect(page.getByRole('alert')).toContainText('the agent a1 starts nothing');
  await button(page, 'Show its text').click();
  // The agent's own words stand above it: a name without a value is none of any agent.
  await expect(inspector(page).locator('pre')).toContainText(
    /Agent configuration|No configuration/,
  );
  await text.fill(good);
  await untilAnotherRun(page, () => button(page, 'Run with this text').click());
  expect(await traceHash(page)).toBe(before);
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a setting takes whole steps only', async ({ page }) => {
  await button(page, 'channel c1 of a1').click();
  const capacity = inspector(page).getByRole('spinbutton', { name: 'a1.channels.c1.capacity' });
  await capacity.fill('1.5');
  await capacity.press('Enter');
  await expect(inspector(page).getByRole('alert')).toHaveText(
    '1.5 lies between two steps. 1 or 2 is taken. Until then it stays 1000.',
  );
  await expect(capacity).toHaveValue('1.5');
  await untilAnotherRun(page, async () => {
    await capacity.fill('2');
    await capacity.press('Enter');
  });
  await expect(inspector(page).getByRole('alert')).toBeHidden();
});

test('a cost that cannot be is told so, and none changes', async ({ page }) => {
  await unfold(page, 'Assumed, not measured');
  const cost = page.getByRole('spinbutton', { name: 'spark: tasks that run at once' });
  const hash = await traceHash(page);
  await cost.fill('0');
  await cost.press('Enter');
  await expect(page.getByRole('alert')).toContainText('0 is too small. From 1 to 1000 is taken.');
  await expect(cost).toHaveValue('0');
  expect(await traceHash(page)).toBe(hash);
});

test('a line is followed from the tables, without a mouse', async ({ page }) => {
  await unfold(page, 'Log and tables');
  const line = page.getByRole('spinbutton', { name: 'Follow line' });
  await line.fill('42');
  await line.press('Enter');
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Line 42');
});

test('four sliders, a Flume line, a fault, a selection and a time make a link under 500 characters', async ({
  page,
}) => {
  await slider(page, 'Batch interval').fill('2.5');
  await slider(page, 'Slide interval').fill('5');
  await slider(page, 'Window interval').fill('15');
  await slider(page, 'Watermark delay').fill('3.5');
  await button(page, 'sink k1 of a1').click();
  const size = inspector(page).getByRole('spinbutton', { name: 'a1.sinks.k1.flumeBatchSize' });
  await size.fill('7');
  await untilAnotherRun(page, () => size.press('Enter'));
  await untilAnotherRun(page, () =>
    inspector(page).getByRole('button', { name: 'Kill a1/agent' }).click(),
  );
  await button(page, 'Share').click();
  const url = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  const link = url.slice(url.indexOf('#'));
  expect(link.length).toBeLessThan(500);
  expect(link).toContain('t=40');
  expect(link).toContain('sel=part:a1/k1');
  expect(traceHashInNode(link)).toBe(await traceHash(page));
});
