/** Every sink that is modelled, one row each. */
import type { Context } from '../configuration/context.ts';
import type { Report } from '../configuration/report.ts';
import { readAvroSink } from './avro.ts';
import { readHdfsSink } from './hdfs.ts';
import { readKafkaSink } from './kafka.ts';
import { readLoggerSink, readNullSink } from './simple.ts';

const readers = {
  'org.apache.flume.sink.kafka.KafkaSink': readKafkaSink,
  'org.apache.flume.sink.hdfs.HDFSEventSink': readHdfsSink,
  'org.apache.flume.sink.AvroSink': readAvroSink,
  'org.apache.flume.sink.NullSink': readNullSink,
  'org.apache.flume.sink.LoggerSink': readLoggerSink,
};

export type SinkSettings = ReturnType<(typeof readers)[keyof typeof readers]>;

/** The settings of a sink of this class, or null when the class is not modelled. */
export function readSinkSettings(
  className: string,
  context: Context,
  report: Report,
): SinkSettings | null {
  if (!Object.hasOwn(readers, className)) return null;
  return readers[className as keyof typeof readers](context, report);
}

/** Events of one transaction; the logger takes one. */
export function sinkBatchSize(settings: SinkSettings): number {
  return 'batchSize' in settings ? settings.batchSize : 1;
}
