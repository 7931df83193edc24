/**
 * `SpoolDirectorySource` (Flume 1.11.0): reads complete, immutable files one after the other, and
 * renames each that it has finished. The position is stored with each committed batch, so what a
 * memory channel held at a crash is not read again.
 *
 * Simplifications: files hold whole lines, without bytes that cannot be decoded; in a pipeline they never
 * change once they are there.
 */
import { compilePattern, matches } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import type { FileInfo } from '../../../wire/files.ts';
import { getBoolean, getInteger, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export type ConsumeOrder = 'OLDEST' | 'YOUNGEST' | 'RANDOM';

export interface SpooldirSettings {
  readonly kind: 'spooldir';
  readonly spoolDir: string;
  readonly fileSuffix: string;
  readonly deleteFiles: boolean;
  readonly includePattern: Pattern;
  readonly ignorePattern: Pattern;
  readonly consumeOrder: ConsumeOrder;
  readonly pollDelayMs: number;
  readonly batchSize: number;
  readonly maxBackoffMs: number;
  readonly maxLineLength: number;
  readonly fileHeader: boolean;
  readonly fileHeaderKey: string;
  readonly basenameHeader: boolean;
  readonly basenameHeaderKey: string;
}

/** @throws ConfigurationRefusal */
export function readSpooldir(context: Context): SpooldirSettings {
  const spoolDir = context.get('spoolDir');
  if (spoolDir === undefined) {
    return refuse('IllegalStateException', 'Configuration must specify a spooling directory');
  }
  return {
    kind: 'spooldir',
    spoolDir,
    fileSuffix: context.get('fileSuffix') ?? '.COMPLETED',
    deleteFiles: readDeletePolicy(context),
    includePattern: compilePattern(context.get('includePattern') ?? '^.*$'),
    ignorePattern: compilePattern(context.get('ignorePattern') ?? '^$'),
    consumeOrder: readConsumeOrder(context),
    pollDelayMs: getInteger(context, 'pollDelay', 500),
    batchSize: getInteger(context, 'batchSize', 100),
    maxBackoffMs: getInteger(context, 'maxBackoff', 4000),
    maxLineLength: getInteger(
      context,
      'deserializer.maxLineLength',
      getInteger(context, 'bufferMaxLineLength', 2048),
    ),
    fileHeader: getBoolean(context, 'fileHeader', false),
    fileHeaderKey: context.get('fileHeaderKey') ?? 'file',
    basenameHeader: getBoolean(context, 'basenameHeader', false),
    basenameHeaderKey: context.get('basenameHeaderKey') ?? 'basename',
  };
}

function readDeletePolicy(context: Context): boolean {
  const policy = (context.get('deletePolicy') ?? 'never').toLowerCase();
  if (policy === 'never' || policy === 'immediate') return policy === 'immediate';
  return refuse(
    'IllegalArgumentException',
    'Delete policies other than NEVER and IMMEDIATE are not yet supported',
  );
}

function readConsumeOrder(context: Context): ConsumeOrder {
  const order = (context.get('consumeOrder') ?? 'OLDEST').toUpperCase();
  if (order === 'OLDEST' || order === 'YOUNGEST' || order === 'RANDOM') return order;
  return refuse(
    'IllegalArgumentException',
    `No enum constant org.apache.flume.source.SpoolDirectorySourceConfigurationConstants.ConsumeOrder.${order}`,
  );
}

/** Whether a file of the directory waits to be read. Both patterns cover the whole name; ignore wins. */
export function isCandidate(settings: SpooldirSettings, path: string): boolean {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  return (
    path.slice(0, slash) === settings.spoolDir &&
    !name.endsWith(settings.fileSuffix) &&
    !name.startsWith('.') &&
    matches(settings.includePattern, name) &&
    !matches(settings.ignorePattern, name)
  );
}

/**
 * The file that is read next, by modification time; the smaller name among equals, for the youngest
 * as for the oldest.
 *
 * @param pick a number below the given count, for the order RANDOM
 */
export function nextSpooledFile(
  settings: SpooldirSettings,
  files: readonly FileInfo[],
  pick: (count: number) => number,
): FileInfo | null {
  const candidates = files.filter((file) => isCandidate(settings, file.path));
  if (settings.consumeOrder === 'RANDOM') {
    return candidates[candidates.length === 0 ? 0 : pick(candidates.length)] ?? null;
  }
  const sign = settings.consumeOrder === 'OLDEST' ? 1 : -1;
  candidates.sort((a, b) => sign * (a.modifiedUs - b.modifiedUs) || (a.path < b.path ? -1 : 1));
  return candidates[0] ?? null;
}

/**
 * The bodies that `LineDeserializer` makes of one line that ends in a newline: a longer one is split,
 * not cut, and one of exactly the maximum leaves its newline over as an empty event.
 */
export function splitLine(line: string, maxLineLength: number): string[] {
  const bodies: string[] = [];
  let rest = line;
  // Each event has read at least one character before its length is looked at.
  const pieceLength = Math.max(1, maxLineLength);
  while (rest.length >= pieceLength) {
    bodies.push(rest.slice(0, pieceLength));
    rest = rest.slice(pieceLength);
  }
  bodies.push(rest);
  return bodies;
}

/** The wait after a refusal by a channel: 250 ms, doubling up to maxBackoff. */
export const firstBackoffMs = 250;

export function nextBackoffMs(settings: SpooldirSettings, backoffMs: number): number {
  return Math.min(backoffMs * 2, settings.maxBackoffMs);
}
