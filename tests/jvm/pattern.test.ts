import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compilePattern,
  find,
  group,
  matches,
  replaceAll,
} from '../../workers/jvm/regex/pattern.ts';

function groupsFound(source: string, text: string): (string | null)[] | null {
  const pattern = compilePattern(source);
  const match = find(pattern, text);
  if (match === null) return null;
  return Array.from({ length: pattern.groups + 1 }, (_unused, index) => group(match, text, index));
}

describe('a pattern finds what java.util.regex finds', () => {
  // Greedy, lazy and alternative choices: the leftmost match, and of those the one preferred first.
  it.each<[string, string, (string | null)[] | null]>([
    ['(\\d):(\\d):(\\d)', '1:2:3.4foobar5', ['1:2:3', '1', '2', '3']],
    ['a|ab', 'ab', ['a']],
    ['ab|a', 'ab', ['ab']],
    ['(a|ab)(c|bcd)', 'abcd', ['abcd', 'a', 'bcd']],
    ['a+?', 'aaa', ['a']],
    ['a{2,3}', 'aaaa', ['aaa']],
    ['a{2,3}?', 'aaaa', ['aa']],
    ['x(y)?z', 'xz', ['xz', null]],
    ['^b', 'ab', null],
    ['b$', 'ab\n', ['b']],
    ['\\bcat\\b', 'concat cat', ['cat']],
    ['[^\\s-]+', '- x-y', ['x']],
    ['[a\\-z]+', 'b-za', ['-za']],
    ['(?:a|b)+(?<tail>c)', 'abac', ['abac', 'c']],
    ['.', '\n', null],
    ['\\u0041\\x42', 'AB', ['AB']],
  ])('%s in %j', (source, text, expected) => {
    expect(groupsFound(source, text)).toEqual(expected);
  });

  it('must cover the whole text to match', () => {
    const pattern = compilePattern('access\\.log(\\.\\d+)?');
    expect(matches(pattern, 'access.log')).toBe(true);
    expect(matches(pattern, 'access.log.1')).toBe(true);
    expect(matches(pattern, 'access.log.gz')).toBe(false);
  });

  it('replaces every match, with groups', () => {
    expect(replaceAll(compilePattern('(\\w+)@(\\w+)'), 'a@b, c@d', '$2 at $1')).toBe(
      'b at a, d at c',
    );
    expect(replaceAll(compilePattern('x*'), 'ab', '-')).toBe('-a-b-');
    expect(replaceAll(compilePattern('a'), 'a', '\\$1')).toBe('$1');
  });

  it.each([
    '(a',
    'a)',
    '*a',
    '[a',
    'a{2',
    'a{3,2}',
    '\\1',
    '(?=a)',
    'a++',
    '(?i)a',
    '[a&&b]',
    '\\q',
  ])('refuses %s', (source) => {
    expect(() => compilePattern(source)).toThrow();
  });

  it('needs time proportional to the text where backtracking explodes', () => {
    // 2^40 paths for a backtracking matcher; here a few instructions for each of 41 characters.
    expect(find(compilePattern('(a|a)*b'), 'a'.repeat(40) + 'c')).toBeNull();
  });

  it('agrees with the platform on simple patterns', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '.',
      'a*',
      'b+',
      '(a|b)',
      '(ab)?',
      '[ab]',
      '[^a]',
      'b{1,2}',
      'a*?',
    );
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), text, (pieces, subject) => {
        const source = pieces.join('');
        const expected = new RegExp(source).exec(subject);
        const found = find(compilePattern(source), subject);
        expect(found && [found[0], found[1]]).toEqual(
          expected && [expected.index, expected.index + expected[0].length],
        );
      }),
    );
  });
});
