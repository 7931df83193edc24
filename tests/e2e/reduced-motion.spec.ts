import { expect, test } from './fixtures.ts';
import { button, goToSecond, openLink, secondOf } from './support/bench.ts';

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openLink(page);
});

test('play goes on in steps of a second', async ({ page }) => {
  await goToSecond(page, 20);
  await page.evaluate(() => {
    const watch = window as unknown as { moments: { atMs: number; second: number }[] };
    watch.moments = [];
    const time = document.querySelector<HTMLInputElement>('input[aria-label="Time"]')!;
    requestAnimationFrame(function frame(atMs) {
      const second = Number(time.value);
      if (watch.moments.at(-1)?.second !== second) watch.moments.push({ atMs, second });
      requestAnimationFrame(frame);
    });
  });
  await button(page, 'Play').click();
  await expect.poll(() => secondOf(page), { timeout: 15_000 }).toBeGreaterThan(22.5);
  await button(page, 'Pause').click();
  const moments = await page.evaluate(
    () => (window as unknown as { moments: { atMs: number; second: number }[] }).moments,
  );
  const steps = moments.slice(1).map((moment, i) => moment.second - moments[i]!.second);
  expect(steps.length).toBeGreaterThanOrEqual(2);
  // The slider tells tenths of a second.
  for (const step of steps) expect(step).toBeGreaterThanOrEqual(0.9);
});

test('nothing is animated, not even the inspector', async ({ page }) => {
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible();
  const running = await page.evaluate(() =>
    document
      .getAnimations()
      .map((animation) => animation.effect?.getComputedTiming().duration ?? 0)
      .filter((duration) => Number(duration) > 1),
  );
  expect(running).toEqual([]);
});
