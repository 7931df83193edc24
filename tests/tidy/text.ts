import type { Import } from './imports.ts';
import type { Source } from './sources.ts';

const maximumLines = 400;

/** Spelled in halves, or this file would find itself. */
const unfinished = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`);
const downloadAddress = new RegExp(
  [
    'registry\\.' + 'npmjs',
    'registry\\.' + 'yarnpkg',
    'code' + 'artifact',
    'arti' + 'factory',
    '"res' + 'olved":',
  ].join('|'),
);

export function tooLong({ path, text }: Source): boolean {
  return /\.(ts|js|mjs|svelte|css)$/.test(path) && text.trimEnd().split('\n').length > maximumLines;
}

/** An engine file opens with the phenomenon it models. */
export function lacksHeadComment({ path, text }: Source): boolean {
  return /^workers\/engines\/[\w-]+\/.*\.ts$/.test(path) && !/^(\/\/|\/\*\*)/.test(text);
}

export function isUnfinished({ text }: Source): boolean {
  return unfinished.test(text);
}

export function namesDownloadAddress({ text }: Source): boolean {
  return downloadAddress.test(text);
}

/** A test that is left out, or that leaves out its neighbours. */
export function bendsTests({ path, text }: Source): boolean {
  return (
    /\.(test|spec)\.ts$/.test(path) &&
    /\b(it|test|describe)(\.\w+)*\.(only|skip|skipIf|todo|fails|fixme)\b/.test(text)
  );
}

/** The modules of the simulator and the page that nothing but tests would load. */
export function unusedModules(sources: readonly Source[], imports: readonly Import[]): string[] {
  const used = new Set(
    imports.filter(({ from }) => !from.startsWith('tests/')).map(({ to }) => to),
  );
  return sources
    .map(({ path }) => path)
    .filter((path) => /^(workers|src)\/.*\.(ts|svelte|css)$/.test(path))
    .filter((path) => !path.endsWith('.d.ts') && path !== 'workers/cli.ts' && !used.has(path));
}

/**
 * Parts of engines and clients whose heads do not tell whether a run plays them: those that no engine reaches stand on
 * benches alone, and say so.
 */
export function misleadingHeads(sources: readonly Source[], imports: readonly Import[]): string[] {
  const inRuns = new Set(['workers/engines/registry.ts']);
  for (const path of inRuns) {
    for (const { from, to } of imports) if (from === path) inRuns.add(to);
  }
  return sources
    .filter(({ path }) => /^workers\/(engines|clients)\/(?!.*\bbenches\b).*\.ts$/.test(path))
    .filter(({ path, text }) => inRuns.has(path) === text.includes('A component of its own'))
    .map(({ path }) => path);
}
