/**
 * textFileStream: which files of a watched directory make up a batch. A file counts by its
 * modification time, once; a file that appears with an old modification time is never read.
 *
 * Follows FileInputDStream of Spark Streaming 3.5 with its default
 * `spark.streaming.fileStream.minRememberDuration` of 60 s. Times in milliseconds. Left out: the
 * time that listing a large directory takes, which in reality delays the batch.
 *
 * A component of its own: the lane reads Kafka directly.
 */
export interface FileStream {
  /** Files modified at this time or earlier were there before the stream, and are not read. */
  readonly ignoreUntilMs: number;
  readonly batchIntervalMs: number;
  /** Files of recent batches, by name, with the time of their batch. */
  readonly seen: Map<string, number>;
}

export interface WatchedFile {
  readonly name: string;
  readonly modifiedMs: number;
}

const MIN_REMEMBER_MS = 60_000;

export function createFileStream(
  newFilesOnly: boolean,
  createdMs: number,
  batchIntervalMs: number,
): FileStream {
  return { ignoreUntilMs: newFilesOnly ? createdMs : 0, batchIntervalMs, seen: new Map() };
}

/** The names of the files of the batch at `batchMs`, in the order of the listing. */
export function takeFiles(
  stream: FileStream,
  listing: readonly WatchedFile[],
  batchMs: number,
): string[] {
  const { batchIntervalMs, seen } = stream;
  const rememberMs = Math.ceil(MIN_REMEMBER_MS / batchIntervalMs) * batchIntervalMs;
  const ignoreUntilMs = Math.max(stream.ignoreUntilMs, batchMs - rememberMs);
  const taken: string[] = [];
  for (const file of listing) {
    if (file.name.startsWith('.') || seen.has(file.name)) continue;
    if (file.modifiedMs <= ignoreUntilMs || file.modifiedMs > batchMs) continue;
    seen.set(file.name, batchMs);
    taken.push(file.name);
  }
  // A forgotten file is not read again: by then its modification time is too old.
  for (const [name, takenMs] of seen) if (takenMs < batchMs - rememberMs) seen.delete(name);
  return taken;
}
