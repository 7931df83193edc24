import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { button, slider, untilRun } from './support/bench.ts';

const SPARK = '#lesson=04-spark/01-batch-slide-window';

/** Presses Tab until `target` has the focus, as a person does who sees where it is. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not get there');
}

async function press(page: Page, name: string): Promise<void> {
  const target = button(page, name);
  await tabTo(page, target);
  await expect(target).toBeEnabled();
  await page.keyboard.press('Enter');
}

/** Presses the page's action and lets the run be over at once. */
async function actAndSkip(page: Page, action: string): Promise<void> {
  await press(page, action);
  await page.keyboard.press('End');
  await expect(button(page, 'Play it again')).toBeVisible();
}

async function turnTo(page: Page, title: string): Promise<void> {
  await press(page, 'Next');
  await expect(page.getByRole('heading', { level: 2, name: title })).toBeFocused();
}

test('a lesson can be played through with the keyboard alone', async ({ page }) => {
  test.slow();
  await page.goto('./#s=1');
  await untilRun(page);
  await tabTo(page, page.getByRole('link', { name: 'Lessons' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: 'Batch, slide, window' }));
  await page.keyboard.press('Enter');

  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Batch, slide, window');
  await actAndSkip(page, 'Run to 6 s');

  await turnTo(page, 'The slide says when');
  await expect(button(page, 'Run to 7 s and see')).toBeDisabled();
  await tabTo(page, page.getByRole('radio', { name: 'after one batch' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'after one slide' })).toBeChecked();
  await actAndSkip(page, 'Run to 7 s and see');
  await expect(page.getByText('4 s: exactly right.')).toBeVisible();

  await turnTo(page, 'The window looks back');
  await tabTo(page, page.getByRole('radio', { name: 'the last 2 s' }));
  await page.keyboard.press('Space');
  await actAndSkip(page, 'Run until it is there');
  await expect(page.getByText(/^You said \d+\. The run says \d+\.$/)).toBeVisible();

  await turnTo(page, 'Results overlap');
  const lastBatch = page.getByRole('group', { name: '10 to 12 s' });
  await tabTo(page, lastBatch.getByRole('button').first());
  await page.keyboard.press('Space');
  await actAndSkip(page, 'Run and compare');
  await expect(page.getByText(/^1 right, \d+ missed\./)).toBeVisible();

  await turnTo(page, 'What is refused, and by whom');
  await actAndSkip(page, 'Ask for a slide of 3 s');
  const lesson = page.getByRole('region', { name: 'Lesson' });
  await expect(lesson).toContainText(
    "slideDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
  );

  await turnTo(page, 'Count again, or take away');
  const choose = (group: string, value: string) =>
    page.getByRole('group', { name: group }).getByRole('radio', { name: value });
  await tabTo(page, choose('inverseFunction', 'false'));
  await page.keyboard.press('ArrowDown');
  await expect(lesson).toContainText('The checkpoint directory has not been set.');
  await tabTo(page, choose('checkpoint', 'false'));
  await page.keyboard.press('ArrowDown');
  await expect(lesson).not.toContainText('The checkpoint directory has not been set.');
  await expect(lesson).toContainText(/was \d+/);

  await turnTo(page, 'Make it fresh');
  await expect(page.getByText('Not yet.')).toBeVisible();
  await tabTo(page, slider(page, 'Batch interval'));
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await tabTo(page, slider(page, 'Slide interval'));
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByText('It holds.')).toBeVisible();
  await expect(page.getByText('2 changes, par 2')).toBeVisible();

  await press(page, 'Next');
  await press(page, 'To the open bench');
  await expect(lesson).toBeHidden();
  await expect(slider(page, 'Slide interval')).toHaveValue('3');

  await page.goto('./#lesson=contents');
  await expect(page.getByText('page 8 of 8 seen, goal reached')).toBeVisible();
});

test('a link opens a page of a lesson, and says so where there is no such lesson', async ({
  page,
}) => {
  await page.goto(`./${SPARK}&step=7`);
  await expect(page.getByRole('heading', { level: 2, name: 'Make it fresh' })).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`${SPARK}&step=7&t=0$`));
  await page.goto('./#lesson=07-none/01-such');
  await expect(page.getByText('There is no lesson 07-none/01-such.')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
});

test('what was changed in a lesson is in its link', async ({ page, context }) => {
  await page.goto(`./${SPARK}&step=7`);
  await untilRun(page);
  await slider(page, 'Batch interval').fill('1');
  await expect(page).toHaveURL(/batch=1/);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(slider(other, 'Batch interval')).toHaveValue('1');
  await expect(other.getByText('1 change, par 2')).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [390, 768, 1440]) {
    test(`axe finds nothing in a lesson ${String(width)} wide (${colorScheme})`, async ({
      page,
    }) => {
      // So high that the transport, which stays at the bottom, covers nothing half.
      await page.setViewportSize({ width, height: width < 600 ? 2600 : 900 });
      await page.emulateMedia({ colorScheme });
      await page.goto(`./${SPARK}&step=4`);
      await untilRun(page);
      await expect(page.getByRole('group', { name: '0 to 2 s' })).toBeVisible();
      await expectAccessible(page);
    });
  }
}

test('every lesson is listed under the system that it is about', async ({ page }) => {
  await page.goto('./#lesson=contents');
  for (const [part, title] of [
    ['Kafka', 'What acks promises when a leader dies'],
    ['Flume', 'What a Flume channel keeps when the agent dies'],
    ['Spark', 'Batch, slide, window'],
    ['Flink', 'What a Flink snapshot brings back'],
    ['Flink', 'Late is not lost'],
  ] as const) {
    await expect(page.getByRole('link', { name: `${part} ${title}`, exact: true })).toBeVisible();
  }
});

test('on a phone the list of lessons stands alone', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./#lesson=contents');
  await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
  await expect(button(page, 'Play')).toBeHidden();
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Batch, slide, window' }).click();
  await expect(button(page, 'Play')).toBeVisible();
});

test('every page of every lesson opens without complaint', async ({ page }) => {
  test.slow();
  await page.goto('./#lesson=contents');
  // The first list has the lessons; the scenes of the course come after it.
  const list = page.getByRole('region', { name: 'Lesson' }).getByRole('list').first();
  const links = list.getByRole('listitem');
  await expect(links.first()).toBeVisible();
  for (let i = 0; i < (await links.count()); i += 1) {
    await links.nth(i).getByRole('link').click();
    const next = button(page, 'Next');
    await expect(next).toBeVisible();
    while (await next.isVisible()) {
      await next.click();
      await page.keyboard.press('End');
    }
    await page
      .getByRole('region', { name: 'Lesson' })
      .getByRole('link', { name: 'Lessons' })
      .click();
    await expect(page.getByRole('heading', { level: 1, name: 'Lessons' })).toBeVisible();
  }
});
