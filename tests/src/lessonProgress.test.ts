import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addProgress, readProgress } from '../../src/lesson/progress.ts';

/** A browser's storage as far as progress needs it. */
function storage(): Pick<Storage, 'getItem' | 'setItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

const refusing = {
  getItem() {
    throw new Error('denied');
  },
  setItem() {
    throw new Error('denied');
  },
};

describe('progress', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', storage());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is kept by lesson, the furthest page and a goal once reached', () => {
    const first = addProgress(readProgress(), 'a', { seen: 3, reached: true });
    addProgress(first, 'a', { seen: 2, reached: false });
    expect([...readProgress()]).toEqual([['a', { seen: 3, reached: true }]]);
  });

  it.each(['{', '{"a":1}', '[["a",1]]', '[["a","1",true]]', '[null]'])(
    'begins anew where something else is kept: %s',
    (text) => {
      localStorage.setItem('stream-table.lessons', text);
      expect(readProgress().size).toBe(0);
    },
  );

  it('goes on in a browser that keeps nothing', () => {
    vi.stubGlobal('localStorage', refusing);
    expect(readProgress().size).toBe(0);
    expect(addProgress(new Map(), 'a', { seen: 1, reached: false }).get('a')?.seen).toBe(1);
  });
});
