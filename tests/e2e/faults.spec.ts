import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import {
  ENGINES,
  button,
  goToSecond,
  ledger,
  openLink,
  slider,
  tabTo,
  traceHash,
  untilAnotherRun,
} from './support/bench.ts';

const KILL_S = 41.3;
const LATER_S = 70;

function handle(page: Page, of: string): Locator {
  return slider(page, `crash of ${of}`);
}

async function killAt(page: Page, second: number, process: string): Promise<void> {
  await goToSecond(page, second);
  await untilAnotherRun(page, () => button(page, `Kill ${process}`).click());
}

async function countsOf(page: Page, heading: string): Promise<(number | undefined)[]> {
  const lanes = await ledger(page);
  return ENGINES.map((engine) => lanes[engine]?.[heading]);
}

async function expectClosed(page: Page): Promise<void> {
  for (const { all, ...fates } of Object.values(await ledger(page))) {
    expect(Object.values(fates).reduce((sum, count) => sum + count, 0)).toBe(all);
  }
}

test.beforeEach(async ({ page }) => {
  await openLink(page);
});

test('a Flume agent that comes back reads some lines again, and all lanes count them twice', async ({
  page,
}) => {
  await goToSecond(page, LATER_S);
  expect(await countsOf(page, 'more than once')).toEqual([0, 0, 0]);
  await killAt(page, KILL_S, 'a1/agent');
  await goToSecond(page, LATER_S);
  const [spark, storm, flink] = await countsOf(page, 'more than once');
  expect(spark).toBeGreaterThan(0);
  expect(storm).toBe(spark);
  expect(flink).toBe(spark);
  await expectClosed(page);
});

test('a Flume agent that dies with lines in its memory channel loses them for every lane', async ({
  page,
}) => {
  await goToSecond(page, 39);
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  await untilAnotherRun(page, () => button(page, 'Cut the network to kafka').click());
  await page.keyboard.press('Escape');
  await killAt(page, KILL_S, 'a1/agent');
  await goToSecond(page, LATER_S);
  const [spark, storm, flink] = await countsOf(page, 'lost');
  expect(spark).toBeGreaterThan(0);
  expect(storm).toBe(spark);
  expect(flink).toBe(spark);
  await expectClosed(page);
});

test('a dying task manager holds up Flink and nobody else', async ({ page }) => {
  await goToSecond(page, KILL_S + 3);
  const before = await ledger(page);
  await killAt(page, KILL_S, 'flink/tm-1');
  await goToSecond(page, KILL_S + 3);
  const after = await ledger(page);
  expect(after['spark']).toEqual(before['spark']);
  expect(after['storm']).toEqual(before['storm']);
  expect(after['flink']).not.toEqual(before['flink']);
  await goToSecond(page, 119);
  expect((await ledger(page))['flink']?.['lost']).toBe(0);
});

test('before the fault nothing is different', async ({ page }) => {
  await goToSecond(page, KILL_S - 1);
  const before = await ledger(page);
  await killAt(page, KILL_S, 'a1/agent');
  await goToSecond(page, LATER_S);
  await goToSecond(page, KILL_S - 1);
  expect(await ledger(page)).toEqual(before);
});

test('a fault is moved by the keyboard, and the run with it', async ({ page }) => {
  await killAt(page, KILL_S, 'a1/agent');
  const fault = handle(page, 'a1/agent');
  await expect(fault).toHaveAttribute('aria-valuetext', '41.3 s');
  await tabTo(page, fault);
  await untilAnotherRun(page, () => page.keyboard.press('ArrowRight'));
  await expect(fault).toHaveAttribute('aria-valuetext', '41.4 s');
  await untilAnotherRun(page, () => page.keyboard.press('PageDown'));
  await expect(fault).toHaveAttribute('aria-valuetext', '40.4 s');
  await expect(fault).toBeFocused();
});

test('a fault is dragged along the axis, and the run with it', async ({ page }) => {
  await killAt(page, KILL_S, 'a1/agent');
  const fault = handle(page, 'a1/agent');
  await fault.scrollIntoViewIfNeeded();
  const box = (await fault.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await untilAnotherRun(page, () =>
    page.mouse.move(box.x + box.width / 2 - 100, box.y + box.height / 2, { steps: 4 }),
  );
  await page.mouse.up();
  await expect.poll(async () => Number(await fault.getAttribute('aria-valuenow'))).toBeLessThan(41);
});

test('a fault stays in the hand: where it is held, at the edge and back, and before another', async ({
  page,
}) => {
  await killAt(page, 30, 'flink/tm-1');
  await killAt(page, 41.3, 'a1/agent');
  const fault = handle(page, 'a1/agent');
  const second = async () => Number(await fault.getAttribute('aria-valuenow'));
  await fault.scrollIntoViewIfNeeded();
  const box = (await fault.boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width - 10, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 11, y);
  await expect.poll(second).toBeCloseTo(41.3, 0);
  await page.mouse.move(page.viewportSize()!.width - 2, y, { steps: 8 });
  await expect.poll(second).toBeGreaterThan(42);
  // Before the other one, and beyond the left edge of the axis, whose page begins between 19 s and 20 s.
  await page.mouse.move(2, y, { steps: 20 });
  await expect.poll(second).toBeCloseTo(19.2, 1);
  await page.mouse.move(300, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(second).toBeGreaterThan(19.5);
});

test('a fault that the keyboard moves out of the axis keeps the focus', async ({ page }) => {
  await killAt(page, KILL_S, 'a1/agent');
  const fault = handle(page, 'a1/agent');
  await tabTo(page, fault);
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('PageUp');
  await expect(fault).toHaveAttribute('aria-valuetext', '45.3 s');
  await expect(fault).toBeFocused();
  await expect(fault).toContainText('45.3 s');
  await page.keyboard.press('Home');
  await expect(fault).toHaveAttribute('aria-valuetext', '0 s');
  await expect(fault).toBeFocused();
});

test('a fault that is removed leaves no trace', async ({ page }) => {
  const calm = await traceHash(page);
  await killAt(page, KILL_S, 'flink/tm-1');
  expect(await traceHash(page)).not.toBe(calm);
  await button(page, 'Remove the crash of flink/tm-1 at 41.3 s').click();
  await expect(page.locator('main')).toHaveAttribute('data-trace-hash', calm);
  await expect(handle(page, 'flink/tm-1')).toBeHidden();
});

test('a node is slowed or cut off from its inspector', async ({ page }) => {
  await goToSecond(page, 30);
  await page.getByRole('button', { name: 'channel c1 of a1' }).click();
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await untilAnotherRun(page, () =>
    inspector.getByRole('button', { name: 'Slow a1/agent tenfold' }).click(),
  );
  await expect(slider(page, 'slowing of a1/agent')).toBeVisible();
  await untilAnotherRun(page, () =>
    inspector.getByRole('button', { name: 'Cut the network to kafka' }).click(),
  );
  await expect(slider(page, 'cut between a1 and kafka')).toBeVisible();
});
