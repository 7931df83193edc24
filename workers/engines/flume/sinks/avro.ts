/**
 * `AvroSink` (Flume 1.11.0): a batch is one RPC to another agent's avro source, and the take commits
 * when that agent has answered OK. An answer that comes after request-timeout, or never, is an error:
 * the batch is sent again and may then be there twice.
 */
import { getInteger, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface AvroSinkSettings {
  readonly kind: 'avro';
  readonly hostname: string;
  readonly port: number;
  readonly batchSize: number;
  readonly requestTimeoutMs: number;
}

export function readAvroSink(context: Context): AvroSinkSettings {
  const hostname = context.get('hostname');
  if (hostname === undefined) return refuse('IllegalStateException', 'No hostname specified');
  if (!context.has('port')) refuse('IllegalStateException', 'No port specified');
  const timeoutMs = getInteger(context, 'request-timeout', 20_000);
  return {
    kind: 'avro',
    hostname,
    port: getInteger(context, 'port', 0),
    batchSize: getInteger(context, 'batch-size', 100),
    // Anything under a second is replaced by the default.
    requestTimeoutMs: timeoutMs < 1000 ? 20_000 : timeoutMs,
  };
}
