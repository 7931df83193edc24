import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ENGINES, board, button, goToSecond, openLink, tabTo, unfold } from './support/bench.ts';

function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

/** The value beside a term of a list. */
function valueOf(list: Locator, term: string): Locator {
  return list
    .locator('dt', { hasText: new RegExp(`^${term.replaceAll('.', '\\.')}$`) })
    .locator('xpath=following-sibling::dd[1]');
}

/** What the axis shows of a moment: its distance from the left, read off the ruler's numbers. */
async function pixelOfSecond(page: Page, second: number): Promise<number> {
  const ticks = await page.locator('.ruler .tick').evaluateAll((spans) =>
    spans.map((span) => ({
      second: Number.parseFloat(span.textContent),
      px: Number.parseFloat((span as HTMLElement).style.left),
    })),
  );
  const [first, last] = [ticks[0]!, ticks.at(-1)!];
  return first.px + ((second - first.second) * (last.px - first.px)) / (last.second - first.second);
}

test.beforeEach(async ({ page }) => {
  await openLink(page);
  await goToSecond(page, 40);
});

test('a long key leaves room for its neighbours’ values', async ({ page }) => {
  await page.getByRole('button', { name: 'receiver direct stream' }).click();
  const value = valueOf(inspector(page), 'auto.offset.reset');
  await expect(value).toHaveText(/latest|earliest/u);
  const lines = await value.evaluate(
    (dd) => dd.clientHeight / Number.parseFloat(getComputedStyle(dd).lineHeight),
  );
  expect(Math.round(lines)).toBe(1);
});

test('the full name of a class does not leave the inspector', async ({ page }) => {
  await page.getByRole('button', { name: 'sink k1 of a1' }).click();
  const title = inspector(page).getByRole('heading', { level: 2 });
  await expect(title).toContainText('org.apache.flume.sink.kafka.KafkaSink');
  const beyond = await inspector(page).evaluate(
    ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
  );
  expect(beyond).toBe(0);
});

test('on a wide screen the results stay in sight beside what is looked at', async ({ page }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  const left = (await inspector(page).boundingBox())!.x;
  for (const engine of ENGINES) {
    const { x, width } = (await board(page, engine).boundingBox())!;
    expect(x + width).toBeLessThanOrEqual(left);
  }
  await page.keyboard.press('Escape');
  await expect(inspector(page)).toBeHidden();
});

test('a channel shows its state, and its settings under their official names', async ({ page }) => {
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  await expect(inspector(page)).toContainText('at 40 s');
  await expect(valueOf(inspector(page), 'type')).toHaveText(/memory/);
  await expect(valueOf(inspector(page), 'capacity')).toHaveText(/1000/);
  await expect(valueOf(inspector(page), 'transactionCapacity')).toHaveText(/100/);
});

test('every node on the stage tells of its state', async ({ page }) => {
  const parts = page.locator('.stage button[aria-pressed]');
  const names = await parts.evaluateAll((buttons) =>
    buttons.map((own) => own.getAttribute('aria-label') ?? ''),
  );
  expect(names.length).toBeGreaterThan(10);
  for (const name of names) {
    await tabTo(page, page.getByRole('button', { name, exact: true }));
    await page.keyboard.press('Enter');
    await expect(inspector(page).getByRole('heading', { name: 'State' })).toBeVisible();
    await expect(inspector(page).locator('dd').first()).not.toBeEmpty();
    await page.keyboard.press('Escape');
    await expect(inspector(page)).toBeHidden();
  }
});

test('who opens it by keyboard is in it, and back at the node when it closes', async ({ page }) => {
  const node = page.getByRole('button', { name: 'channel c1 of a1' });
  await tabTo(page, node);
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(button(page, 'Close the inspector')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toBeHidden();
  await expect(node).toBeFocused();
});

test('the stage and the inspector count the same', async ({ page }) => {
  await page.getByRole('button', { name: 'acker __acker of storm' }).click();
  const open = await valueOf(inspector(page), 'open trees').innerText();
  await page.getByRole('button', { name: 'web server' }).click();
  await expect(inspector(page).getByRole('heading', { name: 'Change it' })).toBeHidden();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'window bolt count of storm' }).click();
  await expect(valueOf(inspector(page), 'tuples in the window')).toHaveText(open);
});

test('a setting that the scene shortened is marked on its node', async ({ page }) => {
  await page.getByRole('button', { name: /snapshots/ }).click();
  await expect(inspector(page)).toContainText('Changed for this scene');
});

test('the state follows the clock', async ({ page }) => {
  await page.getByRole('button', { name: /partition weblog-0/ }).click();
  await expect(inspector(page)).toContainText('at 40 s');
  const before = await inspector(page).innerText();
  await goToSecond(page, 90);
  await expect(inspector(page)).toContainText('at 90 s');
  await expect.poll(() => inspector(page).innerText()).not.toBe(before);
});

test('a record from a link tells its life, hop by hop, and what it counts as', async ({ page }) => {
  await page.goto('./#s=1&t=60&sel=record:500');
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText('Line 501');
  await expect(inspector(page)).toContainText(/"(GET|POST|HEAD) /);
  const life = inspector(page).getByRole('list');
  for (const where of ['a1/c1', 'kafka/', 'spark', 'storm', 'flink']) {
    await expect(life).toContainText(where);
  }
  for (const engine of ['Spark', 'Storm', 'Flink']) {
    await expect(valueOf(inspector(page), engine)).toHaveText('right');
  }
});

test('a click on an arrival chooses the record', async ({ page }) => {
  // Five lines of one scene stand apart on the axis; the ruler tells where.
  await page.goto('./#s=1&t=0');
  await goToSecond(page, 10);
  const rows = (await page.locator('.axis .rows').boundingBox())!;
  const x = rows.x + (await pixelOfSecond(page, 8));
  await expect(async () => {
    for (let y = 4; y < 70; y += 6) {
      await page.mouse.click(x, rows.y + y);
      if (await inspector(page).isVisible()) return;
    }
    expect(await inspector(page).isVisible()).toBe(true);
  }).toPass();
  await expect(inspector(page).getByRole('heading', { level: 2 })).toContainText(/Line \d+/);
  await button(page, 'Close the inspector').click();
  await expect(inspector(page)).toBeHidden();
});

test('pointing at a result lights its records on stage and axis', async ({ page }) => {
  const axis = page.locator('.axis canvas');
  const picture = () => axis.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const calm = await picture();
  const row = board(page, 'flink').locator('tbody tr').first();
  await row.hover();
  await expect(row).toHaveClass(/\blit\b/);
  await expect.poll(picture).not.toBe(calm);
  await page.mouse.move(2, 2);
  await expect(row).not.toHaveClass(/\blit\b/);
  await expect.poll(picture).toBe(calm);
});

test('pointing at an arrival lights the windows that count it', async ({ page }) => {
  const rows = (await page.locator('.axis .rows').boundingBox())!;
  const x = rows.x + (await pixelOfSecond(page, 38));
  const lit = board(page, 'spark').locator('tr.lit');
  await expect(async () => {
    for (let y = 4; y < 70 && (await lit.count()) === 0; y += 6) {
      await page.mouse.move(x, rows.y + y);
    }
    expect(await lit.count()).toBeGreaterThan(0);
  }).toPass();
});

test('what is drawn can be read: a log, and a table for each lane', async ({ page }) => {
  await unfold(page, 'Log and tables');
  const log = page.getByRole('log', { name: 'What happened so far' });
  await expect(log.getByRole('listitem').first()).toContainText(' s');
  await expect(page.getByRole('heading', { name: 'Log up to 40 s' })).toBeVisible();
  for (const name of ['Spark', 'Storm', 'Flink']) {
    const table = page.getByRole('region', { name: `Results of ${name}` }).getByRole('table');
    await expect(table.getByRole('row').nth(1)).toContainText(/\d+ to \d+ s/);
  }
  const rows = page.getByRole('region', { name: 'Results of Flink' }).locator('tbody tr');
  const until40 = await rows.count();
  await goToSecond(page, 80);
  expect(await rows.count()).toBeGreaterThan(until40);
});

test('the costs are said to be assumed, and change the run', async ({ page }) => {
  await unfold(page, 'Assumed, not measured');
  const cost = page.getByRole('spinbutton', { name: 'Spark: one record in one task' });
  const before = await page.locator('main').getAttribute('data-trace-hash');
  await cost.fill('2000');
  await cost.press('Enter');
  await expect(page.locator('main')).not.toHaveAttribute('data-trace-hash', before ?? '');
  await expect(page.getByText('was 100', { exact: true })).toBeVisible();
});
