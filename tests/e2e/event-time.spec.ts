import { expect, test } from './fixtures.ts';
import { goToSecond, openLink, secondOf, unfold } from './support/bench.ts';

test.beforeEach(async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 20);
  await unfold(page, 'Event time and processing time');
});

test('the windows of the plane are told as a table, lane by lane', async ({ page }) => {
  const engines = page.getByRole('radiogroup', { name: 'Engine on the plane' });
  await expect(engines.getByRole('radio', { name: 'Flink' })).toBeChecked();
  await engines.getByRole('radio', { name: 'Spark' }).click();
  await expect(page.getByText('windows lie across')).toBeVisible();
  // Window 8 s, slide 4 s: Spark counts from the start of the stream, so a window ends at 12 s.
  const windows = page.locator('details').filter({ hasText: 'Event time' }).getByRole('table');
  await expect(windows.getByRole('row', { name: '4 to 12 s' })).toBeVisible();
});

test('dragging the plane moves the time', async ({ page }) => {
  const plane = page.locator('.plane');
  await plane.scrollIntoViewIfNeeded();
  const box = (await plane.boundingBox())!;
  // The left edge is long past in event time: no dot lies there.
  const x = box.x + box.width - 30;
  await page.mouse.move(x, box.y + box.height - 60);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height - 120, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => secondOf(page)).not.toBe(20);
});
