/**
 * The buckets of an HDFS sink (`HDFSEventSink.sfWriters`, Flume 1.11.0): one writer for each resolved directory and
 * prefix. Count and size roll inside a writer; rollInterval, idleTimeout and maxOpenFiles close it, and the next event
 * of its bucket makes a new one.
 */
import type { FileOperation } from '../../../clients/hdfs/client.ts';
import type { FlumeEvent } from '../event.ts';
import { escapePath } from './bucketPath.ts';
import { appendToBucket, closeBucket, createBucketWriter, flushBucket } from './bucketWriter.ts';
import type { BucketWriter } from './bucketWriter.ts';
import type { HdfsSinkSettings } from './hdfs.ts';

export interface Buckets {
  /** By resolved path and prefix, the least recently used first. */
  writers: Map<string, BucketWriter>;
  /** Lookup paths written in the present transaction. */
  touched: Set<string>;
}

/** What closes a writer after `afterS`, traffic or not. */
export interface BucketTimer {
  readonly lookupPath: string;
  readonly bucketPath: string;
  /** Of an idle timer: it counts only if nothing was flushed since. */
  readonly flushes: number | null;
  readonly afterS: number;
}

export interface Agent {
  readonly nowMs: number;
  readonly host: string;
}

/**
 * @param directory the path of the settings, without a host
 * @returns the timer that rolls the file that was opened, if one was
 * @throws EventDeliveryException for a path that the event cannot fill in
 */
export function appendToBuckets(
  buckets: Buckets,
  event: FlumeEvent,
  directory: string,
  settings: HdfsSinkSettings,
  agent: Agent,
  operations: FileOperation[],
): BucketTimer | null {
  const { useLocalTimeStamp, round, rollIntervalS } = settings;
  const escaping = { ...agent, useLocalTimeStamp, round };
  const path = escapePath(directory, event.headers, escaping);
  const prefix = escapePath(settings.filePrefix, event.headers, escaping);
  const lookupPath = `${path}/${prefix}`;
  const known = buckets.writers.get(lookupPath);
  const writer = known ?? createBucketWriter(path, prefix, agent.nowMs);
  // A map keeps the order of insertion: the writer moves to the end, away from being the eldest.
  buckets.writers.delete(lookupPath);
  buckets.writers.set(lookupPath, writer);
  if (buckets.writers.size > settings.maxOpenFiles) closeEldest(buckets, operations);
  const opened = appendToBucket(writer, event, settings, operations);
  buckets.touched.add(lookupPath);
  if (!opened || rollIntervalS <= 0) return null;
  return { lookupPath, bucketPath: writer.bucketPath, flushes: null, afterS: rollIntervalS };
}

function closeEldest(buckets: Buckets, operations: FileOperation[]): void {
  for (const [lookupPath, writer] of buckets.writers) {
    closeBucket(writer, operations);
    buckets.writers.delete(lookupPath);
    return;
  }
}

/** The end of a batch: whatever it wrote is flushed. */
export function flushBuckets(buckets: Buckets, operations: FileOperation[]): void {
  for (const lookupPath of buckets.touched) {
    const writer = buckets.writers.get(lookupPath);
    if (writer !== undefined) flushBucket(writer, operations);
  }
}

/** The timers that begin with the flush of a batch. */
export function idleTimers(buckets: Buckets, { idleTimeoutS }: HdfsSinkSettings): BucketTimer[] {
  if (idleTimeoutS <= 0) return [];
  return [...buckets.touched].flatMap((lookupPath) => {
    const writer = buckets.writers.get(lookupPath);
    if (writer === undefined) return [];
    const { bucketPath, flushes } = writer;
    return [{ lookupPath, bucketPath, flushes, afterS: idleTimeoutS }];
  });
}

/** After an IOException each file of the batch is closed, as far as it got, and renamed. */
export function abandonBuckets(buckets: Buckets, operations: FileOperation[]): void {
  for (const lookupPath of buckets.touched) {
    const writer = buckets.writers.get(lookupPath);
    if (writer !== undefined) closeBucket(writer, operations);
    buckets.writers.delete(lookupPath);
  }
}

/** A timer rang. @returns whether its writer was still there to be closed */
export function closeOnTime(
  buckets: Buckets,
  timer: Omit<BucketTimer, 'afterS'>,
  operations: FileOperation[],
): boolean {
  const writer = buckets.writers.get(timer.lookupPath);
  if (writer === undefined || writer.bucketPath !== timer.bucketPath) return false;
  if (timer.flushes !== null && timer.flushes !== writer.flushes) return false;
  closeBucket(writer, operations);
  buckets.writers.delete(timer.lookupPath);
  return true;
}
