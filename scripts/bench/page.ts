import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser, launchOptions } from '../find-browser.mjs';
import { serve } from '../serve.mjs';
import { quantile } from './simulator.ts';

const MOVES = 40;

export interface PageFigures {
  /** From a slider's input event to the frame that shows the new run, while the playhead plays: bar 150 ms. */
  readonly sliderToPictureMsP50: number;
  readonly sliderToPictureMsP95: number;
  /** Frames a second while that went on: at least 30 asked. */
  readonly framesPerSecondMeanwhile: number;
  /** Script before the first frame, compressed with brotli, worker included: bar 200. */
  readonly scriptKilobytes: number;
  readonly firstFrameMs: number;
}

/** Builds the page, serves it under its own headers, and uses it in Chromium. */
export async function benchPage(): Promise<PageFigures> {
  await build({ logLevel: 'silent' });
  const server = await serve('dist', 0, false);
  const browser = await chromium.launch(launchOptions(findBrowser()));
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(server.url);
    await page.waitForSelector('[data-trace-hash]');
    const firstFrameMs = await page.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
    );
    const scriptKilobytes = scriptSize(await loadedScripts(page));
    await page.getByRole('button', { name: /skip/i }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    const { delaysMs, framesPerSecond } = await dragWindow(page);
    return {
      sliderToPictureMsP50: Math.round(quantile(delaysMs, 0.5)),
      sliderToPictureMsP95: Math.round(quantile(delaysMs, 0.95)),
      framesPerSecondMeanwhile: Math.round(framesPerSecond),
      scriptKilobytes: Math.round(scriptKilobytes),
      firstFrameMs: Math.round(firstFrameMs),
    };
  } finally {
    await browser.close();
    server.close();
  }
}

function loadedScripts(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname)
      .filter((path) => path.endsWith('.js')),
  );
}

/** What was loaded, and the worker's script: it may start after the frame, but the frame waits for nothing else. */
function scriptSize(paths: readonly string[]): number {
  const workers = readdirSync('dist/assets').filter((file) =>
    /^simulation\.worker.*\.js$/u.test(file),
  );
  const files = new Set([
    ...paths.map((path) => `dist${path}`),
    ...workers.map((file) => `dist/assets/${file}`),
  ]);
  const bytes = [...files].reduce(
    (sum, file) => sum + brotliCompressSync(readFileSync(file)).length,
    0,
  );
  return bytes / 1000;
}

/** Moves the window slider to and fro; each move waits until the page shows the run that it asked for. */
function dragWindow(page: Page): Promise<{ delaysMs: number[]; framesPerSecond: number }> {
  return page.getByRole('slider', { name: 'Window interval' }).evaluate(async (element, moves) => {
    const slider = element as HTMLInputElement;
    const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
    const hash = () => document.querySelector('[data-trace-hash]')?.getAttribute('data-trace-hash');
    const step = Number(slider.step) || 1;
    const from = Number(slider.value);
    const delaysMs: number[] = [];
    const began = performance.now();
    let frames = 0;
    for (let move = 0; move < moves; move += 1) {
      const before = hash();
      const start = performance.now();
      slider.value = String(from + step * (move % 2 === 0 ? 1 + (move % 3) : 0));
      slider.dispatchEvent(new Event('input', { bubbles: true }));
      do {
        await frame();
        frames += 1;
      } while (hash() === before && performance.now() - start < 5000);
      delaysMs.push(performance.now() - start);
    }
    return { delaysMs, framesPerSecond: (frames / (performance.now() - began)) * 1000 };
  }, MOVES);
}
