import { describe, expect, it } from 'vitest';
import {
  advanceDelivery,
  createDelivery,
} from '../../../workers/engines/flume/channelProcessor.ts';
import {
  begin,
  createChannel,
  heldEvents,
  take,
} from '../../../workers/engines/flume/channels/channel.ts';
import type { Channel } from '../../../workers/engines/flume/channels/channel.ts';
import { createEvent } from '../../../workers/engines/flume/event.ts';
import type { FlumeEvent } from '../../../workers/engines/flume/event.ts';
import {
  interceptAll,
  readInterceptors,
} from '../../../workers/engines/flume/interceptors/chain.ts';
import { readSelector, select } from '../../../workers/engines/flume/selectors/selector.ts';

const map = (properties: Record<string, string>) => new Map(Object.entries(properties));
const surroundings = { nowMs: 1_000, host: 'web1' };

describe('channel selectors', () => {
  const channels = ['ch1', 'ch2', 'ch3'];
  const full = map({
    type: 'multiplexing',
    header: 'myheader',
    'mapping.foo': 'ch1 ch2',
    'mapping.bar': 'ch2 ch3',
    'mapping.xyz': 'ch1 ch2 ch3',
    'optional.foo': 'ch2 ch3',
    'optional.xyz': 'ch1 ch3',
    'optional.zebra': 'ch1 ch2',
    default: 'ch1 ch3',
  });
  const onlyOptional = map({
    type: 'multiplexing',
    header: 'myheader',
    'optional.foo': 'ch1 ch2',
    'optional.zebra': 'ch2 ch3',
  });

  it.each([
    ['F12 testSelection foo', full, 'foo', 'ch1 ch2', 'ch3'],
    ['F12 testSelection bar', full, 'bar', 'ch2 ch3', ''],
    ['F12 testSelection xyz', full, 'xyz', 'ch1 ch2 ch3', ''],
    ['F13 testNoSelection no header', full, null, 'ch1 ch3', ''],
    ['F13 testNoSelection unmapped', full, 'bar1', 'ch1 ch3', ''],
    ['F13 testNoSelection zebra', full, 'zebra', 'ch1 ch3', 'ch2'],
    ['F14 testOnlyOptional foo', onlyOptional, 'foo', '', 'ch1 ch2'],
    ['F14 testOnlyOptional zebra', onlyOptional, 'zebra', '', 'ch2 ch3'],
    ['a header value like any other', full, 'constructor', 'ch1 ch3', ''],
  ])('%s', (_name, context, value, required, optional) => {
    const headers = new Map<string, string | null>(value === null ? [] : [['myheader', value]]);
    const selection = select(readSelector(context, channels), createEvent('x', -1, headers));
    expect([selection.required.join(' '), selection.optional.join(' ')]).toEqual([
      required,
      optional,
    ]);
  });

  it('F15 testMultipleOptionalChannels: optional ones are not required', () => {
    const selector = readSelector(map({ optional: 'ch1 ch4' }), ['ch1', 'ch2', 'ch3', 'ch4']);
    expect(select(selector, createEvent('x'))).toMatchObject({
      required: ['ch2', 'ch3'],
      optional: ['ch1', 'ch4'],
    });
  });

  it('refuses two blanks between names', () => {
    expect(() =>
      readSelector(map({ type: 'multiplexing', default: 'ch1  ch2' }), channels),
    ).toThrow('Selector channel not found: ');
  });
});

describe('interceptors', () => {
  function run(properties: Record<string, string>, ...bodies: string[]): FlumeEvent[] {
    const interceptors = readInterceptors(map({ interceptors: 'i1', ...properties }));
    return [
      ...interceptAll(
        interceptors,
        bodies.map((body) => createEvent(body)),
        surroundings,
      ),
    ];
  }
  const bodiesOf = (events: readonly FlumeEvent[]) => events.map(({ body }) => body);

  it('F16 TestRegexFilteringInterceptor: it searches, and keeps or drops', () => {
    const bodies = ['INFO: a', 'WARNING: b', 'this message has DEBUG in it', 'DEBUG'];
    const include = run(
      { 'interceptors.i1.type': 'regex_filter', 'interceptors.i1.regex': '(INFO.*)|(WARNING.*)' },
      ...bodies,
    );
    expect(bodiesOf(include)).toEqual(['INFO: a', 'WARNING: b']);
    const exclude = run(
      {
        'interceptors.i1.type': 'regex_filter',
        'interceptors.i1.regex': '.*DEBUG.*',
        'interceptors.i1.excludeEvents': 'true',
      },
      ...bodies,
    );
    expect(bodiesOf(exclude)).toEqual(['INFO: a', 'WARNING: b']);
  });

  const extractor = {
    'interceptors.i1.type': 'regex_extractor',
    'interceptors.i1.serializers': 's1 s2 s3',
    'interceptors.i1.serializers.s1.name': 'Num1',
    'interceptors.i1.serializers.s2.name': 'Num2',
    'interceptors.i1.serializers.s3.name': 'Num3',
  };

  it('F17 shouldExtractAddHeadersForAllMatchGroups', () => {
    const [event] = run(
      { ...extractor, 'interceptors.i1.regex': '(\\d):(\\d):(\\d)' },
      '1:2:3.4foobar5',
    );
    expect([...(event?.headers ?? [])]).toEqual([
      ['Num1', '1'],
      ['Num2', '2'],
      ['Num3', '3'],
    ]);
    expect(event?.body).toBe('1:2:3.4foobar5');
  });

  it('gives a null header for an optional group that took no part, and none without a match', () => {
    const [matched, unmatched] = run(
      { ...extractor, 'interceptors.i1.regex': '(\\d)(x)?' },
      '1',
      'a',
    );
    expect([...(matched?.headers ?? [])]).toEqual([
      ['Num1', '1'],
      ['Num2', null],
    ]);
    expect(unmatched?.headers.size).toBe(0);
  });

  it.each([
    ['^prefix', undefined, 'prefix non-prefix suffix', ' non-prefix suffix'],
    [
      '^<[0-9]+>',
      '',
      '<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!',
      'Feb  5 17:32:18 10.0.0.99 Use the BFG!',
    ],
    [
      'The quick brown ([a-z]+) jumped over the lazy ([a-z]+)',
      'The hungry $2 ate the careless $1',
      'The quick brown fox jumped over the lazy dog.',
      'The hungry dog ate the careless fox.',
    ],
    [
      '[A-Za-z0-9_.]+@[A-Za-z0-9_-]+\\.com',
      'REDACTED',
      'a.b@c.com and d@e.com',
      'REDACTED and REDACTED',
    ],
  ])('F18 TestSearchAndReplaceInterceptor %s', (pattern, replacement, body, expected) => {
    const [event] = run(
      {
        'interceptors.i1.type': 'search_replace',
        'interceptors.i1.searchPattern': pattern,
        ...(replacement === undefined ? {} : { 'interceptors.i1.replaceString': replacement }),
      },
      body,
    );
    expect(event?.body).toBe(expected);
  });

  it('runs in listed order: replacing DEBUG first lets the line through the filter', () => {
    const both = {
      'interceptors.r.type': 'search_replace',
      'interceptors.r.searchPattern': 'DEBUG',
      'interceptors.r.replaceString': 'D',
      'interceptors.f.type': 'regex_filter',
      'interceptors.f.regex': 'DEBUG',
      'interceptors.f.excludeEvents': 'true',
    };
    expect(bodiesOf(run({ ...both, interceptors: 'r f' }, 'DEBUG x'))).toEqual(['D x']);
    expect(bodiesOf(run({ ...both, interceptors: 'f r' }, 'DEBUG x'))).toEqual([]);
  });

  it.each([
    ['timestamp', {}, { timestamp: '1000' }, { timestamp: '7' }, '1000'],
    ['timestamp', { preserveExisting: 'true' }, { timestamp: '1000' }, { timestamp: '7' }, '7'],
    ['host', {}, { host: 'web1' }, { host: 'x' }, 'web1'],
    ['static', { key: 'k', value: 'v' }, { k: 'v' }, { k: 'x' }, 'x'],
  ])('%s %o', (type, settings, fresh, existing, afterwards) => {
    const prefixed = Object.entries(settings).map(([key, value]) => [
      `interceptors.i1.${key}`,
      value,
    ]);
    const interceptors = readInterceptors(
      map({
        interceptors: 'i1',
        'interceptors.i1.type': type,
        ...(Object.fromEntries(prefixed) as Record<string, string>),
      }),
    );
    const headersAfter = (headers: Record<string, string>) =>
      interceptAll(interceptors, [createEvent('', -1, map(headers))], surroundings)[0]?.headers;
    expect(headersAfter({})).toEqual(map(fresh as Record<string, string>));
    expect([...(headersAfter(existing as Record<string, string>) ?? [])][0]?.[1]).toBe(afterwards);
  });

  it('removes headers by name, list and whole-name pattern', () => {
    const interceptors = readInterceptors(
      map({
        interceptors: 'i1',
        'interceptors.i1.type': 'remove_header',
        'interceptors.i1.withName': 'a',
        'interceptors.i1.fromList': 'b , c',
        'interceptors.i1.matching': 'x.*',
      }),
    );
    const headers = map({ a: '1', b: '2', c: '3', xy: '4', ax: '5' });
    const [event] = interceptAll(interceptors, [createEvent('', -1, headers)], surroundings);
    expect([...(event?.headers.keys() ?? [])]).toEqual(['ax']);
  });
});

describe('a batch on its way into several channels', () => {
  const channelOf = (name: string, transactionCapacity: number): Channel =>
    createChannel(name, {
      kind: 'memory',
      capacity: 100,
      transactionCapacity,
      keepAliveS: 3,
      byteCapacityUnits: 1000,
    });
  const stored = (channel: Channel | undefined) =>
    channel
      ? heldEvents(channel)
          .map(({ body }) => body)
          .join(' ')
      : '';

  it('commits before the failing channel and not behind it, so a retry doubles what is before', () => {
    const channels = [channelOf('c1', 100), channelOf('c2', 2), channelOf('c3', 100)];
    const selector = readSelector(map({}), ['c1', 'c2', 'c3']);
    for (let attempt = 0; attempt < 2; attempt++) {
      const events = ['a', 'b', 'c'].map((body) => createEvent(body));
      const delivery = createDelivery([], selector, events, surroundings);
      expect(advanceDelivery(delivery, channels, true)).toMatchObject({
        is: 'failed',
        channelException: true,
      });
    }
    expect(channels.map(stored)).toEqual(['a b c a b c', '', '']);
  });

  it('skips an optional channel that has no room, all or nothing', () => {
    const channels = [channelOf('c1', 100), channelOf('c2', 1)];
    const selector = readSelector(map({ optional: 'c2' }), ['c1', 'c2']);
    const delivery = createDelivery(
      [],
      selector,
      [createEvent('a'), createEvent('b')],
      surroundings,
    );
    expect(advanceDelivery(delivery, channels, true)).toEqual({ is: 'delivered' });
    expect(channels.map(stored)).toEqual(['a b', '']);
    expect(delivery.batches.map(({ committed }) => committed)).toEqual([true, false]);
  });

  it('throws something else for an optional channel that does not exist, after the required ones', () => {
    const channels = [channelOf('c1', 100)];
    const delivery = createDelivery(
      [],
      readSelector(map({ optional: 'c9' }), ['c1']),
      [createEvent('a')],
      surroundings,
    );
    expect(advanceDelivery(delivery, channels, true)).toMatchObject({
      is: 'failed',
      channelException: false,
    });
    expect(channels.map(stored)).toEqual(['a']);
  });

  it('waits for room while it is patient, and goes on where it stood', () => {
    const channels = [channelOf('c1', 100)];
    const channel = channelOf('c2', 2);
    channel.store.queueRemaining = 1;
    channels.push(channel);
    const selector = readSelector(map({}), ['c1', 'c2']);
    const delivery = createDelivery(
      [],
      selector,
      [createEvent('a'), createEvent('b')],
      surroundings,
    );
    expect(advanceDelivery(delivery, channels, true)).toEqual({ is: 'waiting', channel: 'c2' });
    channel.store.queueRemaining = 2;
    expect(advanceDelivery(delivery, channels, true)).toEqual({ is: 'delivered' });
    expect(channels.map(stored)).toEqual(['a b', 'a b']);
  });

  it('counts events that no channel is to get as dropped', () => {
    const channels = [channelOf('c1', 100)];
    const selector = readSelector(map({ type: 'multiplexing', header: 'h', 'mapping.x': 'c1' }), [
      'c1',
    ]);
    const filter = readInterceptors(
      map({
        interceptors: 'f',
        'interceptors.f.type': 'regex_filter',
        'interceptors.f.regex': 'keep',
      }),
    );
    const events = [
      createEvent('keep', 1, map({ h: 'x' })),
      createEvent('keep', 2),
      createEvent('drop', 3),
    ];
    const delivery = createDelivery(filter, selector, events, surroundings);
    expect(advanceDelivery(delivery, channels, true)).toEqual({ is: 'delivered' });
    expect(delivery.dropped.map(({ recordId }) => recordId)).toEqual([3, 2]);
    const channel = channels[0] as Channel;
    expect(take(channel, begin(channel))).toMatchObject({ recordId: 1 });
  });
});
