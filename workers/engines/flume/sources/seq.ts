/**
 * `SequenceGeneratorSource` (Flume 1.11.0): the numbers 0, 1, 2 … as bodies, from 0 again after each
 * start. A refused batch is tried again with the same numbers.
 */
import { getInteger, getLong } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface SeqSettings {
  readonly kind: 'seq';
  readonly batchSize: number;
  readonly totalEvents: number;
}

export function readSeq(context: Context): SeqSettings {
  return {
    kind: 'seq',
    batchSize: getInteger(context, 'batchSize', 1),
    totalEvents: getLong(context, 'totalEvents', Number.MAX_SAFE_INTEGER),
  };
}

/** The numbers of the next batch; none means BACKOFF. */
export function nextNumbers(settings: SeqSettings, sent: number): string[] {
  const count = Math.min(settings.batchSize, settings.totalEvents - sent);
  return Array.from({ length: count }, (_unused, i) => String(sent + i));
}
