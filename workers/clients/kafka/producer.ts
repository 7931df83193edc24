/**
 * A Kafka producer (`KafkaProducer` 3.9) as plain data that another engine embeds. `send` chooses a
 * partition and puts the record into that partition's open batch; a background thread, the sender,
 * ships batches to the partitions' leaders, tries again what failed, and gives up after
 * `delivery.timeout.ms`.
 *
 * Left out: transactions, compression, interceptors, `buffer.memory`. The real `send` blocks its caller
 * up to `max.block.ms` while the topic is unknown; here such records wait inside, in order.
 */
import { createJavaRandom } from '../../jvm/random.ts';
import type { KafkaResponse } from '../../wire/kafka.ts';
import type { ProducerRecord } from './accumulator.ts';
import { rang, ringNow } from './alarm.ts';
import { onProduced, retryRequest } from './batchOutcome.ts';
import { want } from './metadata.ts';
import { answered, createNetworkClient, disconnected, onMetadata } from './networkClient.ts';
import { place } from './partitioner.ts';
import type { KafkaClientPort } from './port.ts';
import type { ProducerConfig } from './producerConfig.ts';
import type { Completion, Producer } from './producerState.ts';
import { runSender } from './sender.ts';

export { NO_TIMESTAMP, producerRecord, type ProducerRecord } from './accumulator.ts';
export {
  checkProducerConfig,
  deliveryTimeoutMs,
  type ProducerConfig,
  producerDefaults,
} from './producerConfig.ts';
export type { Completion, Producer } from './producerState.ts';

/** @param seed decides the random choices of partitions and the jitter of backoffs */
export function createProducer(config: ProducerConfig, clientId: string, seed: number): Producer {
  return {
    config,
    net: createNetworkClient(config, clientId, createJavaRandom(seed)),
    topics: [],
    waiting: [],
    producerId: -1,
    producerEpoch: -1,
    flushing: false,
    unfinished: 0,
  };
}

/** `KafkaProducer.send`: never blocks; the outcome comes in a Completion. */
export function send(producer: Producer, record: ProducerRecord, port: KafkaClientPort): void {
  producer.unfinished += 1;
  // Records before it that still wait for metadata must stay before it.
  if (producer.waiting.length > 0 || !place(producer, record, port.nowUs())) {
    want(producer.net.metadata, record.topic);
    producer.waiting.push({ record, sinceUs: port.nowUs() });
  }
  ringNow(producer.net.alarm, port);
}

/** Makes everything sendable now. It is over when `producer.unfinished` is 0. */
export function flush(producer: Producer, port: KafkaClientPort): void {
  producer.flushing = producer.unfinished > 0;
  ringNow(producer.net.alarm, port);
}

/** Records sent whose Completion has not come yet. */
export function unfinished(producer: Producer): number {
  return producer.unfinished;
}

/** A broker answered. */
export function onMessage(
  producer: Producer,
  response: KafkaResponse,
  port: KafkaClientPort,
): readonly Completion[] {
  const request = answered(producer.net, response.correlationId);
  if (!request) return [];
  const done: Completion[] = [];
  switch (response.type) {
    case 'kafka.metadata-response':
      onMetadata(producer.net, response, port.nowUs());
      break;
    case 'kafka.init-producer-id-response':
      producer.producerId = response.producerId;
      producer.producerEpoch = response.producerEpoch;
      break;
    case 'kafka.produce-response':
      onProduced(producer, response, port.nowUs(), done);
      break;
    default:
      break;
  }
  runSender(producer, port, done);
  return done;
}

/** The connection to a broker broke, or was refused. */
export function onDisconnect(
  producer: Producer,
  broker: string,
  port: KafkaClientPort,
): readonly Completion[] {
  const done: Completion[] = [];
  for (const { request } of disconnected(producer.net, broker, port.nowUs())) {
    if (request.type === 'kafka.produce') {
      retryRequest(producer, request, 'NETWORK_EXCEPTION', port.nowUs(), done);
    }
  }
  runSender(producer, port, done);
  return done;
}

/** The alarm that the producer asked for. */
export function onTimer(producer: Producer, port: KafkaClientPort): readonly Completion[] {
  rang(producer.net.alarm);
  const done: Completion[] = [];
  runSender(producer, port, done);
  return done;
}
