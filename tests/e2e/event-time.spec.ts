import type { Locator } from '@playwright/test';
import { planePlace } from '../../src/eventtime/planeFrame.ts';
import { USUAL_SPAN_US } from '../../src/intervals/axisView.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { goToSecond, openLink, secondOf, unfold } from './support/bench.ts';

test.describe('on the bench', () => {
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
});

test.describe('in a lesson about event time', () => {
  const LESSON = '#lesson=06-flink/02-event-time&step=5';

  const topOf = async (locator: Locator) => (await locator.boundingBox())!.y;

  test('the plane is the picture, and each of its few records is told in words', async ({
    page,
  }) => {
    await openLink(page, LESSON);
    await expect(page.locator('.plane')).toBeVisible();
    expect(await topOf(page.locator('.plane'))).toBeLessThan(
      await topOf(page.locator('.stage').first()),
    );
    // Where no Spark lane is, the sliders do not bear Spark's names.
    await expect(page.getByText('slideDuration')).toHaveCount(0);
    const records = page.getByRole('list', { name: 'Records on the plane' });
    const late = records.getByText('stamped 3.6 s');
    // What becomes of it is told when it has become of it.
    await expect(late).toHaveText(/^stamped 3\.6 s, taken at 8\.\d+ s$/);
    await goToSecond(page, 9);
    await expect(late).toHaveText(/, late, and its window fires again$/);
    await goToSecond(page, 14);
    const later = records.getByText('stamped 2.7 s');
    await expect(later).toHaveText(/, late and dropped$/);
    const aside = page.getByRole('group', { name: 'sideOutputLateData' });
    await aside.getByRole('radio', { name: 'true' }).check();
    await expect(later).toHaveText(/, late and in the side output$/);
  });

  test('on a phone it stands above the text', async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await openLink(page, LESSON);
    const text = page.getByRole('heading', { level: 2, name: 'Late, and counted after all' });
    expect(await topOf(page.locator('.plane'))).toBeLessThan(await topOf(text));
    expect(await topOf(text)).toBeLessThan(await topOf(page.getByLabel('Intervals')));
  });

  for (const width of [390, 1440]) {
    test(`axe finds nothing in it ${String(width)} wide`, async ({ page }) => {
      await page.setViewportSize({ width, height: width < 600 ? 2600 : 900 });
      await openLink(page, LESSON);
      await expect(page.locator('.plane')).toBeVisible();
      await expectAccessible(page);
    });
  }
});
