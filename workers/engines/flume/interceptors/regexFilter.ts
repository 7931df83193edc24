/**
 * `RegexFilteringInterceptor` (Flume 1.11.0): keeps or drops events whose body contains a match; it
 * searches, it does not have to match the whole body.
 */
import { compilePattern, find } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import { getBoolean } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';

export interface RegexFilterInterceptor {
  readonly type: 'regex_filter';
  readonly regex: Pattern;
  readonly excludeEvents: boolean;
}

export function readRegexFilter(context: Context): RegexFilterInterceptor {
  return {
    type: 'regex_filter',
    regex: compilePattern(context.get('regex') ?? '.*'),
    excludeEvents: getBoolean(context, 'excludeEvents', false),
  };
}

export function interceptRegexFilter(
  settings: RegexFilterInterceptor,
  event: FlumeEvent,
): FlumeEvent | null {
  const found = find(settings.regex, event.body) !== null;
  return found === settings.excludeEvents ? null : event;
}
