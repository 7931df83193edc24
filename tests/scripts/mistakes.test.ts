import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mistakes } from '../../scripts/break/mistakes.ts';

// Making the mistakes takes minutes; that each can still be made is seen at once.
test.each(mistakes.map((mistake) => [mistake.name, mistake] as const))(
  'the mistake "%s" can be made in one place',
  (_, { file, right, wrong, tests }) => {
    expect(readFileSync(file, 'utf8').split(right)).toHaveLength(2);
    expect(wrong).not.toBe(right);
    for (const path of tests) expect(existsSync(path), path).toBe(true);
  },
);

test('no two mistakes have one name', () => {
  expect(new Set(mistakes.map(({ name }) => name)).size).toBe(mistakes.length);
});
