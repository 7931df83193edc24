/**
 * `TaildirSource` and its `ReliableTaildirEventReader` (Flume 1.11.0): tails the files that match, and
 * remembers per inode how far their lines have been committed to the channels.
 *
 * The position is written to the position file by a timer, not with the commit, so after a crash
 * everything since the last write is read again: at least once. A position belongs to inode and path
 * together, so a file renamed to another matching name is read again from its start.
 *
 * Simplifications: positions count lines, not bytes; files hold whole lines only, so nothing waits
 * for a newline and closing an idle file (idleTimeout) changes nothing.
 */
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { compilePattern, matches } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import type { FileInfo } from '../../../wire/files.ts';
import {
  getBoolean,
  getInteger,
  getLong,
  refuse,
  splitNames,
  subProperties,
} from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';
import type { EventHeaders } from '../event.ts';

export interface FileGroup {
  readonly name: string;
  readonly directory: string;
  readonly pattern: Pattern;
  readonly headers: ReadonlyMap<string, string>;
}

export interface TaildirSettings {
  readonly kind: 'TAILDIR';
  /** In the hash order in which they are searched. */
  readonly groups: readonly FileGroup[];
  readonly positionFile: string;
  readonly batchSize: number;
  readonly maxBatchCount: number;
  readonly skipToEnd: boolean;
  readonly writePosIntervalMs: number;
  readonly byteOffsetHeader: boolean;
  readonly fileHeader: boolean;
  readonly fileHeaderKey: string;
  readonly backoffSleepIncrementMs: number;
  readonly maxBackoffSleepMs: number;
}

/** `writePosInitDelay`: the first write of the position file, whatever the interval. */
export const firstPositionWriteMs = 5000;

const firstRetryMs = 1000;
const lastRetryMs = 5000;

/** @throws ConfigurationRefusal */
export function readTaildir(context: Context, report: Report): TaildirSettings {
  const filegroups = context.get('filegroups');
  if (filegroups === undefined) {
    return refuse('IllegalStateException', 'Missing param: filegroups');
  }
  const paths = subProperties(context, 'filegroups.');
  const names = splitNames(filegroups).filter((name) => paths.has(name));
  if (names.length === 0) {
    refuse('IllegalStateException', "Mapping for tailing files is empty or invalid: 'filegroups.'");
  }
  return {
    kind: 'TAILDIR',
    groups: hashMapOrder(names).map((name) => readGroup(name, paths.get(name) as string, context)),
    positionFile: context.get('positionFile') ?? '~/.flume/taildir_position.json',
    batchSize: getInteger(context, 'batchSize', 100),
    maxBatchCount: maxBatchCount(context, report),
    skipToEnd: getBoolean(context, 'skipToEnd', false),
    writePosIntervalMs: readWritePosInterval(context),
    byteOffsetHeader: getBoolean(context, 'byteOffsetHeader', false),
    fileHeader: getBoolean(context, 'fileHeader', false),
    fileHeaderKey: context.get('fileHeaderKey') ?? 'file',
    backoffSleepIncrementMs: getLong(context, 'backoffSleepIncrement', 1000),
    maxBackoffSleepMs: getLong(context, 'maxBackoffSleep', 5000),
  };
}

/** The real timer throws at the source's start, which never succeeds then. */
function readWritePosInterval(context: Context): number {
  const intervalMs = getInteger(context, 'writePosInterval', 3000);
  if (intervalMs <= 0) refuse('IllegalArgumentException', 'null');
  return intervalMs;
}

/** Only the last part of the path is a pattern, and it has to match the whole name. */
function readGroup(name: string, path: string, context: Context): FileGroup {
  const slash = path.lastIndexOf('/');
  if (slash < 0) refuse('NullPointerException', 'null');
  return {
    name,
    directory: path.slice(0, slash),
    pattern: compilePattern(path.slice(slash + 1)),
    headers: subProperties(context, `headers.${name}.`),
  };
}

function maxBatchCount(context: Context, report: Report): number {
  const unlimited = Number.MAX_SAFE_INTEGER;
  const value = getLong(context, 'maxBatchCount', unlimited);
  if (value > 0) return value;
  warn(
    report,
    `Invalid maxBatchCount specified, initializing source default maxBatchCount of ${unlimited}`,
  );
  return unlimited;
}

/** A file being tailed. */
export interface TailFile {
  readonly inode: number;
  readonly path: string;
  readonly group: FileGroup;
  /** What its lines carry, where all of them carry the same and nobody changes it: null before the first. */
  sharedHeaders: EventHeaders | null;
  /** Lines committed to the channels. */
  pos: number;
  needTail: boolean;
}

/** One entry of the position file. */
export interface Position {
  readonly inode: number;
  readonly pos: number;
  readonly file: string;
}

export interface TaildirReader {
  readonly settings: TaildirSettings;
  tailFiles: Map<number, TailFile>;
  /** The inodes of the last look, in the order in which they are tailed. */
  existingInodes: number[];
  /** Whether the position file has been loaded since the source was started. */
  loaded: boolean;
  /** The wait after the next refusal by a channel. */
  retryMs: number;
}

export function createTaildirReader(settings: TaildirSettings): TaildirReader {
  return {
    settings,
    tailFiles: new Map(),
    existingInodes: [],
    loaded: false,
    retryMs: firstRetryMs,
  };
}

/** `updateTailFiles`: what is there now, and which of it has something to read. */
export function updateTailFiles(reader: TaildirReader, files: readonly FileInfo[]): void {
  // Looks are frequent and mostly find the same files, so the list is written over.
  let existing = 0;
  for (const group of reader.settings.groups) {
    for (const file of filesOf(reader, group, files)) {
      updateTailFile(reader, group, file);
      reader.existingInodes[existing++] = file.inode;
    }
  }
  if (reader.existingInodes.length > existing) reader.existingInodes.length = existing;
}

/** `getMatchFiles`: the oldest change first. */
function filesOf(
  reader: TaildirReader,
  group: FileGroup,
  files: readonly FileInfo[],
): readonly FileInfo[] {
  const isInGroup = ({ inode, path }: FileInfo) =>
    isTailedIn(group, reader.tailFiles.get(inode), path) || matchesGroup(group, path);
  const found = files.every(isInGroup) ? files : files.filter(isInGroup);
  return found.length < 2 ? found : found.toSorted((a, b) => a.modifiedUs - b.modifiedUs);
}

function updateTailFile(reader: TaildirReader, group: FileGroup, file: FileInfo): void {
  const { inode, path, lines } = file;
  const known = reader.tailFiles.get(inode);
  if (known === undefined || known.path !== path) {
    const pos = reader.settings.skipToEnd && !reader.loaded ? lines : 0;
    const needTail = pos < lines;
    reader.tailFiles.set(inode, { inode, path, group, sharedHeaders: null, pos, needTail });
    return;
  }
  // A file that has become shorter was started anew.
  if (lines < known.pos) known.pos = 0;
  known.needTail = known.pos !== lines;
}

/** A file that matched keeps matching under its path, so the pattern is not asked again. */
function isTailedIn(group: FileGroup, known: TailFile | undefined, path: string): boolean {
  return known?.path === path && known.group.name === group.name;
}

function matchesGroup(group: FileGroup, path: string): boolean {
  const slash = path.lastIndexOf('/');
  return path.slice(0, slash) === group.directory && matches(group.pattern, path.slice(slash + 1));
}

/** `loadPositionFile`: an entry counts only where inode and path both fit. */
export function loadPositions(reader: TaildirReader, positions: readonly Position[]): void {
  for (const { inode, file, pos } of positions) {
    const known = reader.tailFiles.get(inode);
    if (known === undefined || known.path !== file) continue;
    known.pos = pos;
    known.needTail = true;
  }
  reader.loaded = true;
}

/** `toPosInfoJson`, as a list: what the position file holds after it is written now. */
export function positionsOf(reader: TaildirReader): Position[] {
  const positions: Position[] = [];
  for (const inode of reader.existingInodes) {
    const file = reader.tailFiles.get(inode);
    if (file !== undefined) positions.push({ inode, pos: file.pos, file: file.path });
  }
  return positions;
}

/** How long the source waits after a ChannelException; longer each time until a batch is through. */
export function nextRetryMs(reader: TaildirReader): number {
  const waitMs = reader.retryMs;
  reader.retryMs = Math.min(waitMs * 2, lastRetryMs);
  return waitMs;
}

export function commitLines(reader: TaildirReader, inode: number, lines: number): void {
  const file = reader.tailFiles.get(inode);
  if (file !== undefined) file.pos += lines;
  reader.retryMs = firstRetryMs;
}

/** The headers of a line. `line` counts from 0. */
export function taildirHeaders(
  settings: TaildirSettings,
  file: TailFile,
  line: number,
): EventHeaders {
  const headers: EventHeaders = new Map(file.group.headers);
  if (settings.byteOffsetHeader) headers.set('byteoffset', String(line));
  if (settings.fileHeader) headers.set(settings.fileHeaderKey, file.path);
  return headers;
}
