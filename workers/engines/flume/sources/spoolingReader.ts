/**
 * `ReliableSpoolingFileEventReader` (Flume 1.11.0): which file of the directory is open, how far it was delivered and
 * committed, and what becomes of it at its end. Only what was committed is on disk, so that what was read and not
 * committed comes again.
 *
 * A file is looked at twice, when it is opened and when it is retired. One that has changed in between, or whose new
 * name is there already, stops the source for good, after all of it was delivered.
 */
import { present } from '../../../kernel/assert.ts';
import type { FileInfo } from '../../../wire/files.ts';
import type { SpooldirSettings } from './spooldir.ts';

export interface SpoolingReader {
  /** The open file as it was when it was opened. */
  current: FileInfo | null;
  /** The deserializer was closed, and the file could not be retired. */
  isClosed: boolean;
  /** The tracker file on disk: how many lines of which file were committed. */
  tracker: { readonly path: string; readonly position: number } | null;
}

/** @param tracker what an earlier life left */
export function createSpoolingReader(tracker: SpoolingReader['tracker'] = null): SpoolingReader {
  return { current: null, isClosed: false, tracker };
}

/** A file that the tracker knows is gone on with where it was left. */
export function openFile(reader: SpoolingReader, file: FileInfo): void {
  reader.current = file;
  if (reader.tracker?.path !== file.path) reader.tracker = { path: file.path, position: 0 };
}

/** The line of the open file that is read next. */
export function nextLine({ tracker }: SpoolingReader): number {
  return tracker?.position ?? 0;
}

/** An empty file gives one event with an empty body, and counts as a line that was read. */
export function isEmptyFile({ current, tracker }: SpoolingReader): boolean {
  return current?.lines === 0 && tracker?.position === 0;
}

export function commitRead(reader: SpoolingReader, lines: number): void {
  const { tracker } = reader;
  if (tracker !== null) reader.tracker = { ...tracker, position: tracker.position + lines };
}

/** What becomes of a file that was read to its end, or the message of the exception that stops the source. */
export type Retirement =
  | { readonly is: 'deleted'; readonly path: string }
  | { readonly is: 'renamed'; readonly path: string; readonly to: string }
  | { readonly is: 'refused'; readonly message: string };

/**
 * `retireCurrentFile`.
 *
 * @param files the directory as it is now
 */
export function retireFile(
  reader: SpoolingReader,
  settings: SpooldirSettings,
  files: readonly FileInfo[],
): Retirement {
  const opened = present(reader.current, 'the open file');
  const { path } = opened;
  const now = files.find((file) => file.path === path);
  reader.isClosed = true;
  const refused = (message: string): Retirement => ({ is: 'refused', message });
  if (now?.modifiedUs !== opened.modifiedUs)
    return refused(`File has been modified since being read: ${path}`);
  if (now.lines !== opened.lines) return refused(`File has changed size since being read: ${path}`);
  const to = path + settings.fileSuffix;
  if (!settings.deleteFiles && files.some((file) => file.path === to)) {
    return refused(
      `File name has been re-used with different files. Spooling assumptions violated for ${to}`,
    );
  }
  reader.isClosed = false;
  reader.current = null;
  reader.tracker = null;
  return settings.deleteFiles ? { is: 'deleted', path } : { is: 'renamed', path, to };
}
