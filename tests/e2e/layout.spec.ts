import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { button, goToSecond, openLink, slider, unfold, untilRun } from './support/bench.ts';
import { misplacedWords } from './support/textBoxes.ts';

const WINDOWS = [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
];

const SCENES: readonly { readonly name: string; readonly open: (page: Page) => Promise<void> }[] = [
  {
    name: 'the guided minute',
    async open(page) {
      await page.goto('.');
      await untilRun(page);
    },
  },
  {
    name: 'the prediction',
    async open(page) {
      await page.goto('.');
      await untilRun(page);
      await slider(page, 'Speed').fill('1');
      await button(page, 'Play').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Window 6 s, slide 4 s.');
    },
  },
  {
    name: 'the opening scene',
    async open(page) {
      await openLink(page);
      await goToSecond(page, 40);
    },
  },
  {
    name: 'a refusal and two faults',
    async open(page) {
      await openLink(page);
      await goToSecond(page, 40);
      await slider(page, 'Slide interval').fill('3');
      await expect(page.getByText('Spark refuses')).toBeVisible();
      await button(page, 'Kill a1/agent').click();
      await button(page, 'Kill flink/tm-1').click();
      await expect(slider(page, 'crash of flink/tm-1')).toBeVisible();
    },
  },
  {
    name: 'what the run before counted',
    async open(page) {
      await openLink(page);
      await slider(page, 'Window interval').fill('22');
      await goToSecond(page, 110);
      await slider(page, 'Window interval').press('ArrowRight');
      await slider(page, 'Window interval').press('ArrowRight');
      await expect(page.getByText(/^was \d+$/)).not.toHaveCount(0);
    },
  },
  {
    name: 'everything unfolded',
    async open(page) {
      await openLink(page);
      await goToSecond(page, 40);
      await unfold(page, 'Event time and processing time');
      await unfold(page, 'The programs');
      await unfold(page, 'Log and tables');
      await unfold(page, 'Assumed, not measured');
      await unfold(page, 'What the real one does besides');
    },
  },
  {
    name: 'the inspector and the link',
    async open(page) {
      await openLink(page);
      await goToSecond(page, 40);
      await page.getByRole('button', { name: 'channel c1 of a1' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await button(page, 'Share').click();
    },
  },
  {
    name: 'the end of a run',
    async open(page) {
      await openLink(page);
      await goToSecond(page, 120);
    },
  },
  {
    name: 'a lesson with the plane, and its goal',
    async open(page) {
      await openLink(page, '#lesson=event-time&step=8');
      await goToSecond(page, 20);
    },
  },
];

for (const { name, open } of SCENES) {
  test(`no words lie over others or leave their place: ${name}`, async ({ page }) => {
    test.setTimeout(60_000);
    await open(page);
    for (const size of WINDOWS) {
      await page.setViewportSize(size);
      await expect
        .poll(() => misplacedWords(page), { message: `${String(size.width)} px wide` })
        .toEqual([]);
    }
  });
}

// Zoomed to 200 % a window has half as many pixels of the page in each direction, each twice as large.
for (const { width, height } of WINDOWS.slice(2)) {
  test.describe(`at 200 % in a window ${String(width)} wide`, () => {
    test.use({
      viewport: { width: width / 2, height: Math.floor(height / 2) },
      deviceScaleFactor: 2,
    });

    for (const { name, open } of SCENES.slice(2, 4)) {
      test(`no words lie over others or leave their place: ${name}`, async ({ page }) => {
        await open(page);
        await expect.poll(() => misplacedWords(page)).toEqual([]);
      });
    }
  });
}
