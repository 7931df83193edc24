// The record functions that programs name, one row each. A program is a list of these names, so a
// shared link carries no code, and every engine runs exactly the same function.

import { parseAccessLogLine } from '../input/accessLog.ts';
import { javaText, pythonText } from './helperText.ts';
import type { RecordFunction, ValueType } from './types.ts';

function row<Name extends string, In extends ValueType, Out extends ValueType>(
  definition: RecordFunction<Name, In, Out>,
): RecordFunction<Name, In, Out> {
  return definition;
}

const lambda = (python: string, java: string) => ({
  python,
  pythonHelper: null,
  java,
  javaHelper: null,
});

export const functionTable = [
  row({
    name: 'parse-access-log',
    kind: 'flatMap',
    takes: 'line',
    gives: 'request',
    meaning: 'Reads a line of an access log; a line that cannot be read gives nothing.',
    text: {
      python: 'parse_access_log',
      pythonHelper: pythonText.parseAccessLog,
      java: 'Request.parse(line)',
      javaHelper: javaText.request,
    },
    apply(line, emit) {
      const request = parseAccessLogLine(line);
      if (typeof request !== 'string') emit(request);
    },
  }),
  row({
    name: 'is-error',
    kind: 'filter',
    takes: 'request',
    gives: 'request',
    meaning: 'Keeps the requests that were answered with a status of 400 or more.',
    text: lambda('lambda request: request.status >= 400', 'request.status() >= 400'),
    apply(request, emit) {
      if (request.status >= 400) emit(request);
    },
  }),
  row({
    name: 'is-server-error',
    kind: 'filter',
    takes: 'request',
    gives: 'request',
    meaning: 'Keeps the requests that were answered with a status of 500 or more.',
    text: lambda('lambda request: request.status >= 500', 'request.status() >= 500'),
    apply(request, emit) {
      if (request.status >= 500) emit(request);
    },
  }),
  row({
    name: 'status-class-as-key',
    kind: 'map',
    takes: 'request',
    gives: 'word',
    meaning: 'The class of the status: 2xx, 3xx, 4xx or 5xx.',
    text: lambda('lambda request: f"{request.status // 100}xx"', 'request.status() / 100 + "xx"'),
    apply(request, emit) {
      emit(`${String(Math.floor(request.status / 100))}xx`);
    },
  }),
  row({
    name: 'status-as-key',
    kind: 'map',
    takes: 'request',
    gives: 'word',
    meaning: 'The status itself, such as 404.',
    text: lambda('lambda request: str(request.status)', 'String.valueOf(request.status())'),
    apply(request, emit) {
      emit(String(request.status));
    },
  }),
  row({
    name: 'path-as-key',
    kind: 'map',
    takes: 'request',
    gives: 'word',
    meaning: 'The path that was asked for.',
    text: lambda('lambda request: request.path', 'request.path()'),
    apply(request, emit) {
      emit(request.path);
    },
  }),
  row({
    name: 'host-as-key',
    kind: 'map',
    takes: 'request',
    gives: 'word',
    meaning: 'The host that asked.',
    text: lambda('lambda request: request.host', 'request.host()'),
    apply(request, emit) {
      emit(request.host);
    },
  }),
  row({
    name: 'bytes-by-path',
    kind: 'map',
    takes: 'request',
    gives: 'pair',
    meaning: 'The path with the number of bytes sent.',
    text: lambda(
      'lambda request: (request.path, request.bytes)',
      'new Pair(request.path(), request.bytes())',
    ),
    apply(request, emit) {
      emit({ key: request.path, value: request.bytes });
    },
  }),
  row({
    name: 'split-words',
    kind: 'flatMap',
    takes: 'line',
    gives: 'word',
    meaning: 'The words of a line, which single spaces divide.',
    text: lambda('lambda line: line.split(" ")', 'List.of(line.split(" ", -1))'),
    apply(line, emit) {
      for (const word of line.split(' ')) emit(word);
    },
  }),
  row({
    name: 'lower-case',
    kind: 'map',
    takes: 'word',
    gives: 'word',
    meaning: 'The word in small letters.',
    text: lambda('lambda word: word.lower()', 'word.toLowerCase(Locale.ROOT)'),
    apply(word, emit) {
      emit(word.toLowerCase());
    },
  }),
  row({
    name: 'is-hashtag',
    kind: 'filter',
    takes: 'word',
    gives: 'word',
    meaning: 'Keeps the words that begin with #.',
    text: lambda('lambda word: word.startswith("#")', 'word.startsWith("#")'),
    apply(word, emit) {
      if (word.startsWith('#')) emit(word);
    },
  }),
  row({
    name: 'pair-with-one',
    kind: 'map',
    takes: 'word',
    gives: 'pair',
    meaning: 'The word as a key with the number 1, so that a sum counts.',
    text: lambda('lambda word: (word, 1)', 'new Pair(word, 1)'),
    apply(word, emit) {
      emit({ key: word, value: 1 });
    },
  }),
  row({
    name: 'word-and-number',
    kind: 'flatMap',
    takes: 'line',
    gives: 'pair',
    meaning:
      'A line such as "apples 3" as a key with a whole number; any other line gives nothing.',
    text: {
      python: 'word_and_number',
      pythonHelper: pythonText.wordAndNumber,
      java: 'wordAndNumber(line)',
      javaHelper: javaText.wordAndNumber,
    },
    apply(line, emit) {
      const [, key, value] = /^(\S+) (-?\d{1,9})$/.exec(line) ?? [];
      if (key !== undefined) emit({ key, value: Number(value) });
    },
  }),
] as const;

export type FunctionName = (typeof functionTable)[number]['name'];

const byName = new Map<string, RecordFunction>(
  functionTable.map((row) => [row.name, row as unknown as RecordFunction]),
);

export const functionNames = functionTable.map((row) => row.name);

/** The row of a name, or null for a word that names no function. */
export function recordFunction(name: string): RecordFunction | null {
  return byName.get(name) ?? null;
}
