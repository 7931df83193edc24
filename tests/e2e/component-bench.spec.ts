import type { Page } from '@playwright/test';
import { playBench } from '../../workers/benches.ts';
import type { BenchScenario } from '../../workers/scenario/benchScenario.ts';
import { encodeLink, NOTHING_SAID } from '../../workers/scenario/link/link.ts';
import { expect, expectAccessible, test } from './fixtures.ts';
import { button, openLink } from './support/bench.ts';
import { withAnswers, withRefusal } from './support/recordings.ts';
import { misplacedWords } from './support/textBoxes.ts';

/** Two channels; the lesser watermark counts. */
const valve: BenchScenario = {
  version: 1,
  kind: 'bench',
  title: 'Two channels of a valve',
  component: 'flink/watermark-valve',
  config: { channels: 2 },
  script: [
    { channel: 0, watermarkMs: 12 },
    { channel: 1, watermarkMs: 8 },
  ],
};

const linkTo = (scenario: BenchScenario) => encodeLink({ ...NOTHING_SAID, scenario });

function textbox(page: Page, name: string) {
  return page.getByRole('textbox', { name, exact: true });
}

/** Expects beside each step what the component answers in Node. */
async function expectAnswers(page: Page, scenario: BenchScenario): Promise<void> {
  const result = playBench(scenario);
  if (!result || !('answers' in result)) throw new Error('the component gives no answers');
  const steps = page.getByRole('main').getByRole('listitem');
  await expect(steps).toHaveCount(scenario.script.length);
  await expect
    .poll(async () =>
      (await steps.locator('pre').allInnerTexts()).map((text) => JSON.parse(text) as unknown),
    )
    .toEqual(result.answers);
}

test('a link opens a component with its answers beside each step', async ({ page }) => {
  await page.goto(linkTo(valve));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(valve.title);
  await expect(page.getByText('flink/watermark-valve')).toBeVisible();
  await expectAnswers(page, valve);
});

test('what is changed is played at once, and is in the address and in the link', async ({
  page,
  browser,
}) => {
  await page.goto(linkTo(valve));
  await expectAnswers(page, valve);
  await textbox(page, 'Step 2').fill('{"channel": 1, "watermarkMs": 40}');
  await button(page, 'Add a step').click();
  await expect(textbox(page, 'Step 3')).toBeFocused();
  await textbox(page, 'Step 3').fill('{"channel": 0, "watermarkMs": 41}');
  await button(page, 'Remove step 1').click();
  const changed = {
    ...valve,
    script: [
      { channel: 1, watermarkMs: 40 },
      { channel: 0, watermarkMs: 41 },
    ],
  };
  await expectAnswers(page, changed);
  await expect.poll(() => page.url().endsWith(linkTo(changed))).toBe(true);
  await button(page, 'Share').click();
  const link = await textbox(page, 'Link').inputValue();
  const elsewhere = await browser.newPage();
  await elsewhere.goto(link);
  await expectAnswers(elsewhere, changed);
  await elsewhere.close();
  await button(page, 'As it was opened').click();
  await expectAnswers(page, valve);
});

test('what cannot be read is said beside it, and the rest stays', async ({ page }) => {
  await page.goto(linkTo(valve));
  await expectAnswers(page, valve);
  await textbox(page, 'Step 2').fill('{"channel": 1');
  await expect(textbox(page, 'Step 2')).toHaveAccessibleDescription(/^This is not JSON: /);
  await expect(page.getByRole('main').locator('pre').first()).toBeVisible();
  await textbox(page, 'Step 2').fill('{"channel": "left", "watermarkMs": 8}');
  await expect(page.getByRole('status')).toContainText('The component cannot read this. step 2:');
  await textbox(page, 'Configuration').fill('');
  await expect(textbox(page, 'Configuration')).toHaveAccessibleDescription(
    'Nothing is written here.',
  );
});

test('a refusal stands in the words of the engine', async ({ page }) => {
  await page.goto(`#checked=${withRefusal.name}`);
  await page.getByRole('link', { name: 'Open on the bench, to change it' }).click();
  await expect(textbox(page, 'Configuration')).toBeVisible();
  await expect(page.getByText(withRefusal.recording.refusal ?? '', { exact: true })).toBeVisible();
});

test('a recording goes onto the bench, and back leads to it again', async ({ page }) => {
  const { name, recording } = withAnswers;
  await page.goto(`#checked=${name}`);
  await page.getByRole('link', { name: 'Open on the bench, to change it' }).click();
  const { component, config, script } = recording;
  await expectAnswers(page, { ...valve, component, config, script });
  await button(page, 'Remove step 1').click();
  await expect.poll(() => page.url()).toContain('#s=1.');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(recording.says);
});

test('a component that does not exist is a sentence', async ({ page }) => {
  await page.goto(linkTo({ ...valve, component: 'flink/perpetuum-mobile' }));
  await expect(page.getByText('Nothing here models flink/perpetuum-mobile yet.')).toBeVisible();
});

test('from the bench back to the pipeline', async ({ page }) => {
  await openLink(page);
  await page.evaluate((link) => {
    location.hash = link;
  }, linkTo(valve));
  await expectAnswers(page, valve);
  await page.goBack();
  await expect(page.locator('main')).toHaveAttribute('data-trace-hash', /^[0-9a-f]{16}$/);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('axe finds nothing on a bench', async ({ page }) => {
      await page.goto(linkTo(valve));
      await expectAnswers(page, valve);
      await expectAccessible(page);
      await textbox(page, 'Step 2').fill('?');
      await page.setViewportSize({ width: 390, height: 844 });
      await expectAccessible(page);
    });
  });
}

test('no words lie over others or leave their place', async ({ page }) => {
  await page.goto(`#checked=${withAnswers.name}`);
  await page.getByRole('link', { name: 'Open on the bench, to change it' }).click();
  await expect(page.getByRole('main').locator('pre').first()).toBeVisible();
  for (const width of [320, 390, 768, 1024, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    await expect
      .poll(() => misplacedWords(page), { message: `${String(width)} px wide` })
      .toEqual([]);
  }
});
