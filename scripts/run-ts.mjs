/**
 * Runs a TypeScript module on a Node that cannot read types: `node scripts/run-ts.mjs MODULE ARGUMENTS…`.
 * The module sees `process.argv` as if Node had started it. Nothing is printed but what it prints.
 */
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [module, ...rest] = process.argv.slice(2);
if (module === undefined) throw new Error('usage: node scripts/run-ts.mjs MODULE ARGUMENTS…');

const entry = resolve(module);
process.argv = [process.argv[0] ?? 'node', entry, ...rest];
await runnerImport(entry, { configFile: false, logLevel: 'error', envDir: false });
