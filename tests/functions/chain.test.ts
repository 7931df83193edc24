import { describe, expect, it } from 'vitest';
import { applyChain, chainProblem } from '../../workers/functions/chain.ts';
import type { FunctionName } from '../../workers/functions/table.ts';
import { recordsFromRows } from '../../workers/input/records.ts';

const logLine = (path: string, status: number, bytes = '100') =>
  `192.0.2.1 - - [17/May/2015:10:05:03 +0000] "GET ${path} HTTP/1.1" ${String(status)} ${bytes}`;

const recordsOf = (lines: readonly string[]) =>
  recordsFromRows(
    'lines',
    lines.map((line, second) => ({ arrivalUs: second * 1e6, eventTimeUs: second * 1e6, line })),
  );

/** The chain's tuples, a list of [key, value] a record. */
function tuplesOf(functions: readonly FunctionName[], lines: readonly string[]) {
  const { first, keyIds, values, keys } = applyChain(functions, recordsOf(lines));
  return lines.map((_, record) => {
    const tuples: [string | undefined, number | undefined][] = [];
    for (let row = first[record] ?? 0; row < (first[record + 1] ?? 0); row++) {
      tuples.push([keys[keyIds[row] ?? -1], values[row]]);
    }
    return tuples;
  });
}

describe('a chain applied to records', () => {
  it.each<[string, FunctionName[], string, [string, number][]]>([
    [
      'status classes',
      ['parse-access-log', 'status-class-as-key', 'pair-with-one'],
      logLine('/', 304),
      [['3xx', 1]],
    ],
    [
      'an error by path',
      ['parse-access-log', 'is-error', 'path-as-key', 'pair-with-one'],
      logLine('/gone', 404),
      [['/gone', 1]],
    ],
    [
      'a request that is no error',
      ['parse-access-log', 'is-error', 'path-as-key', 'pair-with-one'],
      logLine('/', 399),
      [],
    ],
    [
      'a client error is no server error',
      ['parse-access-log', 'is-server-error', 'status-as-key', 'pair-with-one'],
      logLine('/', 499),
      [],
    ],
    [
      'a server error',
      ['parse-access-log', 'is-server-error', 'status-as-key', 'pair-with-one'],
      logLine('/', 500),
      [['500', 1]],
    ],
    ['bytes', ['parse-access-log', 'bytes-by-path'], logLine('/a', 200, '4096'), [['/a', 4096]]],
    ['no bytes', ['parse-access-log', 'bytes-by-path'], logLine('/a', 304, '-'), [['/a', 0]]],
    [
      'hosts',
      ['parse-access-log', 'host-as-key', 'pair-with-one'],
      logLine('/', 200),
      [['192.0.2.1', 1]],
    ],
    ['a line that is no log line', ['parse-access-log', 'bytes-by-path'], 'hello', []],
    [
      'words, as Python splits at single spaces',
      ['split-words', 'pair-with-one'],
      'to be  to',
      [
        ['to', 1],
        ['be', 1],
        ['', 1],
        ['to', 1],
      ],
    ],
    [
      'hashtags in small letters',
      ['split-words', 'is-hashtag', 'lower-case', 'pair-with-one'],
      'rain in #Zagreb #zagreb again',
      [
        ['#zagreb', 1],
        ['#zagreb', 1],
      ],
    ],
    ['a word and a number', ['word-and-number'], 'apples -3', [['apples', -3]]],
    ['a word without a number', ['word-and-number'], 'apples', []],
  ])('%s', (_, functions, line, expected) => {
    expect(tuplesOf(functions, [line])).toEqual([expected]);
  });

  it('counts keys that objects know like any other word', () => {
    const words = ['constructor', '__proto__', '10', 'constructor'];
    const { keys, keyIds } = applyChain(['split-words', 'pair-with-one'], recordsOf(words));
    expect(keys).toEqual(['constructor', '__proto__', '10']);
    expect([...keyIds]).toEqual([0, 1, 2, 0]);
  });

  it('finds the table of the same records again', () => {
    const records = recordsOf(['a b']);
    const functions = ['split-words', 'pair-with-one'] as const;
    expect(applyChain(functions, records)).toBe(applyChain([...functions], records));
  });
});

describe('a chain that does not fit together', () => {
  it.each<[string[], number, string]>([
    [
      ['is-error', 'path-as-key'],
      0,
      'is-error takes a request, but the topic before it gives a line',
    ],
    [
      ['split-words', 'status-class-as-key', 'pair-with-one'],
      1,
      'status-class-as-key takes a request, but split-words before it gives a word',
    ],
    [
      ['split-words'],
      1,
      'a chain ends with pairs of a key and a number, but split-words gives a word',
    ],
    [[], 0, 'a chain ends with pairs of a key and a number, but the topic gives a line'],
  ])('%j', (functions, at, message) => {
    expect(chainProblem(functions)).toEqual({ at, message });
  });

  it('names what is no function, and what are', () => {
    expect(chainProblem(['constructor'])?.message).toMatch(
      /^there is no function constructor; there are parse-access-log, /,
    );
  });
});
