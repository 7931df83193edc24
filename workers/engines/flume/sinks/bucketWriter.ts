/**
 * `BucketWriter` (Flume 1.11.0): the files of one bucket, one after the other. Size and count are
 * looked at before the next event is written, so a file of rollCount 10 stays open with ten events
 * until the eleventh comes; rollSize counts body bytes only.
 *
 * A writer decides and keeps books; the file operations it asks for are carried out, in order, by the
 * HDFS client of its sink.
 *
 * Simplification: blocks are always fully replicated, so no file rolls for that.
 */
import type { FileOperation } from '../../../clients/hdfs/client.ts';
import type { FlumeEvent } from '../event.ts';
import type { HdfsSinkSettings } from './hdfs.ts';

export interface BucketWriter {
  /** Resolved directory and prefix. */
  readonly filePath: string;
  readonly fileName: string;
  /** The clock in ms when the writer was made; one more for each file. */
  counter: number;
  isOpen: boolean;
  /** The file while it is written, and the name that it gets when it is closed. */
  bucketPath: string;
  targetPath: string;
  eventCounter: number;
  processSize: number;
  /** Events since the last flush. */
  batchCounter: number;
  /** How often it was flushed, for the idle timer. */
  flushes: number;
}

export function createBucketWriter(
  filePath: string,
  fileName: string,
  nowMs: number,
): BucketWriter {
  return {
    filePath,
    fileName,
    counter: nowMs,
    isOpen: false,
    bucketPath: '',
    targetPath: '',
    eventCounter: 0,
    processSize: 0,
    batchCounter: 0,
    flushes: 0,
  };
}

/** Writes one event, after a roll where one is due. @returns whether a new file was opened */
export function appendToBucket(
  writer: BucketWriter,
  event: FlumeEvent,
  settings: HdfsSinkSettings,
  operations: FileOperation[],
): boolean {
  const rotate = writer.isOpen && shouldRotate(writer, settings);
  if (rotate) closeBucket(writer, operations);
  const opened = !writer.isOpen;
  if (opened) openFile(writer, settings, operations);
  const line = { record: event.recordId, text: event.body, bytes: event.bodyBytes + 1 };
  operations.push({ operation: 'write', path: writer.bucketPath, line });
  writer.processSize += event.bodyBytes;
  writer.eventCounter++;
  writer.batchCounter++;
  if (writer.batchCounter === settings.batchSize) flushBucket(writer, operations);
  return opened;
}

export function shouldRotate(writer: BucketWriter, settings: HdfsSinkSettings): boolean {
  const byCount = settings.rollCount > 0 && settings.rollCount <= writer.eventCounter;
  const bySize = settings.rollSizeBytes > 0 && settings.rollSizeBytes <= writer.processSize;
  return byCount || bySize;
}

/** `hflush`, unless nothing was written since the last one. */
export function flushBucket(writer: BucketWriter, operations: FileOperation[]): void {
  if (writer.batchCounter === 0) return;
  operations.push({ operation: 'hflush', path: writer.bucketPath });
  writer.batchCounter = 0;
  writer.flushes++;
}

/** Closes the file and gives it its final name. */
export function closeBucket(writer: BucketWriter, operations: FileOperation[]): void {
  if (!writer.isOpen) return;
  flushBucket(writer, operations);
  operations.push({ operation: 'close', path: writer.bucketPath });
  writer.isOpen = false;
  if (writer.bucketPath !== writer.targetPath) {
    operations.push({ operation: 'rename', path: writer.bucketPath, to: writer.targetPath });
  }
}

function openFile(
  writer: BucketWriter,
  settings: HdfsSinkSettings,
  operations: FileOperation[],
): void {
  writer.counter++;
  const name = `${writer.fileName}.${writer.counter}${settings.fileSuffix}`;
  writer.bucketPath = `${writer.filePath}/${settings.inUsePrefix}${name}${settings.inUseSuffix}`;
  writer.targetPath = `${writer.filePath}/${name}`;
  writer.eventCounter = 0;
  writer.processSize = 0;
  writer.batchCounter = 0;
  writer.isOpen = true;
  operations.push({ operation: 'create', path: writer.bucketPath });
}
