import { expect, test } from 'vitest';
import { readSpooldir } from '../../../workers/engines/flume/sources/spooldir.ts';
import {
  commitRead,
  createSpoolingReader,
  nextLine,
  openFile,
  retireFile,
} from '../../../workers/engines/flume/sources/spoolingReader.ts';

// ReliableSpoolingFileEventReader.retireCurrentFile of Flume 1.11.0, where the recordings do not reach.

const settings = (policy: string) =>
  readSpooldir(
    new Map([
      ['spoolDir', '/spool'],
      ['deletePolicy', policy],
    ]),
  );
const file = (lines: number, modifiedUs = 1) => ({ path: '/spool/a', inode: 1, lines, modifiedUs });

test('a file that grew within the same moment has changed its size', () => {
  const reader = createSpoolingReader();
  openFile(reader, file(2));
  expect(retireFile(reader, settings('never'), [file(3)])).toEqual({
    is: 'refused',
    message: 'File has changed size since being read: /spool/a',
  });
  expect(reader.isClosed).toBe(true);
});

test('a new file with the name of a deleted one is read from its beginning', () => {
  const reader = createSpoolingReader();
  openFile(reader, file(2));
  commitRead(reader, 2);
  expect(retireFile(reader, settings('immediate'), [file(2)])).toEqual({
    is: 'deleted',
    path: '/spool/a',
  });
  openFile(reader, file(5, 2));
  expect(nextLine(reader)).toBe(0);
});
