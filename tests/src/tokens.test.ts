import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COLOUR_NAMES } from '../../src/design/theme.ts';
import { contrast, parseHex, perceivedDistance, simulate } from './colour.ts';

// WCAG 2.2: text 4.5 (1.4.3), graphics and control edges 3 (1.4.11). Distances: the figures of the visual design.

const css = readFileSync(new URL('../../src/design/tokens.css', import.meta.url), 'utf8');

function tokens(theme: 'light' | 'dark'): Map<string, string> {
  const found = new Map<string, string>();
  for (const match of css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)) {
    found.set(match[1]!, theme === 'light' ? match[2]! : match[3]!);
  }
  return found;
}

const TEXT = [
  'ink',
  'ink2',
  'ink3',
  'refuse',
  'spark',
  'storm',
  'flink',
  'flume',
  'kafka',
  'focus',
];
const MARKS = ['edge', 'lamp-edge', 'status-2xx', 'status-3xx', 'status-4xx-outline', 'status-5xx'];
const ENGINES = ['spark', 'storm', 'flink'];
const STATUS = ['status-2xx', 'status-3xx', 'status-4xx', 'status-5xx'];

test('the canvas theme names exactly the tokens of the style sheet', () => {
  expect([...tokens('light').keys()].sort()).toEqual([...COLOUR_NAMES].sort());
});

describe.each(['light', 'dark'] as const)('%s', (theme) => {
  const hex = (name: string): ReturnType<typeof parseHex> => parseHex(tokens(theme).get(name)!);

  test.each(TEXT)('%s is readable on paper and on surface', (name) => {
    expect(contrast(hex(name), hex('paper'))).toBeGreaterThanOrEqual(4.5);
    expect(contrast(hex(name), hex('surface'))).toBeGreaterThanOrEqual(4.5);
  });

  test.each([...MARKS, 'key-fifth'])('%s stands out as a mark', (name) => {
    expect(contrast(hex(name), hex('paper'))).toBeGreaterThanOrEqual(3);
  });

  test.each([
    ['ink', 'lamp'],
    ['ink2', 'lamp'],
    ['refuse', 'refuse-wash'],
    ['paper', 'ink'],
    ['ink2', 'sunken'],
  ])('%s is readable on %s', (text, ground) => {
    expect(contrast(hex(text), hex(ground))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(['protanopia', 'deuteranopia'] as const)('classes stay apart under %s', (kind) => {
    const nearest = (names: readonly string[]): number => {
      let least = Infinity;
      names.forEach((a, i) => {
        for (const b of names.slice(i + 1)) {
          const distance = perceivedDistance(simulate(hex(a), kind), simulate(hex(b), kind));
          least = Math.min(least, distance);
        }
      });
      return least;
    };
    expect(nearest(ENGINES)).toBeGreaterThan(30);
    expect(nearest(STATUS)).toBeGreaterThan(20);
  });
});
