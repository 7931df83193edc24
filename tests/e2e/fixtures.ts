import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { serve } from '../../scripts/serve.mjs';

interface WorkerFixtures {
  /** Serves the built page, or that in PAGE_FOLDER, under its strict headers, on a port of its own. */
  readonly pageServer: { readonly url: string };
}

interface TestFixtures {
  /** What the browser complained of so far. Every test ends by expecting nothing here. */
  readonly complaints: string[];
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  pageServer: [
    // eslint-disable-next-line no-empty-pattern -- the runner reads which fixtures are needed from the pattern
    async ({}, use) => {
      const server = await serve(process.env['PAGE_FOLDER'] ?? 'dist', 0, false);
      await use(server);
      server.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ pageServer }, use) => {
    await use(pageServer.url);
  },

  complaints: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('requestfailed', (request) => complaints.push(`not loaded: ${request.url()}`));
      await page.addInitScript(() => {
        document.addEventListener(
          'securitypolicyviolation',
          ({ violatedDirective, blockedURI }) => {
            console.error(`securitypolicyviolation: ${violatedDirective} ${blockedURI}`);
          },
        );
      });
      await use(complaints);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});

/** Expects that axe finds nothing by the rules of WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect(found).toEqual([]);
}

export { expect };
