/** `TimestampInterceptor` (Flume 1.11.0): the agent's clock at the moment of reading, as epoch ms. */
import { getBoolean } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';
import type { Surroundings } from './interceptor.ts';

export interface TimestampInterceptor {
  readonly type: 'timestamp';
  readonly headerName: string;
  readonly preserveExisting: boolean;
}

export function readTimestamp(context: Context): TimestampInterceptor {
  return {
    type: 'timestamp',
    headerName: context.get('headerName') ?? 'timestamp',
    preserveExisting: getBoolean(context, 'preserveExisting', false),
  };
}

export function interceptTimestamp(
  settings: TimestampInterceptor,
  event: FlumeEvent,
  surroundings: Surroundings,
): FlumeEvent {
  if (!settings.preserveExisting || !event.headers.has(settings.headerName)) {
    event.headers.set(settings.headerName, String(surroundings.nowMs));
  }
  return event;
}
