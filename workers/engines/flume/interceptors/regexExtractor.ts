/**
 * `RegexExtractorInterceptor` (Flume 1.11.0): the groups of the first match become headers, group i
 * through serializer i. A group that took no part gives a null header; no match leaves the event alone.
 *
 * Simplification: only the DEFAULT serializer, which passes the text on; the one that parses a time
 * (`RegexExtractorInterceptorMillisSerializer`) is left out.
 */
import { compilePattern, find, group } from '../../../jvm/regex/pattern.ts';
import type { Pattern } from '../../../jvm/regex/pattern.ts';
import { refuse, splitNames } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';

export interface RegexExtractorInterceptor {
  readonly type: 'regex_extractor';
  readonly regex: Pattern;
  /** The header of group i + 1. */
  readonly names: readonly string[];
}

export function readRegexExtractor(context: Context): RegexExtractorInterceptor {
  const regex = context.get('regex');
  if (regex === undefined) {
    return refuse('IllegalArgumentException', 'Must supply a valid regex string');
  }
  const list = context.get('serializers');
  if (list === undefined) {
    return refuse('IllegalArgumentException', 'Must supply at least one name and serializer');
  }
  return {
    type: 'regex_extractor',
    regex: compilePattern(regex),
    names: splitNames(list).map((serializer) => nameOf(context, serializer)),
  };
}

function nameOf(context: Context, serializer: string): string {
  const name = context.get(`serializers.${serializer}.name`);
  if (name === undefined) {
    return refuse('IllegalArgumentException', 'Supplied name cannot be empty.');
  }
  const type = context.get(`serializers.${serializer}.type`) ?? 'DEFAULT';
  if (type.toUpperCase() !== 'DEFAULT') {
    refuse('IllegalArgumentException', `The serializer ${type} is left out here.`);
  }
  return name;
}

export function interceptRegexExtractor(
  settings: RegexExtractorInterceptor,
  event: FlumeEvent,
): FlumeEvent {
  const match = find(settings.regex, event.body);
  if (match === null) return event;
  const groups = Math.min(settings.regex.groups, settings.names.length);
  for (let i = 0; i < groups; i++) {
    event.headers.set(settings.names[i] as string, group(match, event.body, i + 1));
  }
  return event;
}
