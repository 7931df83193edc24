/**
 * Runs a TypeScript module on a Node that cannot read types: `node scripts/run-ts.mjs MODULE ARGUMENTS…`.
 * The module is bundled first, as it is for the browser, so that what is measured here is what runs there. Nothing
 * is printed but what it prints, and it ends with its status.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { constants } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const [module, ...rest] = process.argv.slice(2);
if (module === undefined) throw new Error('usage: node scripts/run-ts.mjs MODULE ARGUMENTS…');

const entry = resolve(module);
const root = join(fileURLToPath(import.meta.url), '..', '..');
// Two runs at once must not write into each other's bundle.
const outDir = join(root, 'node_modules', '.cache', 'run-ts', String(process.pid));

/** Plain modules stay where they are: they know their own place. @type {import('vite').Plugin} */
const plainModulesOutside = {
  name: 'plain-modules-outside',
  enforce: 'pre',
  resolveId: (id, importer) =>
    importer !== undefined && id.startsWith('.') && id.endsWith('.mjs')
      ? { id: pathToFileURL(resolve(importer, '..', id)).href, external: true }
      : null,
};

process.on('exit', () => {
  rmSync(outDir, { recursive: true, force: true });
});
await build({
  root,
  configFile: false,
  envDir: false,
  logLevel: 'error',
  plugins: [plainModulesOutside],
  build: {
    ssr: entry,
    outDir,
    emptyOutDir: true,
    minify: false,
    copyPublicDir: false,
    // Constants stay constants, as in the bundle of the page's worker: a compiler trusts them more than variables.
    rolldownOptions: { output: { entryFileNames: 'main.mjs', topLevelVar: false } },
  },
});
// A process of its own: what the bundler leaves in memory would slow down whatever is measured.
const { status, signal } = spawnSync(process.execPath, [join(outDir, 'main.mjs'), ...rest], {
  stdio: 'inherit',
});
process.exitCode = status ?? (signal === null ? 1 : 128 + constants.signals[signal]);
