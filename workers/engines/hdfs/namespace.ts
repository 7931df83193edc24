/**
 * The name space of an HDFS cluster (`FSNamesystem`, Hadoop 3.3): files by path, each with one writer
 * at a time, who holds its lease. What a writer has flushed, a new reader can read; what `ls` shows as
 * length are completed blocks only, so an open file looks empty until it is closed. A rename is one
 * step: whoever lists the directory sees the old name or the new one.
 */
import type { HdfsLine } from '../../wire/hdfs.ts';

export interface HdfsFile {
  path: string;
  /** The client that writes it; null once it is closed. */
  lease: string | null;
  readonly lines: HdfsLine[];
  bytes: number;
}

export interface Namespace {
  readonly blockSizeBytes: number;
  /** By path, in the order of creation. */
  files: Map<string, HdfsFile>;
}

export function createNamespace(blockSizeBytes: number): Namespace {
  return { blockSizeBytes, files: new Map() };
}

/** @returns the IOException's message, or null */
export function createFile(namespace: Namespace, path: string, client: string): string | null {
  const known = namespace.files.get(path);
  if (known !== undefined) {
    return known.lease === null
      ? `FileAlreadyExistsException: ${path} already exists`
      : `AlreadyBeingCreatedException: Failed to CREATE_FILE ${path} for ${client} because this file lease is currently owned by ${known.lease}`;
  }
  namespace.files.set(path, { path, lease: client, lines: [], bytes: 0 });
  return null;
}

export function appendLines(
  namespace: Namespace,
  path: string,
  client: string,
  lines: readonly HdfsLine[],
): string | null {
  const file = namespace.files.get(path);
  if (file?.lease !== client) return noLease(path, client);
  for (const line of lines) {
    file.lines.push(line);
    file.bytes += line.bytes;
  }
  return null;
}

export function closeFile(namespace: Namespace, path: string, client: string): string | null {
  const file = namespace.files.get(path);
  if (file?.lease !== client) return noLease(path, client);
  file.lease = null;
  return null;
}

function noLease(path: string, client: string): string {
  return `LeaseExpiredException: No lease on ${path}: Holder ${client} does not have any open files.`;
}

/** A target that exists is never replaced: the real rename answers false, and nothing happens. */
export function renameFile(namespace: Namespace, path: string, to: string): void {
  const file = namespace.files.get(path);
  if (file === undefined || namespace.files.has(to)) return;
  namespace.files.delete(path);
  file.path = to;
  namespace.files.set(to, file);
}

/** What `hdfs dfs -ls` shows: the bytes of completed blocks while the file is open. */
export function listedBytes(namespace: Namespace, file: HdfsFile): number {
  if (file.lease === null) return file.bytes;
  return Math.floor(file.bytes / namespace.blockSizeBytes) * namespace.blockSizeBytes;
}

export function filesUnder(namespace: Namespace, directory: string): HdfsFile[] {
  const prefix = directory === '/' ? '/' : `${directory}/`;
  return [...namespace.files.values()].filter(({ path }) => path.startsWith(prefix));
}
