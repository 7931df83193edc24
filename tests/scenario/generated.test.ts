import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/generated.ts';

const files = await generatedFiles();

it.each([...files])('%s is what `npm run schema` writes', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text);
});
