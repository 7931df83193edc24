/**
 * How a batch gets from a source into its channels (`ChannelProcessor.processEventBatch`, Flume
 * 1.11.0): the interceptors, then one put transaction per required channel, one after the other, then
 * the optional ones.
 *
 * There is no transaction over several channels: when the second required channel fails, the first
 * has already committed, and the source's retry writes to it again.
 *
 * A commit to a full memory channel (a put to a full file channel) waits keep-alive; so a delivery is
 * a value that is tried until it is done, and its owner says when the wait has lasted long enough.
 *
 * Simplification: a batch that waits for a file channel waits as a whole, without holding the slots of
 * its first events.
 */
import { begin, channelNamed, commit, put, rollback } from './channels/channel.ts';
import type { Channel } from './channels/channel.ts';
import type { FlumeEvent } from './event.ts';
import { interceptAll } from './interceptors/chain.ts';
import type { Interceptor } from './interceptors/chain.ts';
import type { Surroundings } from './interceptors/interceptor.ts';
import { select } from './selectors/selector.ts';
import type { Selection, Selector } from './selectors/selector.ts';

export interface ChannelBatch {
  readonly channel: string;
  readonly required: boolean;
  readonly events: readonly FlumeEvent[];
  /** Whether the channel has it now; an optional channel may have refused it. */
  committed: boolean;
}

/** A batch on its way into its channels. */
export interface Delivery {
  readonly batches: readonly ChannelBatch[];
  /** The batch that is to be written next. */
  next: number;
  /** Events that no channel is to get: dropped by an interceptor, or selected for none. */
  readonly dropped: readonly FlumeEvent[];
}

export type DeliveryOutcome =
  | { readonly is: 'delivered' }
  /** `channel` has no room now; try again when it has, or with `patient` false after keep-alive. */
  | { readonly is: 'waiting'; readonly channel: string }
  /** A `ChannelException`, or another exception, reaches the source. */
  | { readonly is: 'failed'; readonly channelException: boolean; readonly message: string };

/** What a JDK 17 says of it. */
const nullChannel =
  'Cannot invoke "org.apache.flume.Channel.getTransaction()" because "optChannel" is null';

const delivered: DeliveryOutcome = { is: 'delivered' };

export function createDelivery(
  interceptors: readonly Interceptor[],
  selector: Selector,
  events: readonly FlumeEvent[],
  surroundings: Surroundings,
): Delivery {
  const left = interceptAll(interceptors, events, surroundings);
  if (selector.type === 'replicating') {
    // Every event goes the same ways, so there is nothing to sort.
    const dropped = left.length === events.length ? none : filtered(events, left);
    return { batches: sameForAll(selector, left), next: 0, dropped };
  }
  const required = new Map<string, FlumeEvent[]>();
  const optional = new Map<string, FlumeEvent[]>();
  const homeless: FlumeEvent[] = [];
  for (const event of left) {
    const selection = select(selector, event);
    addToEach(required, selection.required, event);
    addToEach(optional, selection.optional, event);
    if (selection.required.length + selection.optional.length === 0) homeless.push(event);
  }
  return {
    batches: [...channelBatches(required, true), ...channelBatches(optional, false)],
    next: 0,
    dropped: left.length === events.length ? homeless : [...filtered(events, left), ...homeless],
  };
}

const none: readonly FlumeEvent[] = [];

function sameForAll(selection: Selection, events: readonly FlumeEvent[]): ChannelBatch[] {
  const batches: ChannelBatch[] = [];
  if (events.length === 0) return batches;
  for (const channel of selection.required) {
    batches.push({ channel, required: true, events, committed: false });
  }
  for (const channel of selection.optional) {
    batches.push({ channel, required: false, events, committed: false });
  }
  return batches;
}

function addToEach(
  batches: Map<string, FlumeEvent[]>,
  channels: readonly string[],
  event: FlumeEvent,
): void {
  for (const channel of channels) {
    const batch = batches.get(channel);
    if (batch === undefined) batches.set(channel, [event]);
    else batch.push(event);
  }
}

function channelBatches(
  batches: ReadonlyMap<string, FlumeEvent[]>,
  required: boolean,
): ChannelBatch[] {
  return [...batches].map(([channel, events]) => ({ channel, required, events, committed: false }));
}

/** The events of which nothing is left; an interceptor may have put another in an event's place. */
function filtered(events: readonly FlumeEvent[], left: readonly FlumeEvent[]): FlumeEvent[] {
  const kept = new Set(left.map((event) => event.headers));
  return events.filter((event) => !kept.has(event.headers));
}

/**
 * Writes as much as there is room for.
 *
 * @param patient whether a full channel is waited for; false once keep-alive has passed, for the
 *   channel that is full now
 */
export function advanceDelivery(
  delivery: Delivery,
  channels: readonly Channel[],
  patient: boolean,
): DeliveryOutcome {
  let waits = patient;
  while (delivery.next < delivery.batches.length) {
    const batch = delivery.batches[delivery.next] as ChannelBatch;
    const channel = channelNamed(channels, batch.channel);
    // An unknown name among a replicating selector's optional channels is a null in a list.
    if (channel === undefined) {
      return { is: 'failed', channelException: false, message: nullChannel };
    }
    const refused = putBatch(channel, batch.events);
    if (refused === null) {
      batch.committed = true;
    } else {
      if (waits && fits(channel, batch)) return { is: 'waiting', channel: batch.channel };
      if (batch.required) return { is: 'failed', channelException: true, message: refused };
      waits = true;
    }
    delivery.next++;
  }
  return delivered;
}

/** No patience helps a batch that is larger than a transaction may be. */
function fits(channel: Channel, batch: ChannelBatch): boolean {
  return batch.events.length <= channel.store.settings.transactionCapacity;
}

function putBatch(channel: Channel, events: readonly FlumeEvent[]): string | null {
  const transaction = begin(channel);
  let refused: string | null = null;
  for (const event of events) {
    refused = put(channel, transaction, event);
    if (refused !== null) break;
  }
  if (refused === null) {
    const answer = commit(channel, transaction);
    if (answer === 'committed') return null;
    refused = answer.refused;
  }
  rollback(channel, transaction);
  return refused;
}
