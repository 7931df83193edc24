/**
 * Which channels an event goes to (`ReplicatingChannelSelector`, `MultiplexingChannelSelector`, Flume
 * 1.11.0). A failed put to a required channel is the source's to retry; one to an optional channel is
 * logged and forgotten.
 */
import { refuse, splitNames, subProperties } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import type { FlumeEvent } from '../event.ts';

export interface ReplicatingSelector {
  readonly type: 'replicating';
  readonly required: readonly string[];
  /** An unknown name among these stays, and throws at run time. */
  readonly optional: readonly string[];
}

export interface MultiplexingSelector {
  readonly type: 'multiplexing';
  readonly header: string;
  readonly mapping: ReadonlyMap<string, readonly string[]>;
  readonly optional: ReadonlyMap<string, readonly string[]>;
  readonly default: readonly string[];
}

export type Selector = ReplicatingSelector | MultiplexingSelector;

export interface Selection {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

/**
 * @param context the source's `selector.*` properties
 * @param channels the source's channels in put order
 * @throws ConfigurationRefusal, which removes the source
 */
export function readSelector(context: Context, channels: readonly string[]): Selector {
  const type = context.get('type') ?? 'replicating';
  switch (type.toLowerCase()) {
    case 'replicating':
    case 'org.apache.flume.channel.replicatingchannelselector':
      return readReplicating(context, channels);
    case 'multiplexing':
    case 'org.apache.flume.channel.multiplexingchannelselector':
      return readMultiplexing(context, channels);
    default:
      return refuse('FlumeException', `Unable to load selector type: ${type}, class: ${type}`);
  }
}

function readReplicating(context: Context, channels: readonly string[]): ReplicatingSelector {
  const list = context.get('optional');
  const optional = list === undefined ? [] : [...new Set(splitNames(list))];
  const required = channels.filter((channel) => !optional.includes(channel));
  return { type: 'replicating', required, optional };
}

function readMultiplexing(context: Context, channels: readonly string[]): MultiplexingSelector {
  const byDefault = namedChannels(context.get('default'), channels);
  const mapping = new Map<string, string[]>();
  for (const [value, list] of subProperties(context, 'mapping.')) {
    mapping.set(value, namedChannels(list, channels));
  }
  const optional = new Map<string, string[]>();
  for (const [value, list] of subProperties(context, 'optional.')) {
    const required = mapping.get(value) ?? byDefault;
    const extra = namedChannels(list, channels).filter((channel) => !required.includes(channel));
    optional.set(value, extra);
  }
  const header = context.get('header') ?? 'flume.selector.header';
  return { type: 'multiplexing', header, mapping, optional, default: byDefault };
}

/** Cut at single blanks, so that two blanks in a row name an empty channel, which nobody has. */
function namedChannels(list: string | undefined, channels: readonly string[]): string[] {
  if (list === undefined) return [];
  return list.split(' ').map((name) => {
    if (!channels.includes(name)) refuse('FlumeException', `Selector channel not found: ${name}`);
    return name;
  });
}

const none: readonly string[] = [];

/** With neither a mapping nor a default an event has no channel at all and is silently dropped. */
export function select(selector: Selector, event: FlumeEvent): Selection {
  if (selector.type === 'replicating') return selector;
  const value = event.headers.get(selector.header) ?? '';
  const mapped = value.trim() === '' ? undefined : selector.mapping.get(value);
  return {
    required: mapped ?? selector.default,
    optional: selector.optional.get(value) ?? none,
  };
}
