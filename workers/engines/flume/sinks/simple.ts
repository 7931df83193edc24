/** Sinks that have nothing but a batch (Flume 1.11.0): null, logger. */
import { getInteger, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

/** `NullSink`: takes and forgets. */
export interface NullSinkSettings {
  readonly kind: 'null';
  readonly batchSize: number;
}

export function readNullSink(context: Context): NullSinkSettings {
  const batchSize = getInteger(context, 'batchSize', 100);
  if (batchSize <= 0) refuse('IllegalArgumentException', 'Batch size must be > 0');
  return { kind: 'null', batchSize };
}

/**
 * `LoggerSink`: one event a transaction. Its `configure` is never called by the normal loading of a
 * file, so `maxBytesToLog` is ignored and always 16.
 */
export interface LoggerSinkSettings {
  readonly kind: 'logger';
}

export function readLoggerSink(): LoggerSinkSettings {
  return { kind: 'logger' };
}
