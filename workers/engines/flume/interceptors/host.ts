/**
 * `HostInterceptor` (Flume 1.11.0): which machine read the event.
 *
 * Simplification: machines here have names and no IP addresses, so `useIP = true` gives the name too.
 */
import { getBoolean } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';
import type { Surroundings } from './interceptor.ts';

export interface HostInterceptor {
  readonly type: 'host';
  readonly hostHeader: string;
  readonly preserveExisting: boolean;
}

export function readHost(context: Context): HostInterceptor {
  return {
    type: 'host',
    hostHeader: context.get('hostHeader') ?? 'host',
    preserveExisting: getBoolean(context, 'preserveExisting', false),
  };
}

export function interceptHost(
  settings: HostInterceptor,
  event: FlumeEvent,
  surroundings: Surroundings,
): FlumeEvent {
  if (!settings.preserveExisting || !event.headers.has(settings.hostHeader)) {
    event.headers.set(settings.hostHeader, surroundings.host);
  }
  return event;
}
