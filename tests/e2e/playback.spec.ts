import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  button,
  goToSecond,
  ledger,
  openLink,
  secondOf,
  slider,
  tabTo,
  unfold,
} from './support/bench.ts';

test.beforeEach(async ({ page }) => {
  await openLink(page);
});

/** The clock on the axis, and what the slider "Time" tells a screen reader. */
async function expectClock(page: Page, seconds: string): Promise<void> {
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', `${seconds} s`);
  const axis = page.getByRole('region', { name: 'Intervals' });
  await expect(axis.getByText(`${seconds} s`, { exact: true })).toBeVisible();
}

test('plays, pauses, and the clock follows', async ({ page }) => {
  await button(page, 'Play').click();
  await expect(button(page, 'Pause')).toBeVisible();
  await expect.poll(() => secondOf(page)).toBeGreaterThan(0.5);
  await button(page, 'Pause').click();
  await expect(button(page, 'Play')).toBeVisible();
  const stopped = await secondOf(page);
  await expectClock(page, stopped.toFixed(1));
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
  expect(await secondOf(page)).toBe(stopped);
});

test('plays backwards and stops at the beginning', async ({ page }) => {
  await goToSecond(page, 5);
  await slider(page, 'Speed').fill('1');
  await button(page, 'backwards').click();
  await expectClock(page, '0.0');
  await expect(button(page, 'Play')).toBeVisible();
});

test('stops at the end, and then plays from the beginning', async ({ page }) => {
  await goToSecond(page, 119);
  await slider(page, 'Speed').fill('1');
  await button(page, 'Play').click();
  await expectClock(page, '120.0');
  await expect(button(page, 'Play')).toBeVisible();
  await button(page, 'Play').click();
  await expect.poll(() => secondOf(page)).toBeLessThan(100);
});

test('runs tenfold and at a tenth, as the speed says', async ({ page }) => {
  await tabTo(page, slider(page, 'Speed'));
  await page.keyboard.press('End');
  await expect(page.getByText('1 s = 10 s', { exact: true })).toBeVisible();
  await expect(slider(page, 'Speed')).toHaveAttribute('aria-valuetext', '1 s = 10 s');
  await page.keyboard.press('Home');
  await expect(page.getByText('1 s = 0.1 s', { exact: true })).toBeVisible();
});

test('steps by record: each step is one more line', async ({ page }) => {
  await page.getByRole('radio', { name: 'record' }).click();
  for (const lines of [1, 2, 3]) {
    await button(page, 'Step forward').click();
    await expect.poll(async () => (await ledger(page))['spark']?.['all']).toBe(lines);
  }
  const third = await secondOf(page);
  await button(page, 'Step forward').click();
  await button(page, 'Step back').click();
  expect(await secondOf(page)).toBe(third);
});

test('steps by batch: every 2 s, both ways', async ({ page }) => {
  await page.getByRole('radio', { name: 'batch' }).click();
  await goToSecond(page, 11);
  await button(page, 'Step forward').click();
  await expectClock(page, '12.0');
  await button(page, 'Step forward').click();
  await expectClock(page, '14.0');
  await button(page, 'Step back').click();
  await expectClock(page, '12.0');
});

test('steps by window: to the next result of any lane', async ({ page }) => {
  await page.getByRole('radio', { name: 'window' }).click();
  await unfold(page, 'Log and tables');
  await goToSecond(page, 30);
  const visibleAt = (await page.locator('.tables tbody td:nth-of-type(1)').allInnerTexts())
    .map((text) => Number.parseFloat(text))
    .sort((a, b) => a - b);
  await goToSecond(page, 0);
  for (const seconds of visibleAt.slice(0, 3)) {
    await button(page, 'Step forward').click();
    await expect.poll(() => secondOf(page)).toBeCloseTo(seconds, 1);
  }
});

test('jumps to the next checkpoint, every 5 s, and back', async ({ page }) => {
  await goToSecond(page, 20);
  await button(page, 'checkpoint').click();
  const first = await secondOf(page);
  expect(first).toBeGreaterThan(20);
  await button(page, 'checkpoint').click();
  expect(await secondOf(page)).toBeCloseTo(first + 5, 1);
  await page.keyboard.press('[');
  expect(await secondOf(page)).toBe(first);
});

test('is run by the keyboard wherever one is on the page', async ({ page }) => {
  await page.keyboard.press('Space');
  await expect(button(page, 'Pause')).toBeVisible();
  await page.keyboard.press('Space');
  await expect(button(page, 'Play')).toBeVisible();
  await page.keyboard.press('End');
  await expectClock(page, '120.0');
  await page.keyboard.press('Home');
  await expectClock(page, '0.0');
  await page.keyboard.press('ArrowRight');
  const first = await secondOf(page);
  expect(first).toBeGreaterThan(0);
  await page.keyboard.press('ArrowRight');
  expect(await secondOf(page)).toBeGreaterThan(first);
  await page.keyboard.press('ArrowLeft');
  expect(await secondOf(page)).toBe(first);
  await page.keyboard.press(']');
  expect(await secondOf(page)).not.toBe(first);
});

test('is scrubbed by the keyboard', async ({ page }) => {
  await tabTo(page, slider(page, 'Time'));
  await page.keyboard.press('ArrowRight');
  await expectClock(page, '0.1');
  await page.keyboard.press('PageUp');
  expect(await secondOf(page)).toBeGreaterThan(1);
  await page.keyboard.press('End');
  await expectClock(page, '120.0');
  await page.keyboard.press('ArrowLeft');
  await expectClock(page, '119.9');
});

test('shows the same at a moment whichever way one came', async ({ page }) => {
  await goToSecond(page, 40);
  const coming = await ledger(page);
  await goToSecond(page, 90);
  expect(await ledger(page)).not.toEqual(coming);
  await goToSecond(page, 40);
  expect(await ledger(page)).toEqual(coming);
});

test('the axis shows less and more time', async ({ page }) => {
  const transport = page.getByRole('region', { name: 'Transport' });
  await expect(transport.getByText('24 s', { exact: true })).toBeVisible();
  await button(page, 'Show less time').click();
  await expect(transport.getByText('12 s', { exact: true })).toBeVisible();
  for (let i = 0; i < 4; i += 1) await button(page, 'Show more time').click();
  await expect(transport.getByText('120 s', { exact: true })).toBeVisible();
  await expect(button(page, 'Show more time')).toBeDisabled();
});
