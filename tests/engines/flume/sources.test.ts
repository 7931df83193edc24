import { describe, expect, it } from 'vitest';
import { createReport } from '../../../workers/engines/flume/configuration/report.ts';
import {
  lineFits,
  readNetcat,
  tooLongReply,
} from '../../../workers/engines/flume/sources/netcat.ts';
import { nextNumbers, readSeq } from '../../../workers/engines/flume/sources/seq.ts';
import {
  isCandidate,
  nextBackoffMs,
  nextSpooledFile,
  readSpooldir,
  splitLine,
} from '../../../workers/engines/flume/sources/spooldir.ts';
import {
  commitLines,
  createTaildirReader,
  loadPositions,
  nextRetryMs,
  positionsOf,
  readTaildir,
  taildirHeaders,
  updateTailFiles,
} from '../../../workers/engines/flume/sources/taildir.ts';

const map = (properties: Record<string, string>) => new Map(Object.entries(properties));
const file = (path: string, inode: number, lines: number, modifiedUs = inode) => ({
  path,
  inode,
  lines,
  modifiedUs,
});

describe('TAILDIR', () => {
  const settings = (extra: Record<string, string> = {}) =>
    readTaildir(
      map({ filegroups: 'g1', 'filegroups.g1': '/logs/.*\\.log', ...extra }),
      createReport(),
    );
  const due = (reader: ReturnType<typeof createTaildirReader>) =>
    reader.existingInodes.map((inode) => {
      const found = reader.tailFiles.get(inode);
      return `${found?.path} from ${found?.pos}${found?.needTail === true ? '' : ', nothing new'}`;
    });

  it('reads each matching file from its start, the least recently changed first', () => {
    const reader = createTaildirReader(settings());
    updateTailFiles(reader, [
      file('/logs/b.log', 2, 5, 10),
      file('/logs/a.log', 1, 3, 20),
      file('/logs/c.txt', 3, 1),
      file('/else/d.log', 4, 1),
    ]);
    expect(due(reader)).toEqual(['/logs/b.log from 0', '/logs/a.log from 0']);
  });

  it('skips to the end of what is there at start, when told, and of nothing later', () => {
    const reader = createTaildirReader(settings({ skipToEnd: 'true' }));
    updateTailFiles(reader, [file('/logs/a.log', 1, 3)]);
    loadPositions(reader, []);
    updateTailFiles(reader, [file('/logs/a.log', 1, 3), file('/logs/b.log', 2, 2)]);
    expect(due(reader)).toEqual(['/logs/a.log from 3, nothing new', '/logs/b.log from 0']);
  });

  it('takes a position only where inode and path both fit', () => {
    const reader = createTaildirReader(settings());
    updateTailFiles(reader, [file('/logs/a.log', 1, 9), file('/logs/b.log', 2, 9)]);
    loadPositions(reader, [
      { inode: 1, pos: 4, file: '/logs/a.log' },
      { inode: 2, pos: 4, file: '/logs/old.log' },
    ]);
    expect(due(reader)).toEqual(['/logs/a.log from 4', '/logs/b.log from 0']);
  });

  it('reads a file that was renamed within the pattern from its start again', () => {
    const reader = createTaildirReader(settings());
    updateTailFiles(reader, [file('/logs/a.log', 1, 3)]);
    commitLines(reader, 1, 3);
    updateTailFiles(reader, [file('/logs/b.log', 1, 3)]);
    expect(due(reader)).toEqual(['/logs/b.log from 0']);
  });

  it('starts a file that became shorter anew, and goes on in one that grew', () => {
    const reader = createTaildirReader(settings());
    updateTailFiles(reader, [file('/logs/a.log', 1, 3), file('/logs/b.log', 2, 3)]);
    commitLines(reader, 1, 3);
    commitLines(reader, 2, 3);
    updateTailFiles(reader, [file('/logs/a.log', 1, 2), file('/logs/b.log', 2, 4)]);
    expect(due(reader)).toEqual(['/logs/a.log from 0', '/logs/b.log from 3']);
    expect(positionsOf(reader)).toEqual([
      { inode: 1, pos: 0, file: '/logs/a.log' },
      { inode: 2, pos: 3, file: '/logs/b.log' },
    ]);
  });

  it('F29 testBasicCommitFailure: what was read and not committed is read again', () => {
    const reader = createTaildirReader(settings());
    updateTailFiles(reader, [file('/logs/a.log', 1, 4)]);
    updateTailFiles(reader, [file('/logs/a.log', 1, 4)]);
    expect(due(reader)).toEqual(['/logs/a.log from 0']);
  });

  it('waits 1, 2, 4, 5, 5 s for a full channel, and 1 s again after a commit', () => {
    const reader = createTaildirReader(settings());
    expect([1, 2, 3, 4, 5].map(() => nextRetryMs(reader))).toEqual([1000, 2000, 4000, 5000, 5000]);
    commitLines(reader, 1, 0);
    expect(nextRetryMs(reader)).toBe(1000);
  });

  it('adds the headers of the group, the file and the line', () => {
    const given = settings({
      'headers.g1.site': 'de',
      fileHeader: 'true',
      byteOffsetHeader: 'true',
    });
    const reader = createTaildirReader(given);
    updateTailFiles(reader, [file('/logs/a.log', 1, 4)]);
    const tailed = reader.tailFiles.get(1);
    expect(tailed && taildirHeaders(given, tailed, 3)).toEqual(
      map({ site: 'de', byteoffset: '3', file: '/logs/a.log' }),
    );
  });

  it('has the defaults of 1.11.0, and wants its files', () => {
    expect(settings()).toMatchObject({
      batchSize: 100,
      writePosIntervalMs: 3000,
      backoffSleepIncrementMs: 1000,
      maxBackoffSleepMs: 5000,
    });
    expect(() => readTaildir(new Map(), createReport())).toThrow('Missing param: filegroups');
    expect(() => readTaildir(map({ filegroups: 'g1' }), createReport())).toThrow(
      'Mapping for tailing files is empty or invalid',
    );
  });
});

describe('spooldir', () => {
  const settings = (extra: Record<string, string> = {}) =>
    readSpooldir(map({ spoolDir: '/spool', ...extra }));

  it.each([
    ['F26 testMaxLineLength', 'abcdefghijklmnopqrstuvwxyz', ['abcdefghij', 'klmnopqrst', 'uvwxyz']],
    ['a line of exactly the maximum leaves an empty event', 'abcdefghij', ['abcdefghij', '']],
    ['a shorter line', 'abc', ['abc']],
    ['an empty line', '', ['']],
    ['a carriage return stays', 'l2\r', ['l2\r']],
  ])('%s', (_name, line, bodies) => {
    expect(splitLine(line, 10)).toEqual(bodies);
  });

  it.each([
    ['/spool/a', true],
    ['/spool/a.COMPLETED', false],
    ['/spool/.a', false],
    ['/spool/sub/a', false],
    ['/spool/skip', false],
  ])('%s is a candidate: %s', (path, expected) => {
    expect(isCandidate(settings({ ignorePattern: '^skip$' }), path)).toBe(expected);
  });

  it('F27 testIncludePattern: only the whole name file2', () => {
    const given = settings({ includePattern: '^file2$', deletePolicy: 'immediate' });
    const files = ['file0', 'file1', 'file2', 'file22'].map((name, i) =>
      file(`/spool/${name}`, i, 1),
    );
    expect(files.filter(({ path }) => isCandidate(given, path)).map(({ path }) => path)).toEqual([
      '/spool/file2',
    ]);
  });

  it.each([
    ['oldest', '/spool/b'],
    ['youngest', '/spool/a'],
  ])('takes the %s first, the smaller name among equals', (consumeOrder, path) => {
    const files = [
      file('/spool/d', 1, 1, 5),
      file('/spool/b', 2, 1, 5),
      file('/spool/c', 3, 1, 9),
      file('/spool/a', 4, 1, 9),
    ];
    expect(nextSpooledFile(settings({ consumeOrder }), files, () => 0)?.path).toBe(path);
  });

  it('picks at random where told, and nothing from an empty directory', () => {
    const files = [file('/spool/a', 1, 1), file('/spool/b', 2, 1)];
    expect(nextSpooledFile(settings({ consumeOrder: 'random' }), files, () => 1)?.path).toBe(
      '/spool/b',
    );
    expect(nextSpooledFile(settings({ consumeOrder: 'random' }), [], () => 0)).toBeNull();
  });

  it('doubles its wait up to maxBackoff', () => {
    const waits = [250];
    for (let i = 0; i < 5; i++) waits.push(nextBackoffMs(settings(), waits.at(-1) ?? 0));
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 4000]);
  });

  it.each([
    [{}, 'Configuration must specify a spooling directory'],
    [
      { spoolDir: '/spool', deletePolicy: 'delay' },
      'Delete policies other than NEVER and IMMEDIATE are not yet supported',
    ],
    [{ spoolDir: '/spool', consumeOrder: 'newest' }, 'No enum constant'],
  ])('refuses %o', (properties, message) => {
    expect(() => readSpooldir(map(properties as Record<string, string>))).toThrow(message);
  });
});

describe('the others', () => {
  it('E7 netcat: 10 characters with their newline fit, 11 do not', () => {
    const settings = readNetcat(map({ bind: 'localhost', port: '44444', 'max-line-length': '10' }));
    expect(
      ['one\r', '', '123456789', '1234567890'].map((line) => lineFits(settings, line)),
    ).toEqual([true, true, true, false]);
    expect(tooLongReply(settings)).toBe(
      'FAILED: Event exceeds the maximum length (10 chars, including newline)',
    );
  });

  it('seq counts from 0, batch by batch, to its total', () => {
    const settings = readSeq(map({ batchSize: '2', totalEvents: '5' }));
    expect([0, 2, 4, 5].map((sent) => nextNumbers(settings, sent))).toEqual([
      ['0', '1'],
      ['2', '3'],
      ['4'],
      [],
    ]);
  });
});
