import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { button, openLink, slider, traceHash, untilAnotherRun, untilRun } from './support/bench.ts';

const WORKER = '**/*.worker-*.js';

function failure(page: Page) {
  return page.getByRole('alert').filter({ hasText: 'Run again' });
}

test('a simulator that cannot be loaded is named, and can be started again', async ({
  page,
  complaints,
}) => {
  await page.route(WORKER, (route) => route.abort());
  await page.goto('./#s=1');
  await expect(failure(page)).toContainText('The simulation stopped');
  await page.unroute(WORKER);
  await button(page, 'Run again').click();
  await untilRun(page);
  await expect(failure(page)).toBeHidden();
  // That it was not loaded is what the test did itself.
  expect(complaints.splice(0).join('\n')).toMatch(/worker/);
});

test('a simulator that breaks leaves the last good picture, and can be started again', async ({
  page,
}) => {
  await openLink(page);
  const before = await traceHash(page);
  await page.workers()[0]!.evaluate(() => {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
  });
  await slider(page, 'Window interval').fill('16');
  await expect(failure(page)).toContainText('broken on purpose');
  expect(await traceHash(page)).toBe(before);
  await untilAnotherRun(page, () => button(page, 'Run again').click());
  await expect(failure(page)).toBeHidden();
  await expect(slider(page, 'Window interval')).toHaveValue('16');
});

test('a simulator that says nothing any more is ended, and can be started again', async ({
  page,
}) => {
  await openLink(page);
  await page.clock.install();
  await page.workers()[0]!.evaluate(() => {
    close();
  });
  await slider(page, 'Window interval').fill('16');
  await page.clock.fastForward(30_000);
  await expect(failure(page)).toContainText('did not answer');
  await page.clock.resume();
  await untilAnotherRun(page, () => button(page, 'Run again').click());
  await expect(failure(page)).toBeHidden();
});
