import { expect, expectAccessible, test } from './fixtures.ts';
import { goToSecond, untilRun } from './support/bench.ts';

test('with the keyboard alone a scene is opened, and the next key begins there', async ({
  page,
}) => {
  await page.goto('./#lesson=contents');
  await untilRun(page);
  await page.getByRole('link', { name: 'Setting up a Kafka cluster' }).focus();
  await page.keyboard.press('Enter');
  const title = page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('A broker dies');
  await expect(title).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('a heading of the course opens its scene on the bench, and the way back is open', async ({
  page,
}) => {
  await page.goto('./#lesson=contents');
  await untilRun(page);
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Setting up a Kafka cluster' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A broker dies');
  await untilRun(page);
  await expect(page.getByRole('slider', { name: 'crash of kafka/broker-2' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'The course, scene by scene' })).toBeVisible();
});

for (const { heading, title, hasLedger } of [
  { heading: 'Flume agents', title: 'A line waits in the channel', hasLedger: false },
  {
    heading: 'Built-in sinks',
    title: 'One source, two channels, two sinks',
    hasLedger: true,
  },
  {
    heading: 'reduceByKeyAndWindow, 5 minutes by 1 second',
    title: 'hashtag_counts',
    hasLedger: true,
  },
  { heading: 'Spark Streaming', title: 'A batch every two seconds', hasLedger: true },
]) {
  test(`the scene of "${heading}" can be played, seen and read`, async ({ page }) => {
    await page.goto('./#lesson=contents');
    await page.getByRole('link', { name: heading, exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
    await untilRun(page);
    await goToSecond(page, 14);
    await expect(page.getByRole('alert')).toBeHidden();
    await expect(page.getByRole('region', { name: 'Ledger' })).toHaveCount(hasLedger ? 1 : 0);
    await expectAccessible(page);
  });
}
