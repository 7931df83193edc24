import { describe, expect, test } from 'vitest';
import { append, createAppendLog, itemAt, truncate } from '../../workers/kernel/appendLog.ts';
import { clonePlain } from '../../workers/kernel/clone.ts';

describe('clone of plain data', () => {
  test('copies maps, sets, arrays, typed arrays and objects all the way down', () => {
    const state = {
      counts: new Map([
        ['constructor', { n: 1 }],
        ['__proto__', { n: 2 }],
      ]),
      seen: new Set([1]),
      list: [[1], [2]],
      column: Int32Array.of(1, 2),
      none: null,
    };
    const copy = clonePlain(state);
    expect(copy).toEqual(state);
    state.counts.get('constructor')!.n = 9;
    state.list[0]!.push(9);
    state.column[0] = 9;
    state.seen.add(9);
    expect(copy.counts.get('constructor')).toEqual({ n: 1 });
    expect(copy.list).toEqual([[1], [2]]);
    expect([...copy.column]).toEqual([1, 2]);
    expect([...copy.seen]).toEqual([1]);
  });

  test('an append-only log shares its items and keeps its own length', () => {
    const log = createAppendLog<string>();
    append(log, 'a');
    const copy = clonePlain(log);
    append(log, 'b');
    expect(copy.length).toBe(1);
    expect(() => itemAt(copy, 1)).toThrow('no item 1 in a log of 1');
    expect(copy.items).toBe(log.items);
  });

  test('cutting a log’s tail leaves earlier copies whole', () => {
    const log = createAppendLog<string>();
    append(log, 'a');
    append(log, 'b');
    const copy = clonePlain(log);
    truncate(log, 1);
    append(log, 'c');
    expect([itemAt(copy, 0), itemAt(copy, 1)]).toEqual(['a', 'b']);
    expect(itemAt(log, 1)).toBe('c');
  });

  test.each([
    ['a function', () => ({ callback: () => 1 }), 'a function in a state'],
    ['a class instance', () => ({ when: new Date(0) }), 'a class instance in a state'],
  ])('%s in a state is refused', (_what, make, message) => {
    expect(() => clonePlain(make())).toThrow(message);
  });
});
