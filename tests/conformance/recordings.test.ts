import { describe, expect, test } from 'vitest';
import { recordings, replay, verdictOn } from '../../scripts/conformance/recordings.ts';

describe('what the real engines were recorded to do', () => {
  const all = recordings();

  test('there are recordings, each with a sentence, an engine and a version', () => {
    expect(all.length).toBeGreaterThan(0);
    for (const { engine, says } of all) {
      expect(engine).toMatch(/\d+\.\d+/u);
      expect(says.length).toBeGreaterThan(10);
    }
  });

  test.each(all)('$name: $says', (recording) => {
    const result = replay(recording);
    expect(result).toBeDefined();
    if (verdictOn(recording) === 'different') expect(result).toEqual(recording); // Shows both.
    expect(verdictOn(recording)).toBe('equal');
  });
});
