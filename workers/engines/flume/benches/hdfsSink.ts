/** An HDFS sink: the files that it makes of batches, and when it closes them. */
import * as v from 'valibot';
import type { FileOperation } from '../../../clients/hdfs/client.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { readHdfsSink } from '../sinks/hdfs.ts';
import type { HdfsSinkSettings } from '../sinks/hdfs.ts';
import { appendToBuckets, closeOnTime, flushBuckets, idleTimers } from '../sinks/hdfsBuckets.ts';
import type { Buckets, BucketTimer } from '../sinks/hdfsBuckets.ts';
import { EventDeliveryException } from '../sinks/sinkException.ts';
import { headers, properties } from './schemas.ts';

interface OpenSink {
  readonly settings: HdfsSinkSettings;
  readonly buckets: Buckets;
  timers: { readonly dueMs: number; readonly timer: BucketTimer }[];
}

export const hdfsSinkBench = benchOf({
  component: 'flume/hdfs-sink',
  meaning:
    'HDFSEventSink with the files of its buckets: an HDFS sink’s properties. A step {nowMs, batch} is a process() that ' +
    'takes these events {headers, body}; {nowMs} lets time pass. The answer lists the file operations of the timers that ' +
    'rang and of the batch, and the exception that the batch met.',
  config: properties,
  step: v.strictObject({
    nowMs: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    batch: v.optional(v.array(v.strictObject({ headers, body: v.string() }))),
  }),
  create: (context): OpenSink => ({
    settings: readHdfsSink(context, createReport()),
    buckets: { writers: new Map(), touched: new Set() },
    timers: [],
  }),
  play: (sink, { nowMs, batch }) => {
    const operations: FileOperation[] = [];
    ring(sink, nowMs, operations);
    const exception = batch === undefined ? null : process(sink, nowMs, batch, operations);
    const written = operations.map(writtenOperation);
    return exception === null ? { operations: written } : { operations: written, exception };
  },
});

function ring(sink: OpenSink, nowMs: number, operations: FileOperation[]): void {
  const due = sink.timers.filter(({ dueMs }) => dueMs <= nowMs);
  sink.timers = sink.timers.filter(({ dueMs }) => dueMs > nowMs);
  due.sort((a, b) => a.dueMs - b.dueMs);
  for (const { timer } of due) closeOnTime(sink.buckets, timer, operations);
}

/** @returns the exception's message, or null */
function process(
  sink: OpenSink,
  nowMs: number,
  batch: readonly { readonly headers: Map<string, string | null>; readonly body: string }[],
  operations: FileOperation[],
): string | null {
  const { settings, buckets } = sink;
  const start = (timer: BucketTimer) => {
    sink.timers.push({ dueMs: nowMs + timer.afterS * 1000, timer });
  };
  buckets.touched.clear();
  try {
    for (const { headers: found, body } of batch) {
      const event = createEvent(body, -1, found);
      const agent = { nowMs, host: 'localhost' };
      const timer = appendToBuckets(buckets, event, settings.path, settings, agent, operations);
      if (timer !== null) start(timer);
    }
  } catch (thrown) {
    if (thrown instanceof EventDeliveryException) return thrown.message;
    throw thrown;
  }
  flushBuckets(buckets, operations);
  for (const timer of idleTimers(buckets, settings)) start(timer);
  return null;
}

function writtenOperation(operation: FileOperation): string {
  switch (operation.operation) {
    case 'write':
      return `write ${operation.path} ${operation.line.text}`;
    case 'rename':
      return `rename ${operation.path} to ${operation.to}`;
    default:
      return `${operation.operation} ${operation.path}`;
  }
}
