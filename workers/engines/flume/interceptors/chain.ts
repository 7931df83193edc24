/**
 * The interceptors of a source, in the order of its list (`InterceptorChain`, Flume 1.11.0). They run
 * in the source's thread before the channel selector, and again on each batch that is tried again.
 */
import { PatternSyntaxException } from '../../../jvm/regex/syntax.ts';
import { refuse, splitNames, subProperties } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';
import { interceptHost, readHost } from './host.ts';
import type { Surroundings } from './interceptor.ts';
import { interceptRegexExtractor, readRegexExtractor } from './regexExtractor.ts';
import { interceptRegexFilter, readRegexFilter } from './regexFilter.ts';
import { interceptRemoveHeader, readRemoveHeader } from './removeHeader.ts';
import { interceptSearchReplace, readSearchReplace } from './searchReplace.ts';
import { interceptStatic, readStatic } from './static.ts';
import { interceptTimestamp, readTimestamp } from './timestamp.ts';

const readers = {
  timestamp: readTimestamp,
  host: readHost,
  static: readStatic,
  remove_header: readRemoveHeader,
  search_replace: readSearchReplace,
  regex_filter: readRegexFilter,
  regex_extractor: readRegexExtractor,
};

export type InterceptorType = keyof typeof readers;
export type Interceptor = ReturnType<(typeof readers)[InterceptorType]>;

/** `ChannelProcessor.configureInterceptors`. @throws ConfigurationRefusal, which removes the source */
export function readInterceptors(source: Context): Interceptor[] {
  const list = source.get('interceptors');
  if (list === undefined) return [];
  return splitNames(list).map((name) => {
    const context = subProperties(source, `interceptors.${name}.`);
    const type = context.get('type');
    if (type === undefined) {
      return refuse('FlumeException', `Interceptor.Type not specified for ${name}`, {
        logged: `Type not specified for interceptor ${name}`,
      });
    }
    if (!isInterceptorType(type.toLowerCase())) {
      const cause = `ClassNotFoundException: ${type}`;
      const logged = `Builder class not found. Exception follows.: ${cause}`;
      refuse('FlumeException', 'Interceptor.Builder not found.', { logged, cause });
    }
    return readInterceptor(type.toLowerCase() as InterceptorType, context);
  });
}

function isInterceptorType(type: string): type is InterceptorType {
  return Object.hasOwn(readers, type);
}

function readInterceptor(type: InterceptorType, context: Context): Interceptor {
  try {
    return readers[type](context);
  } catch (problem) {
    if (problem instanceof PatternSyntaxException) {
      refuse('PatternSyntaxException', problem.message);
    }
    throw problem;
  }
}

/** @returns the events that are left, in order; fewer than came when a filter dropped some */
export function interceptAll(
  interceptors: readonly Interceptor[],
  events: readonly FlumeEvent[],
  surroundings: Surroundings,
): readonly FlumeEvent[] {
  if (interceptors.length === 0) return events;
  const left: FlumeEvent[] = [];
  for (const event of events) {
    let current: FlumeEvent | null = event;
    for (const interceptor of interceptors) {
      if (current !== null) current = interceptOne(interceptor, current, surroundings);
    }
    if (current !== null) left.push(current);
  }
  return left;
}

function interceptOne(
  interceptor: Interceptor,
  event: FlumeEvent,
  surroundings: Surroundings,
): FlumeEvent | null {
  switch (interceptor.type) {
    case 'timestamp':
      return interceptTimestamp(interceptor, event, surroundings);
    case 'host':
      return interceptHost(interceptor, event, surroundings);
    case 'static':
      return interceptStatic(interceptor, event);
    case 'remove_header':
      return interceptRemoveHeader(interceptor, event);
    case 'search_replace':
      return interceptSearchReplace(interceptor, event);
    case 'regex_filter':
      return interceptRegexFilter(interceptor, event);
    case 'regex_extractor':
      return interceptRegexExtractor(interceptor, event);
  }
}
