/** `StaticInterceptor` (Flume 1.11.0): one fixed header, which keeps an existing one by default. */
import { getBoolean } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';

export interface StaticInterceptor {
  readonly type: 'static';
  readonly key: string;
  readonly value: string;
  readonly preserveExisting: boolean;
}

export function readStatic(context: Context): StaticInterceptor {
  return {
    type: 'static',
    key: context.get('key') ?? 'key',
    value: context.get('value') ?? 'value',
    preserveExisting: getBoolean(context, 'preserveExisting', true),
  };
}

export function interceptStatic(settings: StaticInterceptor, event: FlumeEvent): FlumeEvent {
  if (!settings.preserveExisting || !event.headers.has(settings.key)) {
    event.headers.set(settings.key, settings.value);
  }
  return event;
}
