import { expect, test } from './fixtures.ts';
import { board, button, goToSecond, openLink, secondOf } from './support/bench.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test.beforeEach(async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 40);
});

test('a phone shows one lane at a time, by the same clock', async ({ page }) => {
  await expect(board(page, 'spark')).toBeVisible();
  await expect(board(page, 'flink')).toBeHidden();
  await page.getByRole('radio', { name: 'Flink' }).tap();
  await expect(board(page, 'flink')).toBeVisible();
  await expect(board(page, 'spark')).toBeHidden();
  expect(await secondOf(page)).toBe(40);
});

test('what is under a thumb is large enough for it', async ({ page }) => {
  for (const name of ['Step back', 'Play', 'Step forward']) {
    const box = (await button(page, name).boundingBox())!;
    expect(box.height, name).toBeGreaterThanOrEqual(44);
    expect(box.width, name).toBeGreaterThanOrEqual(44);
  }
});

test('Play is tapped without scrolling', async ({ page }) => {
  await page.evaluate(() => {
    scrollTo(0, 0);
  });
  await expect(button(page, 'Play')).toBeInViewport();
  await button(page, 'Play').tap();
  await expect.poll(() => secondOf(page)).toBeGreaterThan(40.5);
});
