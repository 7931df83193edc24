import { expect, expectAccessible, test } from './fixtures.ts';
import { button, goToSecond, openLink, slider, unfold, untilRun } from './support/bench.ts';

const PHONE = { width: 390, height: 844 };

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing (${colorScheme})`, () => {
    test.use({ colorScheme });

    test('in the guided minute and its prediction', async ({ page }) => {
      await page.goto('.');
      await untilRun(page);
      await expectAccessible(page);
      await slider(page, 'Speed').fill('1');
      await button(page, 'Play').click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Window 6 s, slide 4 s.');
      await expectAccessible(page);
    });

    test('in the opening scene with everything unfolded', async ({ page }) => {
      await openLink(page);
      await goToSecond(page, 40);
      for (const name of [
        'Event time and processing time',
        'The programs',
        'Log and tables',
        'Assumed, not measured',
        'What the real one does besides',
      ]) {
        await unfold(page, name);
      }
      await expectAccessible(page);
    });

    test('with the inspector open, a refusal, a fault and the link shown', async ({ page }) => {
      await openLink(page);
      await goToSecond(page, 40);
      await slider(page, 'Slide interval').fill('3');
      await expect(page.getByText('Spark refuses')).toBeVisible();
      await button(page, 'Kill a1/agent').click();
      await expect(slider(page, 'crash of a1/agent')).toBeVisible();
      await page.getByRole('button', { name: 'channel c1 of a1' }).click();
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
      await button(page, 'Share').click();
      await expectAccessible(page);
    });

    test('on a phone', async ({ page }) => {
      await page.setViewportSize(PHONE);
      await openLink(page);
      await goToSecond(page, 40);
      await expectAccessible(page);
      await page.getByRole('radio', { name: 'Flink' }).click();
      await expectAccessible(page);
    });
  });
}

test('axe finds nothing where a link is mangled', async ({ page }) => {
  await page.goto('./#s=1.thisisnotalink');
  await expect(page.getByRole('alert')).toBeVisible();
  await untilRun(page);
  await expectAccessible(page);
});

test('light and dark are switched by a button, and stay', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await openLink(page);
  const background = () =>
    page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await button(page, 'Dark').click();
  await expect.poll(background).not.toBe(light);
  await page.reload();
  await untilRun(page);
  expect(await background()).not.toBe(light);
});
