import type { RecordId } from '../trace/format.ts';

/**
 * Reading a directory of another process on the same machine: how a Flume source sees the web server's files.
 * A line is a record; `position` counts lines from 0 (the real position file counts bytes: see the flume engine).
 */
export type FilesMessage =
  | { readonly type: 'files.list'; readonly request: number }
  | {
      readonly type: 'files.listing';
      readonly request: number;
      readonly files: readonly FileInfo[];
    }
  | {
      readonly type: 'files.read';
      readonly request: number;
      readonly path: string;
      readonly position: number;
      /** At most so many lines. */
      readonly maxLines: number;
      /** The reader's pipe, on which the lines of the answer are drawn; −1 draws nothing. */
      readonly pipe: number;
    }
  | {
      readonly type: 'files.lines';
      readonly request: number;
      readonly path: string;
      readonly position: number;
      readonly lines: readonly RecordId[];
    }
  | { readonly type: 'files.rename'; readonly path: string; readonly to: string }
  | { readonly type: 'files.delete'; readonly path: string };

export interface FileInfo {
  readonly path: string;
  readonly inode: number;
  /** Lines written so far. */
  readonly lines: number;
  readonly modifiedUs: number;
}

/** A web server that pushes its lines over TCP, as to Flume's netcat or syslog source. */
export interface LineMessage {
  readonly type: 'line';
  readonly record: RecordId;
}
