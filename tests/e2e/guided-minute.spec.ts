import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ENGINES, board, boardText, button, slider, tabTo, untilRun } from './support/bench.ts';

// Window 6 s, slide 4 s, batch 2 s: results at 4 s, 8 s, …; the second one looks back from 8 s to 2 s.
const IN_SECOND_RESULT = ['2 to 4 s', '4 to 6 s', '6 to 8 s'];
const BEFORE_IT = '0 to 2 s';

// Spark and Storm end a window at every multiple of the slide, Flink begins one there.
const LAST_AT_24_S = { spark: '14 to 20 s', storm: '14 to 20 s', flink: '12 to 18 s' };

const REFUSAL =
  "slideDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)";

function recordsOf(page: Page, batch: string) {
  return page.getByRole('group', { name: batch }).getByRole('button');
}

function heading(page: Page) {
  return page.getByRole('heading', { level: 1 });
}

test('the heading stands there before the simulator has answered', async ({ page }) => {
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route('**/*.worker-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('.');
  await expect(heading(page)).toBeVisible();
  letGo();
  await untilRun(page);
});

test('leads through a prediction, three engines and a refusal, with the mouse', async ({
  page,
}) => {
  await page.goto('.');
  await expect(heading(page)).toHaveText('One web log, one Spark job.');
  await expect(board(page, 'spark')).toBeVisible();
  await expect(board(page, 'storm')).toBeHidden();
  await expect(slider(page, 'Batch interval')).toBeVisible();
  // A checkpoint and a watermark belong to lanes that are not there yet.
  await expect(button(page, 'checkpoint')).toBeHidden();
  await expect(slider(page, 'Watermark delay')).toBeHidden();
  await expect(button(page, 'Kill spark/driver')).toBeVisible();
  await expect(button(page, 'Kill flink/tm-1')).toBeHidden();
  await slider(page, 'Speed').fill('1');
  await button(page, 'Play').click();

  await expect(heading(page)).toHaveText('Window 6 s, slide 4 s.');
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', '8.0 s');
  let right = 0;
  for (const batch of IN_SECOND_RESULT) {
    const records = recordsOf(page, batch);
    right += await records.count();
    for (const record of await records.all()) await record.click();
  }
  // One that belongs there is left out, and one is chosen that came too early.
  await recordsOf(page, '4 to 6 s').first().click();
  await recordsOf(page, BEFORE_IT).first().click();
  await expect(page.getByText(`${String(right)} chosen`)).toBeVisible();
  await button(page, 'Run and see').click();
  await expect(
    page.getByText(`${String(right - 1)} right, 1 missed, 1 too many.`, { exact: false }),
  ).toContainText('2 to 8 s');
  await expect(recordsOf(page, '4 to 6 s').first()).toHaveAccessibleName(/missed/);
  await expect(recordsOf(page, BEFORE_IT).first()).toHaveAccessibleName(/extra/);
  await expect(board(page, 'spark').getByRole('row', { name: '2 to 8 s' })).toContainText(
    String(right),
  );
  await button(page, 'Go on').click();

  await expect(heading(page)).toHaveText('Now the same stream in Storm and in Flink.');
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', '0.0 s');
  for (const engine of ENGINES) await expect(board(page, engine)).toBeVisible();
  await expect(button(page, 'checkpoint')).toBeVisible();
  await expect(slider(page, 'Watermark delay')).toBeVisible();
  await button(page, 'Play').click();
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', '24.0 s');
  for (const engine of ENGINES) {
    await expect(board(page, engine)).toContainText(LAST_AT_24_S[engine]);
  }
  await button(page, 'Go on').click();

  await expect(heading(page)).toHaveText('Same sliders, different answers.');
  const stays = await boardText(page, 'spark');
  await slider(page, 'Slide interval').fill('3');
  await expect(heading(page)).toHaveText('Now you drag it.');
  await expect(page.getByText(REFUSAL)).toBeVisible();
  expect(await boardText(page, 'spark')).toBe(stays);
  await button(page, 'The bench is yours').click();
  await expect(button(page, 'Skip the guide')).toBeHidden();
});

test('leads through the whole minute with the keyboard alone', async ({ page }) => {
  await page.goto('.');
  await expect(heading(page)).toHaveText('One web log, one Spark job.');
  await untilRun(page);
  await tabTo(page, slider(page, 'Speed'));
  await page.keyboard.press('End');
  await tabTo(page, button(page, 'Play'));
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('Window 6 s, slide 4 s.');
  let missed = 0;
  for (const batch of IN_SECOND_RESULT) missed += await recordsOf(page, batch).count();
  await tabTo(page, recordsOf(page, '6 to 8 s').first());
  await page.keyboard.press('Space');
  await expect(page.getByText('1 chosen')).toBeVisible();
  await tabTo(page, button(page, 'Run and see'));
  await page.keyboard.press('Enter');
  await expect(page.getByText(`1 right, ${String(missed - 1)} missed.`)).toBeVisible();
  await tabTo(page, button(page, 'Go on'));
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('Now the same stream in Storm and in Flink.');
  await page.keyboard.press('Space');
  await expect(slider(page, 'Time')).toHaveAttribute('aria-valuetext', '24.0 s');
  await tabTo(page, button(page, 'Go on'));
  await page.keyboard.press('Enter');

  await expect(heading(page)).toHaveText('Same sliders, different answers.');
  await tabTo(page, slider(page, 'Slide interval'));
  await page.keyboard.press('ArrowLeft');
  await expect(heading(page)).toHaveText('Now you drag it.');
  await expect(page.getByText(REFUSAL)).toBeVisible();
  await tabTo(page, button(page, 'The bench is yours'));
  await page.keyboard.press('Enter');
  await expect(button(page, 'Skip the guide')).toBeHidden();
});

test('says that a perfect prediction is exactly right', async ({ page }) => {
  await page.goto('.');
  await slider(page, 'Speed').fill('1');
  await button(page, 'Play').click();
  let right = 0;
  await expect(heading(page)).toHaveText('Window 6 s, slide 4 s.');
  for (const batch of IN_SECOND_RESULT) {
    for (const record of await recordsOf(page, batch).all()) {
      await record.click();
      right += 1;
    }
  }
  await button(page, 'Run and see').click();
  await expect(page.getByText(`All ${String(right)}: exactly right.`)).toBeVisible();
});

test('can be skipped, and does not come again', async ({ page }) => {
  await page.goto('.');
  await untilRun(page);
  await button(page, 'Skip the guide').click();
  for (const engine of ENGINES) await expect(board(page, engine)).toBeVisible();
  await expect(button(page, 'Skip the guide')).toBeHidden();
  await page.goto('.');
  await untilRun(page);
  await expect(heading(page)).toHaveText('One input, three engines, one clock');
  await expect(button(page, 'Skip the guide')).toBeHidden();
});
