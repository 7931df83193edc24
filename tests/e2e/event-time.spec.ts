import { planePlace } from '../../src/eventtime/planeFrame.ts';
import { USUAL_SPAN_US } from '../../src/intervals/axisView.ts';
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

test('dragging the plane moves the time to the height of the pointer', async ({ page }) => {
  const plane = page.locator('.plane');
  await plane.scrollIntoViewIfNeeded();
  const box = (await plane.boundingBox())!;
  const { right, y } = planePlace({ fromUs: 0, toUs: USUAL_SPAN_US }, box.width, box.height);
  // At the right edge, far below the diagonal, lies no dot: nothing arrives before it happens.
  const moveTo = (second: number, steps: number) =>
    page.mouse.move(box.x + right - 2, box.y + y(second * 1e6), { steps });
  await moveTo(3, 1);
  await page.mouse.down();
  await expect.poll(() => secondOf(page)).toBeCloseTo(3, 0);
  await moveTo(9, 4);
  await page.mouse.up();
  await expect.poll(() => secondOf(page)).toBeCloseTo(9, 0);
});
