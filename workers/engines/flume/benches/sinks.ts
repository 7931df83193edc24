/** What sinks make of events: paths, files and log lines. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { escapePath } from '../sinks/bucketPath.ts';
import { readHdfsSink } from '../sinks/hdfs.ts';
import { kafkaTarget, readKafkaSink } from '../sinks/kafka.ts';
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

export const loggerBench = benchOf({
  component: 'flume/logger-sink',
  meaning:
    'The logger sink’s line for an event: a step {headers, body} answers with what is printed after "Event: ".',
  config: v.strictObject({}),
  step: v.strictObject({ headers, body: v.string() }),
  create: () => null,
  play: (_state, step) => loggerLine(createEvent(step.body, -1, step.headers)),
});

export const kafkaSinkBench = benchOf({
  component: 'flume/kafka-sink',
  meaning:
    'What a Kafka sink hands to its producer: the sink’s properties (`kafka.topic`, `partitionIdHeader` …). A step ' +
    '{headers, body} answers with {topic, partition, key, value}, or with the message of the {exception}.',
  config: properties,
  step: v.strictObject({ headers, body: v.string(), nowMs }),
  create: (context) => readKafkaSink(context),
  play: (settings, { headers: found, body, nowMs: now }) => {
    try {
      return { ...kafkaTarget(settings, createEvent(body, -1, found), now), value: body };
    } catch (thrown) {
      if (!(thrown instanceof EventDeliveryException)) throw thrown;
      return { exception: thrown.message };
    }
  },
});
