/**
 * Every source that is modelled, one row each: how its settings are read, and the size of its batches
 * where it declares one (`BatchSizeSupported`), which must fit into a channel's transaction.
 */
import type { Context } from '../configuration/context.ts';
import type { Report } from '../configuration/report.ts';
import { readAvroSource } from './avro.ts';
import { readExec } from './exec.ts';
import { readNetcat } from './netcat.ts';
import { readSeq } from './seq.ts';
import { readSpooldir } from './spooldir.ts';
import { readTaildir } from './taildir.ts';

const readers = {
  'org.apache.flume.source.taildir.TaildirSource': readTaildir,
  'org.apache.flume.source.SpoolDirectorySource': readSpooldir,
  'org.apache.flume.source.ExecSource': readExec,
  'org.apache.flume.source.SequenceGeneratorSource': readSeq,
  'org.apache.flume.source.NetcatSource': readNetcat,
  'org.apache.flume.source.AvroSource': readAvroSource,
};

export type SourceSettings = NonNullable<ReturnType<(typeof readers)[keyof typeof readers]>>;

/** The settings of a source of this class, or null when it is not modelled. */
export function readSourceSettings(
  className: string,
  context: Context,
  report: Report,
): SourceSettings | null {
  if (!Object.hasOwn(readers, className)) return null;
  return readers[className as keyof typeof readers](context, report);
}

/** null for a source whose batches are checked only at run time. */
export function sourceBatchSize(settings: SourceSettings): number | null {
  return 'batchSize' in settings ? settings.batchSize : null;
}
