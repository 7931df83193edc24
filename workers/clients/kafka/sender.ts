/** The producer's background thread (`Sender` 3.9): which batches go to which broker now. */
import { assert } from '../../kernel/assert.ts';
import type { ProducedBatch, ProduceRequest } from '../../wire/kafka.ts';
import {
  isFull,
  type PartitionQueue,
  type ProducerBatch,
  type TopicQueues,
} from './accumulator.ts';
import { ringBy } from './alarm.ts';
import { completeRequest, failBatch, retryRequest } from './batchOutcome.ts';
import { leaderOf, partitionOf, partitionsOf } from './metadata.ts';
import {
  disconnected,
  inFlightTo,
  isReady,
  brokerToAsk,
  maybeUpdateMetadata,
  nextNetworkUs,
  sendRequest,
  takeCorrelationId,
  timedOutBrokers,
} from './networkClient.ts';
import { place } from './partitioner.ts';
import type { KafkaClientPort } from './port.ts';
import { isIdempotent, type ProducerConfig } from './producerConfig.ts';
import type { Completion, Producer } from './producerState.ts';
import { partitionLoad } from './stickyPartitioner.ts';

/** The sequence numbers of a batch are followed by 0 after this one. */
const SEQUENCE_MAX = 2_147_483_647;

/** One round of the sender: give up what is too late, send what is ready, and set the next alarm. */
export function runSender(producer: Producer, port: KafkaClientPort, done: Completion[]): void {
  const { net } = producer;
  const nowUs = port.nowUs();
  for (const broker of timedOutBrokers(net, nowUs)) {
    for (const { request } of disconnected(net, broker, nowUs)) {
      if (request.type === 'kafka.produce') {
        retryRequest(producer, request, 'NETWORK_EXCEPTION', nowUs, done);
      }
    }
  }
  if (producer.unfinished > 0) {
    placeWaiting(producer, nowUs, done);
    expireBatches(producer, nowUs, done);
    if (isIdempotent(producer.config) && producer.producerId < 0) askForProducerId(producer, port);
    else sendReadyBatches(producer, port, done);
  } else {
    // Every queue is empty, and queues of equal length weigh nothing.
    for (const { sticky } of producer.topics) sticky.load = null;
  }
  maybeUpdateMetadata(net, port);
  if (producer.unfinished === 0) producer.flushing = false;
  setAlarm(producer, port);
}

function placeWaiting(producer: Producer, nowUs: number, done: Completion[]): void {
  if (producer.waiting.length === 0) return;
  const maxBlockMs = producer.config['max.block.ms'];
  const still: Producer['waiting'] = [];
  for (const entry of producer.waiting) {
    const { record, sinceUs } = entry;
    if (still.length === 0 && place(producer, record, nowUs)) continue;
    if (nowUs - sinceUs < maxBlockMs * 1000) {
      still.push(entry);
      continue;
    }
    producer.unfinished -= 1;
    done.push({
      topic: record.topic,
      partition: record.partition ?? -1,
      baseOffset: -1,
      error: 'REQUEST_TIMED_OUT',
      message: `Topic ${record.topic} not present in metadata after ${maxBlockMs} ms.`,
      records: [record],
    });
  }
  producer.waiting = still;
}

/** `delivery.timeout.ms` bounds waiting and retries together, counted from the batch's creation. */
function expireBatches(producer: Producer, nowUs: number, done: Completion[]): void {
  const limitUs = nowUs - producer.config['delivery.timeout.ms'] * 1000;
  if (limitUs < 0) return;
  for (const topic of producer.topics) {
    for (const queue of topic.queues) {
      if (!hasLate(queue.inFlight, limitUs) && !hasLate(queue.batches, limitUs)) continue;
      const late = [...queue.inFlight, ...queue.batches].filter(
        ({ createdUs }) => createdUs <= limitUs,
      );
      for (const batch of late) {
        const waitedMs = Math.floor((nowUs - batch.createdUs) / 1000);
        const message = `Expiring ${batch.records.length} record(s) for ${batch.topic}-${batch.partition}:${waitedMs} ms has passed since batch creation`;
        failBatch(producer, queue, batch, 'REQUEST_TIMED_OUT', message, done);
      }
    }
  }
}

function hasLate(batches: readonly ProducerBatch[], limitUs: number): boolean {
  for (const { createdUs } of batches) if (createdUs <= limitUs) return true;
  return false;
}

function askForProducerId(producer: Producer, port: KafkaClientPort): void {
  const { net } = producer;
  if (net.inFlight.some(({ request }) => request.type === 'kafka.init-producer-id')) return;
  const broker = brokerToAsk(net, port);
  if (broker === null) return;
  const correlationId = takeCorrelationId(net);
  const { clientId } = net;
  sendRequest(net, broker, { type: 'kafka.init-producer-id', clientId, correlationId }, port);
}

function acksOnTheWire(acks: ProducerConfig['acks']): number {
  if (acks === 'all') return -1;
  return acks === '1' ? 1 : 0;
}

function sendReadyBatches(producer: Producer, port: KafkaClientPort, done: Completion[]): void {
  const nowUs = port.nowUs();
  const { config, net } = producer;
  for (;;) {
    const ready = readyBrokers(producer, port);
    if (ready.length === 0) return;
    for (const broker of ready) {
      const correlationId = takeCorrelationId(net);
      const batches = drain(producer, broker, correlationId, nowUs);
      assert(batches.length > 0, 'a ready broker has a batch to take');
      const acks = acksOnTheWire(config.acks);
      const request: ProduceRequest = {
        type: 'kafka.produce',
        clientId: net.clientId,
        correlationId,
        acks,
        timeoutMs: config['request.timeout.ms'],
        batches,
      };
      const bytes = batches.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
      if (acks !== 0) sendRequest(net, broker, request, port, bytes);
      else {
        // Success means that the bytes are in the socket: nobody answers.
        port.send(net.clientId, broker, request, bytes);
        completeRequest(producer, request, done);
      }
    }
  }
}

/** Brokers that lead a partition with a sendable batch and have room for one more request in flight. */
function readyBrokers(producer: Producer, port: KafkaClientPort): readonly string[] {
  const { config, net } = producer;
  const nowUs = port.nowUs();
  let ready: string[] | null = null;
  for (const topic of producer.topics) {
    for (const queue of topic.queues) {
      const first = queue.batches[0];
      if (!first) continue;
      const broker = leaderOf(net.metadata, topic.topic, queue.partition);
      if (broker === null) net.metadata.updateRequested = true;
      else if (
        isSendable(producer, queue, first, nowUs) &&
        isReady(net, broker, port) &&
        inFlightTo(net, broker) < config['max.in.flight.requests.per.connection']
      ) {
        if (ready === null) ready = [broker];
        else if (!ready.includes(broker)) ready.push(broker);
      }
    }
    if (weighsLoad(config)) measureLoad(producer, topic);
  }
  return ready ?? nobody;
}

const nobody: readonly string[] = [];

/** The clients that follow KIP-480 are older than weights. */
function weighsLoad(config: ProducerConfig): boolean {
  return (
    config['partitioner.adaptive.partitioning.enable'] && config['partitioner.sticky'] === 'KIP-794'
  );
}

/** Queue lengths become weights once every partition has had a batch. */
function measureLoad(producer: Producer, topic: TopicQueues): void {
  const known = partitionsOf(producer.net.metadata, topic.topic);
  topic.sticky.load = null;
  if (!known || topic.queues.length < known.count || hasEqualQueues(topic)) return;
  const led = topic.queues.filter(
    ({ partition }) => leaderOf(producer.net.metadata, topic.topic, partition) !== null,
  );
  topic.sticky.load = partitionLoad(
    led.map(({ batches }) => batches.length),
    led.map(({ partition }) => partition),
  );
}

/** Mostly nothing waits anywhere, and then there is nothing to weigh. */
function hasEqualQueues({ queues }: TopicQueues): boolean {
  let length = -1;
  for (const { batches } of queues) {
    if (length >= 0 && batches.length !== length) return false;
    length = batches.length;
  }
  return true;
}

function isSendable(
  producer: Producer,
  queue: PartitionQueue,
  first: ProducerBatch,
  nowUs: number,
): boolean {
  if (isBackingOff(producer, first, nowUs)) return false;
  if (mustWaitItsTurn(queue, first)) return false;
  if (queue.batches.length > 1 || isFull(first) || producer.flushing) return true;
  return first.attempts > 0 || nowUs - first.createdUs >= producer.config['linger.ms'] * 1000;
}

/** A leader that changed since the failed attempt is worth trying at once. */
function isBackingOff(producer: Producer, batch: ProducerBatch, nowUs: number): boolean {
  if (batch.attempts === 0 || nowUs >= batch.retryAtUs) return false;
  const epoch = partitionOf(producer.net.metadata, batch.topic, batch.partition)?.leaderEpoch ?? -1;
  return epoch <= batch.leaderEpoch;
}

/** With idempotence a retried batch goes alone: only the oldest unanswered one may be sent. */
function mustWaitItsTurn(queue: PartitionQueue, batch: ProducerBatch): boolean {
  return batch.baseSequence >= 0 && queue.inFlight.length > 0;
}

/** Takes the first batch of each partition that the broker leads, up to `max.request.size`. */
function drain(
  producer: Producer,
  broker: string,
  correlationId: number,
  nowUs: number,
): ProducedBatch[] {
  const { config, net } = producer;
  const taken: ProducedBatch[] = [];
  let bytes = 0;
  for (const topic of producer.topics) {
    for (const queue of topic.queues) {
      const first = queue.batches[0];
      if (!first) continue;
      const known = partitionOf(net.metadata, topic.topic, queue.partition);
      if (known?.leaderProcess !== broker) continue;
      if (isBackingOff(producer, first, nowUs) || mustWaitItsTurn(queue, first)) continue;
      if (taken.length > 0 && bytes + first.sizeBytes > config['max.request.size']) continue;
      queue.batches.shift();
      queue.inFlight.push(first);
      bytes += first.sizeBytes;
      first.closed = true;
      first.correlationId = correlationId;
      first.leaderEpoch = known.leaderEpoch;
      if (isIdempotent(config)) numberBatch(producer, queue, first);
      taken.push(onTheWire(producer, first));
    }
  }
  return taken;
}

/** Gives a batch its sequence numbers, once: a retry must carry the same ones to be recognised. */
function numberBatch(producer: Producer, queue: PartitionQueue, batch: ProducerBatch): void {
  if (batch.baseSequence >= 0) return;
  if (queue.producerEpoch !== producer.producerEpoch && queue.inFlight.length === 1) {
    queue.producerEpoch = producer.producerEpoch;
    queue.nextSequence = 0;
  }
  batch.baseSequence = queue.nextSequence;
  batch.producerEpoch = queue.producerEpoch;
  queue.nextSequence += batch.records.length;
  if (queue.nextSequence > SEQUENCE_MAX) queue.nextSequence -= SEQUENCE_MAX + 1;
}

function onTheWire(producer: Producer, batch: ProducerBatch): ProducedBatch {
  return {
    topic: batch.topic,
    partition: batch.partition,
    producerId: batch.baseSequence < 0 ? -1 : producer.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    sizeBytes: batch.sizeBytes,
    // A batch that was sent is closed, so the request may hold the list itself.
    records: batch.records,
  };
}

/** Wakes the sender when a batch has lingered, may be tried again, or runs out of time. */
function setAlarm(producer: Producer, port: KafkaClientPort): void {
  const { net } = producer;
  const nowUs = port.nowUs();
  let nextUs = nextNetworkUs(net, nowUs);
  if (producer.unfinished > 0) nextUs = Math.min(nextUs, nextBatchUs(producer, nowUs));
  if (nextUs < Number.MAX_SAFE_INTEGER) ringBy(net.alarm, nextUs, port);
}

/** The next moment at which a batch may be sent, or something has waited for too long. */
function nextBatchUs({ config, topics, waiting }: Producer, nowUs: number): number {
  let nextUs = Number.MAX_SAFE_INTEGER;
  const longest = waiting[0];
  if (longest) nextUs = longest.sinceUs + config['max.block.ms'] * 1000;
  for (const topic of topics) {
    for (const { batches, inFlight } of topic.queues) {
      const first = batches[0];
      const oldest = inFlight[0] ?? first;
      if (!oldest) continue;
      nextUs = Math.min(nextUs, oldest.createdUs + config['delivery.timeout.ms'] * 1000);
      if (!first) continue;
      const sendableUs =
        first.attempts > 0 ? first.retryAtUs : first.createdUs + config['linger.ms'] * 1000;
      if (sendableUs > nowUs) nextUs = Math.min(nextUs, sendableUs);
    }
  }
  return nextUs;
}
