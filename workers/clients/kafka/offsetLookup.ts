/**
 * Finding out where a partition starts or ends (`OffsetFetcher`, 3.9): for a position that has to be
 * reset, and for applications that ask, as Spark does for each batch.
 */
import type { ListOffsetsAt, ListOffsetsResponse, TopicPartition } from '../../wire/kafka.ts';
import {
  assignedOf,
  type Consumer,
  type ConsumerEvent,
  type OffsetLookup,
  type OpenLookup,
} from './consumerState.ts';
import { leaderOf } from './metadata.ts';
import { isReady, sendRequest, takeCorrelationId } from './networkClient.ts';
import type { KafkaClientPort } from './port.ts';
import { takeOut } from './takeOut.ts';

export function addLookup(
  consumer: Consumer,
  at: ListOffsetsAt,
  purpose: OffsetLookup['purpose'],
  partitions: readonly TopicPartition[],
): void {
  const open = partitions.map(({ topic, partition }) => ({
    topic,
    partition,
    correlationId: -1,
    retryAtUs: 0,
  }));
  consumer.lookups.push({ at, purpose, open, found: [] });
}

/** Starts a lookup for every partition whose position must be reset. */
export function lookUpResets(consumer: Consumer): void {
  const policy = consumer.config['auto.offset.reset'];
  if (policy === 'none') return;
  let resets: TopicPartition[] | null = null;
  for (const assigned of consumer.assigned) {
    if (assigned.awaits !== 'reset' || isLookedUp(consumer, assigned)) continue;
    (resets ??= []).push(assigned);
  }
  if (resets) addLookup(consumer, policy, 'reset', resets);
}

function isLookedUp(consumer: Consumer, { topic, partition }: TopicPartition): boolean {
  return consumer.lookups.some(
    ({ purpose, open }) =>
      purpose === 'reset' &&
      open.some((entry) => entry.topic === topic && entry.partition === partition),
  );
}

/** Asks the leaders of all partitions that nobody asks about now. */
export function sendLookups(consumer: Consumer, port: KafkaClientPort): void {
  const { net } = consumer;
  const nowUs = port.nowUs();
  for (const lookup of consumer.lookups) {
    const byBroker = new Map<string, OpenLookup[]>();
    for (const entry of lookup.open) {
      if (entry.correlationId >= 0 || entry.retryAtUs > nowUs) continue;
      const broker = leaderOf(net.metadata, entry.topic, entry.partition);
      if (broker === null) net.metadata.updateRequested = true;
      else if (isReady(net, broker, port)) {
        const entries = byBroker.get(broker);
        if (entries) entries.push(entry);
        else byBroker.set(broker, [entry]);
      }
    }
    for (const [broker, entries] of byBroker) {
      const correlationId = takeCorrelationId(net);
      for (const entry of entries) entry.correlationId = correlationId;
      const partitions = entries.map(({ topic, partition }) => ({ topic, partition }));
      const { clientId } = net;
      const { at } = lookup;
      sendRequest(
        net,
        broker,
        { type: 'kafka.list-offsets', clientId, correlationId, at, partitions },
        port,
      );
    }
  }
}

export function onListed(
  consumer: Consumer,
  response: ListOffsetsResponse,
  nowUs: number,
  events: ConsumerEvent[],
): void {
  const index = consumer.lookups.findIndex(({ open }) =>
    open.some(({ correlationId }) => correlationId === response.correlationId),
  );
  const lookup = consumer.lookups[index];
  if (!lookup) return;
  for (const { topic, partition, error, offset } of response.partitions) {
    const at = lookup.open.findIndex(
      (entry) => entry.topic === topic && entry.partition === partition,
    );
    const entry = lookup.open[at];
    if (!entry) continue;
    if (error !== null) {
      entry.correlationId = -1;
      entry.retryAtUs = nowUs + consumer.config['retry.backoff.ms'] * 1000;
      consumer.net.metadata.updateRequested = true;
      continue;
    }
    takeOut(lookup.open, at);
    lookup.found.push({ topic, partition, offset });
    if (lookup.purpose === 'reset') reset(consumer, topic, partition, offset);
  }
  if (lookup.open.length > 0) return;
  takeOut(consumer.lookups, index);
  if (lookup.purpose === 'application') {
    events.push({ kind: 'offsets listed', offsets: lookup.found });
  }
}

function reset(consumer: Consumer, topic: string, partition: number, offset: number): void {
  const assigned = assignedOf(consumer, topic, partition);
  // A seek in the meantime wins.
  if (assigned?.awaits !== 'reset') return;
  assigned.position = offset;
  assigned.positionEpoch = -1;
  assigned.awaits = 'nothing';
}

/** The request got no answer: its partitions are to be asked about again. */
export function forgetLookup(consumer: Consumer, correlationId: number): void {
  for (const { open } of consumer.lookups) {
    for (const entry of open) if (entry.correlationId === correlationId) entry.correlationId = -1;
  }
}
