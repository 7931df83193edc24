/** `SearchAndReplaceInterceptor` (Flume 1.11.0): Java's `replaceAll` over the body. */
import { compilePattern, replaceAll } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import { refuse } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { withBody } from '../event.ts';
import type { FlumeEvent } from '../event.ts';

export interface SearchReplaceInterceptor {
  readonly type: 'search_replace';
  readonly searchPattern: Pattern;
  readonly replaceString: string;
}

export function readSearchReplace(context: Context): SearchReplaceInterceptor {
  const pattern = context.get('searchPattern');
  if (pattern === undefined) {
    return refuse(
      'IllegalArgumentException',
      'Must supply a valid search pattern searchPattern (may not be empty)',
    );
  }
  return {
    type: 'search_replace',
    searchPattern: compilePattern(pattern),
    replaceString: context.get('replaceString') ?? '',
  };
}

export function interceptSearchReplace(
  settings: SearchReplaceInterceptor,
  event: FlumeEvent,
): FlumeEvent {
  const body = replaceAll(settings.searchPattern, event.body, settings.replaceString);
  return withBody(event, body);
}
