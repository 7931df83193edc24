import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** What would make two runs of one scenario differ, between two browsers or two moments. */
const unrepeatableGlobals = [
  'Date',
  'performance',
  'Intl',
  'crypto',
  'fetch',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'requestAnimationFrame',
  'WeakRef',
  'FinalizationRegistry',
  'process',
  'navigator',
];

/** The language fixes the last bit of these only; logarithms, powers and sines differ by engine. */
const exactMath = /^(abs|ceil|clz32|floor|imul|max|min|round|sign|sqrt|trunc|LN2|LN10|PI|SQRT2)$/;

const unrepeatableSyntax = [
  {
    selector: `MemberExpression[object.name='Math']:not([property.name=${exactMath}])`,
    message: 'This function of Math is not the same number in every engine.',
  },
  {
    selector: "BinaryExpression[operator='**'], AssignmentExpression[operator='**=']",
    message: '`**` is Math.pow, which is not the same number in every engine.',
  },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale\\w*)$/]',
    message: 'This depends on the language of the machine.',
  },
  {
    selector: 'ForInStatement',
    message: 'Numeric keys come first and inherited ones come too: use a Map.',
  },
];

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', 'test-results/', 'playwright-report/', 'reference/']),
  js.configs.recommended,
  ts.configs.strictTypeChecked,
  svelte.configs.recommended,
  prettier,
  svelte.configs.prettier,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.workers.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Typed arrays and indices that a loop has just bounded make these three cry wolf.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/restrict-plus-operands': ['error', { allowNumberAndString: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
    },
  },
  {
    files: ['workers/**/*.ts'],
    ignores: ['workers/simulation.worker.ts', 'workers/cli*', 'workers/cli/**'],
    languageOptions: { globals: {}, parserOptions: { project: ['tsconfig.workers.json'] } },
    rules: {
      'no-restricted-globals': ['error', ...unrepeatableGlobals],
      'no-restricted-syntax': ['error', ...unrepeatableSyntax],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "SvelteAttribute[key.name='style'][value.length=1] > SvelteLiteral",
          message: 'The page policy forbids a style attribute: use a class.',
        },
      ],
    },
  },
  {
    files: ['**/*.{js,mjs}'],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
  {
    files: ['scripts/**', 'workers/cli*', 'workers/cli/**', 'tests/e2e/**', '*.config.*'],
    languageOptions: { globals: globals.node },
    rules: { 'no-console': 'off' },
  },
);
