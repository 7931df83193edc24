import { expect, type Locator, type Page } from '@playwright/test';

/** The address of the opening scene. Whoever comes by a link is not led through the guided minute. */
export const OPENING = '#s=1';

export const ENGINES = ['spark', 'storm', 'flink'] as const;
export type Engine = (typeof ENGINES)[number];

/** Opens what a link says, and waits for its picture. */
export async function openLink(page: Page, link: string = OPENING): Promise<void> {
  await page.goto(`./${link}`);
  await untilRun(page);
}

export async function untilRun(page: Page): Promise<void> {
  await expect(page.locator('main')).toHaveAttribute('data-trace-hash', /^[0-9a-f]{16}$/);
}

/** The fingerprint of the run that is shown. */
export async function traceHash(page: Page): Promise<string> {
  return (await page.locator('main').getAttribute('data-trace-hash')) ?? '';
}

/** Does something and waits until another run is shown. */
export async function untilAnotherRun(page: Page, act: () => Promise<unknown>): Promise<void> {
  const before = await traceHash(page);
  await act();
  await expect(page.locator('main')).not.toHaveAttribute('data-trace-hash', before);
}

export function slider(page: Page, name: string): Locator {
  return page.getByRole('slider', { name, exact: true });
}

export function button(page: Page, name: string): Locator {
  return page.getByRole('button', { name, exact: true });
}

/** Moves the playhead to a moment with the slider "Time". */
export async function goToSecond(page: Page, second: number): Promise<void> {
  await slider(page, 'Time').fill(String(second));
}

/** Where the playhead stands, in simulated seconds. */
export async function secondOf(page: Page): Promise<number> {
  return Number(await slider(page, 'Time').inputValue());
}

/** The results board of a lane. */
export function board(page: Page, engine: Engine): Locator {
  return page.getByRole('table', { name: `Results of ${engine}`, exact: true });
}

/** What the board of a lane says now, as text, a line a row. */
export async function boardText(page: Page, engine: Engine): Promise<string> {
  const rows = await board(page, engine).getByRole('row').allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, ' ').trim()).join('\n');
}

/** The rows of the ledger: for each lane, the count under each heading. */
export async function ledger(page: Page): Promise<Record<string, Record<string, number>>> {
  const table = page.getByRole('region', { name: 'Ledger' }).getByRole('table');
  const headings = await table.getByRole('columnheader').allTextContents();
  const lanes: Record<string, Record<string, number>> = {};
  for (const row of await table.locator('tbody tr').all()) {
    const [, ...counts] = await row.getByRole('cell').allTextContents();
    const name = await row.getByRole('rowheader').innerText();
    lanes[name.toLowerCase()] = Object.fromEntries(
      counts.map((count, i) => [headings[i + 2] ?? '', Number(count)]),
    );
  }
  return lanes;
}

/** Presses Tab, as somebody without a mouse does, until the element has the focus. */
export async function tabTo(page: Page, element: Locator): Promise<void> {
  await expect(element).toBeVisible();
  for (let presses = 0; presses < 200; presses += 1) {
    if (await element.evaluate((own) => own === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${String(element)}`);
}

/** Opens one of the folded parts at the foot of the page. */
export async function unfold(page: Page, name: string): Promise<void> {
  await page.locator('summary', { hasText: name }).click();
}
