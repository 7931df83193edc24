/**
 * What would make two runs of one scenario differ, between two browsers or two moments. The linter
 * applies these rules to the simulator; the tidy test shows that each of them can fail.
 */
const globals = [
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

/** @type {import('eslint').Linter.RulesRecord} */
export const unrepeatable = {
  'no-restricted-globals': ['error', ...globals],
  'no-restricted-syntax': [
    'error',
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
  ],
};
