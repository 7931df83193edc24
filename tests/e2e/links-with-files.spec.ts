import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { accessLogLines, textFile } from './support/accessLog.ts';
import {
  button,
  goToSecond,
  openLink,
  secondOf,
  traceHash,
  untilAnotherRun,
  untilRun,
} from './support/bench.ts';

const mine = textFile('mine.log', accessLogLines(200));
/** As long as the file that the link means, and another one. */
const another = textFile('mine.log', accessLogLines(200, '/else'));

function picker(page: Page) {
  return page.locator('input[type=file]');
}

test('a link about a local file asks for it, and is content with that file alone', async ({
  page,
  browser,
}) => {
  await openLink(page);
  await untilAnotherRun(page, () => picker(page).setInputFiles(mine));
  await goToSecond(page, 9);
  const hash = await traceHash(page);
  await button(page, 'Share').click();
  await expect(page.getByText('The log file itself stays on this computer')).toBeVisible();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();

  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  const asking = elsewhere.getByRole('alert').filter({ hasText: 'mine.log' });
  await expect(asking).toContainText(`${String(mine.buffer.length)} bytes`);
  await expect(elsewhere.getByRole('button', { name: 'Open your own access log' })).toBeVisible();

  await picker(elsewhere).setInputFiles(another);
  await expect(elsewhere.getByText(/is not the file that the link means/)).toBeVisible();

  await picker(elsewhere).setInputFiles(mine);
  await expect(elsewhere.locator('main')).toHaveAttribute('data-trace-hash', hash);
  await expect(asking).toBeHidden();
  expect(await secondOf(elsewhere)).toBe(9);
  await elsewhere.close();

  // Who has not got the file is not left with an empty page.
  const without = await browser.newPage();
  await without.goto(link);
  await button(without, 'Open the opening scene').click();
  await untilRun(without);
  await without.close();
});
