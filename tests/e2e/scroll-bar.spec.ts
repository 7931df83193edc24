import { findBrowser, launchOptions } from '../../scripts/find-browser.mjs';
import { expect, test } from './fixtures.ts';
import { openLink } from './support/bench.ts';

// Most desktops show a scroll bar that takes room from the page; the test browser hides it unless it is told not to.
const ownOptions = launchOptions(findBrowser());
test.use({
  launchOptions: { ...ownOptions, ignoreDefaultArgs: ['--hide-scrollbars'] },
  viewport: { width: 1280, height: 900 },
});

test('beside a scroll bar all of the bench takes the same arrangement', async ({ page }) => {
  await openLink(page, '#lesson=batch-slide-window&step=2');
  const widths = await page.evaluate(() => [innerWidth, document.documentElement.clientWidth]);
  expect(widths[0]! - widths[1]!).toBeGreaterThan(5);
  // The lesson takes 376 px; 900 px would be left but for the scroll bar. So the board stands below the stage, with a margin of its own.
  const main = (await page.locator('main').boundingBox())!;
  const board = (await page.getByRole('table').first().boundingBox())!;
  expect(board.x - main.x).toBeGreaterThanOrEqual(16);
  expect(main.x + main.width - (board.x + board.width)).toBeGreaterThanOrEqual(16);
});
