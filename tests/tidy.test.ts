import { Linter } from 'eslint';
import tsLint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { forbiddenImports } from './tidy/directions.ts';
import { importsOf } from './tidy/imports.ts';
import { readSources, type Source } from './tidy/sources.ts';
import {
  bendsTests,
  isUnfinished,
  lacksHeadComment,
  misleadingHeads,
  namesDownloadAddress,
  tooLong,
  unusedModules,
} from './tidy/text.ts';
import { unrepeatable } from './tidy/unrepeatable.js';

const sources = readSources();
const imports = sources
  .filter(({ path }) => /\.(ts|js|mjs|svelte|css|html)$/.test(path))
  .flatMap(importsOf);

function paths(found: readonly Source[]): string[] {
  return found.map(({ path }) => path);
}

describe('the house', () => {
  it('keeps the directions of its imports', () => {
    expect(forbiddenImports(imports)).toEqual([]);
  });

  it('names nothing unrepeatable in the simulator', () => {
    const outside = /^workers\/(\w+\.worker\.ts|cli\.ts|cli\/)/;
    const simulator = sources.filter(
      ({ path }) => /^workers\/.*\.ts$/.test(path) && !outside.test(path),
    );
    expect(
      simulator.flatMap(({ path, text }) => complaints(text).map((why) => `${path}: ${why}`)),
    ).toEqual([]);
  });

  it('has no file that is too long to read', () => {
    expect(paths(sources.filter(tooLong))).toEqual([]);
  });

  it('opens every engine file with what it models', () => {
    expect(paths(sources.filter(lacksHeadComment))).toEqual([]);
  });

  it('tells of each part of an engine whether a run plays it', () => {
    expect(misleadingHeads(sources, imports)).toEqual([]);
  });

  it('leaves no work behind in a comment', () => {
    expect(paths(sources.filter(isUnfinished))).toEqual([]);
  });

  it('names no place to download packages from', () => {
    expect(paths(sources.filter(namesDownloadAddress))).toEqual([]);
  });

  it('leaves out no test', () => {
    expect(paths(sources.filter(bendsTests))).toEqual([]);
  });

  it('has no module that nobody uses', () => {
    expect(unusedModules(sources, imports)).toEqual([]);
  });
});

function complaints(text: string): string[] {
  return new Linter()
    .verify(
      text,
      {
        files: ['**/*.ts'],
        languageOptions: { parser: tsLint.parser },
        rules: unrepeatable,
      },
      'module.ts',
    )
    .map(({ message }) => message);
}

describe('the checks themselves', () => {
  it.each([
    ['a clock', 'Date.now()'],
    ['a timer', 'setTimeout(f, 1)'],
    ['dice', 'Math.random()'],
    ['a logarithm', 'Math.log(2)'],
    ['a function of Math by name', "Math['exp'](1)"],
    ['a power', 'a ** 2'],
    ['a power in place', 'a **= 2'],
    ['the language of the machine', "'a'.localeCompare(b)"],
    ['numbers in words', '(1000).toLocaleString()'],
    ['iteration over keys', 'for (const key in table) f(key)'],
  ])('find %s', (_, code) => {
    expect(complaints(code)).toHaveLength(1);
  });

  it.each([
    ['Math.floor(Math.sqrt(2))'],
    ['const performance = 1; f(performance)'],
    ['node.process'],
  ])('allow %s', (code) => {
    expect(complaints(code)).toEqual([]);
  });

  it.each([
    ["import { a } from './b.ts'", 'workers/wire/b.ts', false],
    ["import type { A } from '../kernel/b.ts'", 'workers/kernel/b.ts', true],
    ["import { type A } from './b.ts'", 'workers/wire/b.ts', false],
    ["export * from './b.ts'", 'workers/wire/b.ts', false],
    ["await import('./b.ts')", 'workers/wire/b.ts', false],
    ["import './b.css'", 'workers/wire/b.css', false],
    ["type A = import('./b.ts').A", 'workers/wire/b.ts', true],
    ["import url from './b.ts?worker&url'", 'workers/wire/b.ts', false],
  ])('read %s', (text, to, isType) => {
    const path = 'workers/wire/a.ts';
    expect(importsOf({ path, text })).toEqual([{ from: path, to, isType }]);
  });

  it('read imports in a component, a style sheet and a page', () => {
    const component =
      '<script lang="ts">\n  import B from \'./B.svelte\';\n</script>\n<p>import</p>';
    expect(importsOf({ path: 'src/A.svelte', text: component })[0]?.to).toBe('src/B.svelte');
    const late = "{#await import('./C.svelte') then { default: C }}<C />{/await}";
    expect(importsOf({ path: 'src/A.svelte', text: late })[0]?.to).toBe('src/C.svelte');
    expect(importsOf({ path: 'src/a.css', text: "@import './b.css';" })[0]?.to).toBe('src/b.css');
    const page = '<script type="module" src="/src/main.ts"></script>';
    expect(importsOf({ path: 'index.html', text: page })[0]?.to).toBe('src/main.ts');
  });

  it('do not take a package or a sentence for an import', () => {
    expect(importsOf({ path: 'src/a.ts', text: "import 'svelte';\n// import './b.ts'" })).toEqual(
      [],
    );
  });

  it.each([
    ['workers/kernel/a.ts', 'workers/engines/kafka/a.ts'],
    ['workers/wire/a.ts', 'workers/scenario/a.ts'],
    ['workers/clients/kafka/a.ts', 'workers/engines/kafka/a.ts'],
    ['workers/engines/flume/a.ts', 'workers/engines/kafka/a.ts'],
    ['workers/engines/flume/a.ts', 'workers/scenario/read.ts'],
    ['workers/scenario/a.ts', 'workers/engines/kafka/engine.ts'],
    ['workers/simulation.ts', 'src/main.ts'],
    ['workers/results/a.ts', 'workers/simulation.ts'],
    ['src/a.ts', 'workers/engines/kafka/engine.ts'],
    ['src/a.ts', 'tests/a.ts'],
    ['lessons/01-a/01-b/scenario.ts', 'src/a.ts'],
  ])('forbid %s to import %s', (from, to) => {
    expect(forbiddenImports([{ from, to, isType: false }])).toHaveLength(1);
  });

  it.each([
    ['workers/kernel/a.ts', 'workers/trace/a.ts', false],
    ['workers/engines/flume/a.ts', 'workers/engines/flume/sinks/b.ts', false],
    ['workers/engines/flume/a.ts', 'workers/clients/kafka/a.ts', false],
    ['workers/scenario/a.ts', 'workers/engines/kafka/config.ts', false],
    ['workers/simulation.ts', 'workers/engines/kafka/engine.ts', false],
    ['workers/results/a.ts', 'workers/simulation.ts', true],
    ['src/a.ts', 'workers/engines/kafka/engine.ts', true],
    ['tests/a.ts', 'workers/engines/kafka/engine.ts', false],
  ])('allow %s to import %s', (from, to, isType) => {
    expect(forbiddenImports([{ from, to, isType }])).toEqual([]);
  });

  it('count lines', () => {
    expect(tooLong({ path: 'src/a.ts', text: 'x\n'.repeat(400) })).toBe(false);
    expect(tooLong({ path: 'src/a.ts', text: 'x\n'.repeat(401) })).toBe(true);
  });

  it('miss a head comment', () => {
    const path = 'workers/engines/kafka/a.ts';
    expect(lacksHeadComment({ path, text: "import 'a';\n// Late." })).toBe(true);
    expect(lacksHeadComment({ path, text: '// How a leader is chosen.' })).toBe(false);
  });

  it('find unfinished work', () => {
    expect(isUnfinished({ path: 'a', text: '// TO' + 'DO later' })).toBe(true);
    expect(isUnfinished({ path: 'a', text: 'a method' })).toBe(false);
  });

  it('find a download address', () => {
    expect(
      namesDownloadAddress({ path: 'a', text: '"res' + 'olved": "https://a.example/b.tgz"' }),
    ).toBe(true);
    expect(namesDownloadAddress({ path: 'a', text: '"integrity": "sha512"' })).toBe(false);
  });

  it.each(['it.' + 'skip(', 'describe.' + 'only(', 'test.concurrent.' + 'only(', 'it.' + 'todo('])(
    'find %s',
    (text) => {
      expect(bendsTests({ path: 'tests/a.test.ts', text })).toBe(true);
      expect(bendsTests({ path: 'tests/a.test.ts', text: 'it.each([' })).toBe(false);
    },
  );

  it('find a module that only a test loads', () => {
    const path = 'workers/kernel/a.ts';
    const file = { path, text: '' };
    expect(unusedModules([file], [])).toEqual([path]);
    expect(unusedModules([file], [{ from: 'tests/a.test.ts', to: path, isType: false }])).toEqual([
      path,
    ]);
    expect(unusedModules([file], [{ from: 'src/a.ts', to: path, isType: false }])).toEqual([]);
  });

  it.each([
    ['Splits keys.', true, []],
    ['A component of its own: no lane joins.', false, []],
    ['Joins.', false, ['workers/engines/kafka/a.ts']],
    ['A component of its own: no lane splits.', true, ['workers/engines/kafka/a.ts']],
  ])('compare a head with what runs: %s', (head, isInRuns, found) => {
    const path = 'workers/engines/kafka/a.ts';
    const from = isInRuns ? 'workers/engines/registry.ts' : 'workers/engines/kafka/benches.ts';
    const source = { path, text: `/** ${head} */` };
    expect(misleadingHeads([source], [{ from, to: path, isType: false }])).toEqual(found);
  });
});
