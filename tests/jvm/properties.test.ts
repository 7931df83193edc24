import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readProperties, replaceProperty } from '../../workers/jvm/properties.ts';

function read(text: string): [string, string][] {
  return [...readProperties(text).values];
}

describe('java.util.Properties.load', () => {
  it.each<[string, string, [string, string][]]>([
    // The first rows are the examples of the class's own documentation.
    [
      'three separators',
      'Truth = Beauty\n Truth2:Beauty\nTruth3\t\t:Beauty\nTruth4 Beauty',
      [
        ['Truth', 'Beauty'],
        ['Truth2', 'Beauty'],
        ['Truth3', 'Beauty'],
        ['Truth4', 'Beauty'],
      ],
    ],
    [
      'continued lines',
      'fruits    apple, banana, pear, \\\n          cantaloupe, \\\r\n  kiwi',
      [['fruits', 'apple, banana, pear, cantaloupe, kiwi']],
    ],
    ['a key alone', 'cheeses', [['cheeses', '']]],
    ['comments', '# a = 1\n  ! b = 2\nc = 3 # kept\n', [['c', '3 # kept']]],
    ['a comment is not continued', '# a \\\nb = 1', [['b', '1']]],
    [
      'the last of a repeated key wins',
      'a = 1\nb = 2\na = 3',
      [
        ['a', '3'],
        ['b', '2'],
      ],
    ],
    ['a lone backslash is eaten', 'regex = ^\\d+\\.log', [['regex', '^d+.log']]],
    ['a doubled backslash stays one', 'regex = ^\\\\d+', [['regex', '^\\d+']]],
    [
      'an even number of backslashes does not continue',
      'a = x\\\\\nb = 1',
      [
        ['a', 'x\\'],
        ['b', '1'],
      ],
    ],
    ['escapes in keys', 'a\\ b\\=c = d', [['a b=c', 'd']]],
    ['control and unicode escapes', 'a = \\t\\u0041\\n', [['a', '\tA\n']]],
    ['only the first separator separates', 'a == b', [['a', '= b']]],
    ['trailing blanks stay', 'a = b  ', [['a', 'b  ']]],
    [
      'names that objects know',
      'constructor = 1\n__proto__ = 2',
      [
        ['constructor', '1'],
        ['__proto__', '2'],
      ],
    ],
  ])('%s', (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('refuses a unicode escape without four digits, but not an escaped backslash before a u', () => {
    expect(readProperties('a = \\u12x').problem).toBe('Malformed \\uxxxx encoding.');
    expect(readProperties('a = \\\\u12x').problem).toBeNull();
  });
});

describe('one key rewritten', () => {
  const text = '# the agent\na1.channels.c1.capacity =  100\n! done\na1.sinks.k1.channel: c1\n';

  it.each([
    ['a1.channels.c1.capacity', '50', text.replace('100', '50')],
    ['a1.sinks.k1.channel', 'c2', text.replace(': c1', ': c2')],
    ['a1.channels.c1.keep-alive', '0', `${text}a1.channels.c1.keep-alive = 0\n`],
  ])('%s = %s keeps every other character', (key, value, expected) => {
    expect(replaceProperty(text, key, value)).toBe(expected);
  });

  it('changes the last of repeated lines, the one that counts', () => {
    expect(replaceProperty('a = 1\na = 2\n', 'a', '3')).toBe('a = 1\na = 3\n');
  });

  it('replaces a continued value whole', () => {
    expect(replaceProperty('a = 1 \\\n  2\nb = 3', 'a', '4')).toBe('a = 4\nb = 3');
  });

  it('is read back as written, for any key and value', () => {
    const name = fc.string({ minLength: 1 });
    fc.assert(
      fc.property(name, fc.string(), name, fc.string(), (key, value, other, otherValue) => {
        fc.pre(key !== other);
        const both = replaceProperty(replaceProperty('# c\n', other, otherValue), key, 'old');
        const values = readProperties(replaceProperty(both, key, value)).values;
        expect(values.get(key)).toBe(value);
        expect(values.get(other)).toBe(otherValue);
      }),
    );
  });
});
