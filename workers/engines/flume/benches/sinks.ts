/** What sinks make of events: paths, files and log lines. */
import * as v from 'valibot';
import type { FileOperation } from '../../../clients/hdfs/client.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { escapePath } from '../sinks/bucketPath.ts';
import { appendToBucket, closeBucket, createBucketWriter } from '../sinks/bucketWriter.ts';
import { readHdfsSink } from '../sinks/hdfs.ts';
import { loggerLine } from '../sinks/loggerLine.ts';
import { EventDeliveryException } from '../sinks/sinkException.ts';
import { headers, nowMs, properties } from './schemas.ts';

export const bucketPathBench = benchOf({
  component: 'flume/bucket-path',
  meaning:
    'BucketPath.escapeString in UTC: an HDFS sink’s properties (`hdfs.path`, `hdfs.round` …). A step {headers, nowMs} ' +
    'answers with the {path} of such an event, or with the message of the {exception}.',
  config: properties,
  step: v.strictObject({ headers, nowMs }),
  create: (context) => readHdfsSink(context, createReport()),
  play: ({ path, round, useLocalTimeStamp }, { headers: found, nowMs: now }) => {
    const escaping = { nowMs: now, round, useLocalTimeStamp, host: 'localhost' };
    try {
      return { path: escapePath(path, found, escaping) };
    } catch (thrown) {
      if (!(thrown instanceof EventDeliveryException)) throw thrown;
      return { exception: thrown.message };
    }
  },
});

export const bucketWriterBench = benchOf({
  component: 'flume/bucket-writer',
  meaning:
    'One BucketWriter made at epoch ms 0: an HDFS sink’s properties. A step {body} writes an event, {close: true} ' +
    'closes; the answer lists the file operations that follow.',
  config: properties,
  step: v.union([v.strictObject({ body: v.string() }), v.strictObject({ close: v.literal(true) })]),
  create: (context) => {
    const settings = readHdfsSink(context, createReport());
    return { settings, writer: createBucketWriter(settings.path, settings.filePrefix, 0) };
  },
  play: ({ settings, writer }, step) => {
    const operations: FileOperation[] = [];
    if ('body' in step) appendToBucket(writer, createEvent(step.body), settings, operations);
    else closeBucket(writer, operations);
    return operations.map(({ operation, path }) => `${operation} ${path}`);
  },
});

export const loggerBench = benchOf({
  component: 'flume/logger-sink',
  meaning:
    'The logger sink’s line for an event: a step {headers, body} answers with what is printed after "Event: ".',
  config: v.strictObject({}),
  step: v.strictObject({ headers, body: v.string() }),
  create: () => null,
  play: (_state, step) => loggerLine(createEvent(step.body, -1, step.headers)),
});
