import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures.ts';
import { button, openLink, tabTo } from './support/bench.ts';
import { notModelled, replayed, withAnswers, withRefusal } from './support/recordings.ts';
import { misplacedWords } from './support/textBoxes.ts';

const ALL = '#checked=all';

async function untilReplayed(page: Page): Promise<void> {
  await expect(
    page.getByText(`All ${String(replayed.length)} recordings were replayed just now.`),
  ).toBeVisible();
}

/** The cells of the table's row: cases, equal, different, not modelled. */
async function countsOf(page: Page, engine: string): Promise<number[]> {
  const row = page.getByRole('row', { name: new RegExp(`^${engine} `) });
  const cells = await row.getByRole('cell').allTextContents();
  return cells.slice(1).map(Number);
}

test('the table is computed here, and says what Node says', async ({ page }) => {
  await openLink(page);
  await page.getByRole('link', { name: 'Real engines', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(
    'Checked against the real engines',
  );
  await untilReplayed(page);
  for (const engine of new Set(replayed.map(({ recording }) => recording.engine))) {
    const own = replayed.filter(({ recording }) => recording.engine === engine);
    const count = (verdict: string) =>
      own.filter(({ replay }) => replay.verdict === verdict).length;
    expect(await countsOf(page, engine), engine).toEqual([
      own.length,
      count('equal'),
      0,
      count('not modelled'),
    ]);
  }
});

test('a recording shows both answers side by side, and the way back', async ({ page }) => {
  const { name, recording } = withAnswers;
  await page.goto(ALL);
  await untilReplayed(page);
  await page.locator(`[data-case="${name}"]`).click();
  const heading = page.getByRole('heading', { level: 1 });
  await expect(heading).toHaveText(recording.says);
  await expect(heading).toBeFocused();
  await expect(page.getByRole('main')).toContainText(`${recording.engine} ${recording.version}`);
  const steps = page.getByRole('main').getByRole('listitem');
  await expect(steps).toHaveCount(recording.script.length);
  for (const [index, answer] of (recording.answers ?? []).entries()) {
    const [, recorded, ours] = await steps.nth(index).locator('dd').allInnerTexts();
    expect(JSON.parse(recorded ?? ''), `step ${String(index + 1)}`).toEqual(answer);
    expect(JSON.parse(ours ?? ''), `step ${String(index + 1)}`).toEqual(answer);
    await expect(steps.nth(index)).toContainText('= equal');
  }
  await page.goBack();
  await expect(page.locator(`[data-case="${name}"]`)).toBeFocused();
});

test('a refusal is told in the words of the engine, twice', async ({ page }) => {
  const { name, recording } = withRefusal;
  await page.goto(`#checked=${name}`);
  await expect(page.getByText(`${recording.engine} ${recording.version} refuses`)).toBeVisible();
  await expect(page.getByText('This simulator refuses')).toBeVisible();
  await expect(page.getByText(recording.refusal ?? '', { exact: true })).toHaveCount(2);
});

test('what is not modelled says why, and is not marked as equal', async ({ page }) => {
  await page.goto(`#checked=${notModelled.name}`);
  await expect(page.getByText('not modelled', { exact: false }).first()).toBeVisible();
  await expect(page.getByText(notModelled.replay.why)).toBeVisible();
});

test('a topic shows only its own recordings, under an address of its own', async ({ page }) => {
  const { topic } = withAnswers.recording;
  const own = replayed.filter(({ recording }) => recording.topic === topic);
  await page.goto(ALL);
  await untilReplayed(page);
  await page.getByRole('navigation', { name: 'Topics' }).getByText(topic, { exact: true }).click();
  await expect(page.locator('[data-case]')).toHaveCount(own.length);
  await page.reload();
  await expect(page.locator('[data-case]')).toHaveCount(own.length);
  await expect(page.locator('[aria-current]').filter({ hasText: topic })).toBeVisible();
});

test('the link of a recording opens it elsewhere', async ({ page, browser }) => {
  await page.goto(`#checked=${withAnswers.name}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(withAnswers.recording.says);
  await button(page, 'Share').click();
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expect(elsewhere.getByRole('heading', { level: 1 })).toHaveText(withAnswers.recording.says);
  await elsewhere.close();
});

test('a recording that does not exist is a sentence and a way out', async ({ page }) => {
  await page.goto('#checked=kafka/perpetuum-mobile');
  await expect(page.getByRole('alert')).toHaveText('There is no recording kafka/perpetuum-mobile.');
  await page.getByRole('link', { name: 'All recordings' }).click();
  await untilReplayed(page);
});

test('everything is reached without a mouse', async ({ page }) => {
  await openLink(page);
  await tabTo(page, page.getByRole('link', { name: 'Real engines', exact: true }));
  await page.keyboard.press('Enter');
  await untilReplayed(page);
  await tabTo(page, page.getByRole('link', { name: 'Flume', exact: true }));
  await page.keyboard.press('Enter');
  const first = page.locator('[data-case]').first();
  await expect(first).toHaveAttribute('data-case', /^flume\//);
  await tabTo(page, first);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Open on the bench, to change it' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Configuration' })).toBeVisible();
});

test('a phone finds it at the foot of the page', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openLink(page);
  await page.getByRole('link', { name: 'Checked against the real engines' }).click();
  await untilReplayed(page);
});

const PLACES = [
  ['all recordings', ALL],
  ['a recording', `#checked=${withAnswers.name}`],
  ['a refusal', `#checked=${withRefusal.name}`],
  ['what is not modelled', `#checked=${notModelled.name}`],
] as const;

for (const [name, link] of PLACES) {
  test(`no words lie over others or leave their place: ${name}`, async ({ page }) => {
    await page.goto(link);
    await expect(
      page.getByText(/recordings were replayed|= equal|– not modelled/).first(),
    ).toBeVisible();
    for (const width of [320, 390, 768, 1024, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expect
        .poll(() => misplacedWords(page), { message: `${String(width)} px wide` })
        .toEqual([]);
    }
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(colorScheme, () => {
      test.use({ colorScheme });

      test(`axe finds nothing: ${name}`, async ({ page }) => {
        await page.goto(link);
        await expect(
          page.getByText(/recordings were replayed|= equal|– not modelled/).first(),
        ).toBeVisible();
        await expectAccessible(page);
        await page.setViewportSize({ width: 390, height: 844 });
        await expectAccessible(page);
      });
    });
  }
}
