/**
 * `AvroSource` (Flume 1.11.0): the receiving end between agents. One put transaction per RPC and
 * channel; the answer comes after the commit, FAILED when a required channel refused, and then it is
 * the client's to send again.
 */
import { getRequired, getRequiredInteger } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface AvroSourceSettings {
  readonly kind: 'avro';
  readonly bind: string;
  readonly port: number;
}

export function readAvroSource(context: Context): AvroSourceSettings {
  const port = getRequiredInteger(context, 'port');
  return { kind: 'avro', bind: getRequired(context, 'bind'), port };
}
