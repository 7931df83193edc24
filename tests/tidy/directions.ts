import type { Import } from './imports.ts';

/** Whether a file of some zone may import `to`. Tests and scripts have no rule: they may know all. */
type Rule = (to: string, isType: boolean) => boolean;

const foundations = within(
  'workers/kernel',
  'workers/wire',
  'workers/trace',
  'workers/jvm',
  'workers/input',
  'workers/results',
);
/** The words that a scenario and an engine's settings share. */
const vocabulary = within('workers/scenario/common.ts', 'workers/scenario/program.ts');

const rules: readonly (readonly [zone: RegExp, mayImport: Rule])[] = [
  [/^workers\/(kernel|wire|trace|jvm)\//, foundations],
  [/^workers\/input\//, either(foundations, vocabulary)],
  [
    /^workers\/results\//,
    either(foundations, (to, isType) => isType && /^workers\/\w+\.ts$/.test(to)),
  ],
  [/^workers\/functions\//, either(foundations, within('workers/functions'))],
  [/^workers\/clients\//, either(foundations, within('workers/clients'))],
  [
    /^workers\/engines\/[\w-]+\//,
    either(foundations, vocabulary, within('workers/functions', 'workers/clients')),
  ],
  [
    /^workers\/scenario\//,
    either(foundations, within('workers/scenario', 'workers/functions'), (to) =>
      /^workers\/engines\/[\w-]+\/config\.ts$/.test(to),
    ),
  ],
  // The worker for benches alone also knows what the real engines were recorded to do.
  [/^workers\/bench\.worker\.ts$/, within('workers', 'reference/recordings.ts')],
  [/^workers\//, within('workers')],
  [
    /^src\//,
    either(
      within('src', 'lessons', 'workers/scenario', 'workers/trace'),
      // Tables of plain data that the page shows.
      within('workers/results/status.ts', 'workers/kernel/costs.ts'),
      within('workers/simulation.worker.ts', 'workers/bench.worker.ts'),
      (to, isType) => isType && (to.startsWith('workers/') || to === 'vite/parseLesson.ts'),
    ),
  ],
  [/^lessons\//, within('lessons', 'workers/scenario')],
];

/** The imports that go where their zone may not, each as a sentence. */
export function forbiddenImports(imports: readonly Import[]): string[] {
  return imports.flatMap(({ from, to, isType }) => {
    const rule = rules.find(([zone]) => zone.test(from));
    if (rule === undefined || sameEngine(from, to) || rule[1](to, isType)) return [];
    return [`${from} may not import ${to}`];
  });
}

function sameEngine(from: string, to: string): boolean {
  const engine = /^workers\/engines\/[\w-]+\//.exec(from)?.[0];
  return engine !== undefined && to.startsWith(engine);
}

function within(...places: string[]): Rule {
  return (to) => places.some((place) => to === place || to.startsWith(`${place}/`));
}

function either(...alternatives: Rule[]): Rule {
  return (to, isType) => alternatives.some((alternative) => alternative(to, isType));
}
