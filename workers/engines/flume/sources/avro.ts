/**
 * `AvroSource` (Flume 1.11.0): the receiving end between agents. One put transaction per RPC and
 * channel; the answer comes after the commit, FAILED when a required channel refused, and then it is
 * the client's to send again.
 */
import { getInteger, refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';

export interface AvroSourceSettings {
  readonly kind: 'avro';
  readonly bind: string;
  readonly port: number;
}

export function readAvroSource(context: Context): AvroSourceSettings {
  for (const key of ['port', 'bind']) {
    if (!context.has(key)) {
      refuse(
        'IllegalArgumentException',
        `Required parameter ${key} must exist and may not be null`,
      );
    }
  }
  return {
    kind: 'avro',
    bind: context.get('bind') as string,
    port: getInteger(context, 'port', 0),
  };
}
