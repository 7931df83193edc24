/** `RemoveHeaderInterceptor` (Flume 1.11.0): by name, by list, or by a pattern over the whole name. */
import { compilePattern, matches, replaceAll } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';

export interface RemoveHeaderInterceptor {
  readonly type: 'remove_header';
  readonly withName: string | null;
  readonly fromList: readonly string[];
  readonly matching: Pattern | null;
}

/** Stands between two names of a list; no header name can hold it. */
const gap = '\u0000';

export function readRemoveHeader(context: Context): RemoveHeaderInterceptor {
  const list = context.get('fromList');
  const separator = compilePattern(context.get('fromListSeparator') ?? '\\s*,\\s*');
  const matching = context.get('matching');
  return {
    type: 'remove_header',
    withName: context.get('withName') ?? null,
    fromList: list === undefined ? [] : replaceAll(separator, list, gap).split(gap),
    matching: matching === undefined ? null : compilePattern(matching),
  };
}

export function interceptRemoveHeader(
  settings: RemoveHeaderInterceptor,
  event: FlumeEvent,
): FlumeEvent {
  const { withName, fromList, matching } = settings;
  if (withName !== null) event.headers.delete(withName);
  for (const name of fromList) event.headers.delete(name);
  if (matching !== null) {
    for (const name of [...event.headers.keys()]) {
      if (matches(matching, name)) event.headers.delete(name);
    }
  }
  return event;
}
