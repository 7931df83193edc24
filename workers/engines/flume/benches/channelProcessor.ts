/** A source's batches on their way into its channels. */
import * as v from 'valibot';
import { benchOf, RefusedByBench } from '../../../kernel/bench.ts';
import { advanceDelivery, createDelivery } from '../channelProcessor.ts';
import type { Delivery } from '../channelProcessor.ts';
import { channelNamed, createChannel, takeWaitS } from '../channels/channel.ts';
import type { Channel } from '../channels/channel.ts';
import { readMemoryChannel } from '../channels/memoryChannel.ts';
import { subProperties } from '../configuration/context.ts';
import { createReport } from '../configuration/report.ts';
import { createEvent } from '../event.ts';
import { readInterceptors } from '../interceptors/chain.ts';
import type { Interceptor } from '../interceptors/chain.ts';
import { readSelector } from '../selectors/selector.ts';
import type { Selector } from '../selectors/selector.ts';
import { drainChannel } from './drain.ts';
import { headers, properties } from './schemas.ts';

interface Source {
  readonly interceptors: readonly Interceptor[];
  readonly selector: Selector;
  readonly channels: readonly Channel[];
  /** The batch that waits for room. */
  delivery: Delivery | null;
}

export const channelProcessorBench = benchOf({
  component: 'flume/channel-processor',
  meaning:
    'ChannelProcessor.processEventBatch: memory channels by name, each with its properties, and the source’s properties ' +
    '(`selector.type`, `interceptors` …). Steps: {batch} of events {headers, body} answers "delivered", the exception’s ' +
    'message, or "waits" for a full channel; {until: "room"} or {until: "keep-alive"} says how that wait ended; {drain} ' +
    'takes all that a channel holds.',
  config: v.strictObject({ channels: v.record(v.string(), properties), properties }),
  step: v.union([
    v.strictObject({ batch: v.array(v.strictObject({ headers, body: v.string() })) }),
    v.strictObject({ until: v.picklist(['room', 'keep-alive']) }),
    v.strictObject({ drain: v.string() }),
  ]),
  create: (config): Source => {
    const names = Object.keys(config.channels);
    const channels = Object.entries(config.channels).map(([name, each]) =>
      createChannel(name, readMemoryChannel(each, createReport())),
    );
    return {
      interceptors: readInterceptors(config.properties),
      selector: readSelector(subProperties(config.properties, 'selector.'), names),
      channels,
      delivery: null,
    };
  },
  play: (source, step) => {
    if ('drain' in step) return drainChannel(channelNamed(source.channels, step.drain));
    if ('until' in step) return advance(source, step.until === 'room');
    const events = step.batch.map(({ body, headers: written }) => createEvent(body, -1, written));
    const surroundings = { nowMs: 0, host: 'localhost' };
    const { interceptors, selector, channels } = source;
    source.delivery = createDelivery(interceptors, selector, events, surroundings);
    return advance(
      source,
      channels.some((channel) => takeWaitS(channel) > 0),
    );
  },
});

function advance(source: Source, patient: boolean): string {
  if (source.delivery === null) throw new RefusedByBench('no batch is on its way');
  const outcome = advanceDelivery(source.delivery, source.channels, patient);
  if (outcome.is === 'delivered') return outcome.is;
  return outcome.is === 'waiting' ? 'waits' : outcome.message;
}
