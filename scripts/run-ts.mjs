/**
 * Runs a TypeScript module on a Node that cannot read types: `node scripts/run-ts.mjs MODULE ARGUMENTS…`.
 * The module is bundled first, as it is for the browser, so that what is measured here is what runs there. It sees
 * `process.argv` as if Node had started it. Nothing is printed but what it prints.
 */
import { rmSync } from 'node:fs';
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
    rolldownOptions: { output: { entryFileNames: 'main.mjs' } },
  },
});
process.argv = [process.argv[0] ?? 'node', entry, ...rest];
await import(pathToFileURL(join(outDir, 'main.mjs')).href);
