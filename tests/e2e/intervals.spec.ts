import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  ENGINES,
  type Engine,
  boardText,
  button,
  goToSecond,
  openLink,
  slider,
  secondOf,
  tabTo,
  traceHash,
  untilAnotherRun,
} from './support/bench.ts';

type Boards = Record<Engine, string>;

async function boardTexts(page: Page): Promise<Boards> {
  const [spark, storm, flink] = [
    await boardText(page, 'spark'),
    await boardText(page, 'storm'),
    await boardText(page, 'flink'),
  ];
  return { spark, storm, flink };
}

function changedLanes(before: Boards, after: Boards): Engine[] {
  return ENGINES.filter((engine) => before[engine] !== after[engine]);
}

/** Puts the mouse on the thumb and moves it to a value; the button stays down. */
async function dragTo(page: Page, range: Locator, value: number): Promise<void> {
  await range.scrollIntoViewIfNeeded();
  const box = (await range.boundingBox())!;
  const { min, max, from } = await range.evaluate((input: HTMLInputElement) => ({
    min: Number(input.min),
    max: Number(input.max),
    from: Number(input.value),
  }));
  const at = (wanted: number) => box.x + (box.width * (wanted - min)) / (max - min);
  const y = box.y + box.height / 2;
  await page.mouse.move(at(from), y);
  await page.mouse.down();
  await page.mouse.move(at(value), y, { steps: 5 });
}

test.beforeEach(async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 40);
});

for (const [name, value] of [
  ['Slide interval', 8],
  ['Window interval', 16],
] as const) {
  test(`all three answers change while the mouse drags ${name}`, async ({ page }) => {
    const before = await boardTexts(page);
    await untilAnotherRun(page, () => dragTo(page, slider(page, name), value));
    await expect
      .poll(async () => changedLanes(before, await boardTexts(page)))
      .toEqual([...ENGINES]);
    await page.mouse.up();
    expect(await secondOf(page)).toBe(40);
  });
}

test('the batch interval changes Spark alone, and the page says why', async ({ page }) => {
  const before = await boardTexts(page);
  // Of a window of 8 s and a slide of 4 s, 1 s and 4 s are divisors; 1.5 s is none, and nothing else runs.
  await tabTo(page, slider(page, 'Batch interval'));
  await page.keyboard.press('ArrowLeft');
  await expect(
    page.getByText(
      "windowDuration must be multiple of the parent dstream's slide (batch) duration (1500 ms)",
    ),
  ).toBeVisible();
  await untilAnotherRun(page, () => page.keyboard.press('ArrowLeft'));
  await expect(slider(page, 'Batch interval')).toHaveValue('1');
  const after = await boardTexts(page);
  expect(after.storm).toBe(before.storm);
  expect(after.flink).toBe(before.flink);
  await goToSecond(page, 45);
  const later = await boardTexts(page);
  await untilAnotherRun(page, () => slider(page, 'Batch interval').fill('4'));
  expect(changedLanes(later, await boardTexts(page))).toEqual(['spark']);
  await expect(page.getByText('Spark alone: the others take each record by itself.')).toBeVisible();
});

/** The boards say what the run before had counted in the windows that end at the same moments. */
async function expectGhost(page: Page, engines: readonly Engine[] = ENGINES): Promise<void> {
  for (const engine of engines) {
    await expect.poll(() => boardText(page, engine)).toMatch(/was \d+/);
  }
}

test('the run before stays as a ghost, whether one drags', async ({ page }) => {
  await untilAnotherRun(page, () => dragTo(page, slider(page, 'Window interval'), 16));
  await page.mouse.up();
  await expectGhost(page);
});

test('the run before stays as a ghost, or presses arrows', async ({ page }) => {
  await tabTo(page, slider(page, 'Window interval'));
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('ArrowRight');
  await expect(slider(page, 'Window interval')).toHaveValue('12');
  // The run before may be that of 11 s, of which Flink's windows end at other moments.
  await expectGhost(page, ['spark', 'storm']);
});

test('the run before stays as a ghost, or types', async ({ page }) => {
  const field = page.getByRole('spinbutton', { name: 'Window interval in s' });
  await field.fill('12');
  await untilAnotherRun(page, () => field.press('Enter'));
  await expectGhost(page);
});

test('the program beside a lane says what the slider says', async ({ page }) => {
  await untilAnotherRun(page, () => slider(page, 'Window interval').fill('12'));
  const programs = page.locator('mark');
  await expect.poll(() => programs.allInnerTexts()).toContain('12');
  await page.getByText('The programs', { exact: true }).click();
  const spark = page.getByRole('figure', { name: /Spark/ });
  await expect(spark.locator('pre')).toContainText('StreamingContext(sc, 2)');
  await expect(spark.locator('pre')).toContainText('None, 12, 4)');
});

test('a slide that Spark refuses is refused in its words, and the others go on', async ({
  page,
}) => {
  const before = await boardTexts(page);
  await tabTo(page, slider(page, 'Slide interval'));
  await untilAnotherRun(page, () => page.keyboard.press('ArrowLeft'));
  const sliders = page.locator('.sliders');
  await expect(sliders).toContainText('Spark refuses a slide of 3 s');
  await expect(sliders).toContainText(
    "slideDuration must be multiple of the parent dstream's slide (batch) duration (2000 ms)",
  );
  await expect(sliders).toContainText(/Storm\s+runs with 3 s/);
  await expect(sliders).toContainText(/Flink\s+runs with 3 s/);
  await expect(slider(page, 'Slide interval')).toHaveAttribute(
    'aria-valuetext',
    '3 s, refused by Spark',
  );
  await expect
    .poll(async () => changedLanes(before, await boardTexts(page)))
    .toEqual(['storm', 'flink']);

  await untilAnotherRun(page, () => page.keyboard.press('ArrowLeft'));
  await expect(slider(page, 'Slide interval')).toHaveValue('2');
  await expect(sliders).not.toContainText('refuses');
  await expect.poll(async () => changedLanes(before, await boardTexts(page))).toEqual([...ENGINES]);
});

test('a half typed number is left alone, and counts when it is finished', async ({ page }) => {
  const field = page.getByRole('spinbutton', { name: 'Window interval in s' });
  await button(page, 'Play').click();
  await field.fill('');
  await field.pressSequentially('1');
  const typedAt = await secondOf(page);
  await expect.poll(() => secondOf(page)).toBeGreaterThan(typedAt + 0.2);
  await expect(field).toHaveValue('1');
  await field.pressSequentially('2.');
  await field.pressSequentially('5');
  await expect(field).toHaveValue('12.5');
  await untilAnotherRun(page, () => field.press('Enter'));
  await expect(field).toHaveValue('12.5');
});

for (const name of ['Batch interval', 'Slide interval', 'Window interval', 'Watermark delay']) {
  test(`a number beyond all measure is told so, and changes nothing: ${name}`, async ({ page }) => {
    const field = page.getByRole('spinbutton', { name: `${name} in s` });
    const before = await field.inputValue();
    const hash = await traceHash(page);
    await field.fill('1e9');
    await field.press('Enter');
    const said = page.getByRole('alert');
    await expect(said).toContainText('1000000000 is too large.');
    await expect(said).toContainText(`Until then it stays ${before}.`);
    // What was typed is still there, to be mended.
    await expect(field).toHaveValue('1e9');
    await expect(slider(page, name)).toHaveValue(before);
    expect(await traceHash(page)).toBe(hash);
  });
}

test('two engines that refuse the same window both say so', async ({ page }) => {
  await untilAnotherRun(page, () => slider(page, 'Window interval').fill('31'));
  const sliders = page.locator('.sliders');
  await expect(sliders).toContainText('Spark refuses a window of 31 s');
  await expect(sliders).toContainText('Storm refuses a window of 31 s');
  await expect(sliders).toContainText(/Flink\s+runs with 31 s/);
});

test('what is no number is told so until it is one', async ({ page }) => {
  const field = page.getByRole('spinbutton', { name: 'Slide interval in s' });
  const said = page.getByRole('alert');
  await field.fill('');
  await field.press('Tab');
  await expect(said).toHaveText(
    'That is no number. From 1 to 3600 is taken. Until then it stays 4.',
  );
  await field.fill('-3');
  await field.press('Tab');
  await expect(said).toContainText('-3 is too small.');
  await field.fill('6');
  await untilAnotherRun(page, () => field.press('Tab'));
  await expect(said).toBeHidden();
  await expect(field).toHaveValue('6');
});
