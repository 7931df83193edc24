/**
 * `org.apache.flume.sink.kafka.KafkaSink` (Flume 1.11.0): each event goes to the producer as it is
 * taken; the transaction commits when all of its records are acknowledged. So a sink that dies, or
 * rolls back because one record failed, leaves records in Kafka that will come again.
 *
 * Simplifications: bodies only (useFlumeEventFormat would keep the headers), no Kafka transactions.
 */
import {
  checkProducerConfig,
  deliveryTimeoutMs,
  producerDefaults,
} from '../../../clients/kafka/producer.ts';
import type { ProducerConfig } from '../../../clients/kafka/producer.ts';
import { getBoolean, getInteger, refuse, subProperties } from '../configuration/context.ts';
import type { Context } from '../configuration/context.ts';
import { EventDeliveryException } from './sinkException.ts';
import type { FlumeEvent } from '../event.ts';
import { escapePath, noRounding } from './bucketPath.ts';

export interface KafkaSinkSettings {
  readonly kind: 'kafka';
  readonly topic: string;
  readonly batchSize: number;
  readonly allowTopicOverride: boolean;
  readonly topicHeader: string;
  readonly partitionIdHeader: string | null;
  readonly defaultPartitionId: number | null;
  readonly producer: ProducerConfig;
}

/** @throws ConfigurationRefusal */
export function readKafkaSink(context: Context): KafkaSinkSettings {
  const servers = context.get('kafka.bootstrap.servers');
  if (servers === undefined) {
    return refuse('ConfigurationException', 'Bootstrap Servers must be specified');
  }
  const partition = getInteger(context, 'defaultPartitionId', -1);
  return {
    kind: 'kafka',
    topic: context.get('kafka.topic') ?? 'default-flume-topic',
    batchSize: getInteger(context, 'flumeBatchSize', 100),
    allowTopicOverride: getBoolean(context, 'allowTopicOverride', true),
    topicHeader: context.get('topicHeader') ?? 'topic',
    partitionIdHeader: context.get('partitionIdHeader') ?? null,
    defaultPartitionId: context.has('defaultPartitionId') ? partition : null,
    producer: readProducer(subProperties(context, 'kafka.producer.'), servers),
  };
}

/**
 * Flume 1.11.0 brings kafka-clients 2.7.2 and sets acks to 1: no idempotence, and a null key changes
 * its partition with every batch (KIP-480).
 */
function readProducer(overrides: Context, servers: string): ProducerConfig {
  const number = (key: 'batch.size' | 'linger.ms' | 'retries' | 'request.timeout.ms') =>
    atLeastZero(key, getInteger(overrides, key, producerDefaults[key]));
  const config: ProducerConfig = {
    ...producerDefaults,
    'bootstrap.servers': servers.split(',').map(brokerProcess),
    acks: readAcks(overrides.get('acks') ?? '1'),
    'batch.size': number('batch.size'),
    'linger.ms': number('linger.ms'),
    retries: number('retries'),
    'request.timeout.ms': number('request.timeout.ms'),
    'delivery.timeout.ms': deliveryTimeoutMs(
      overrides.has('delivery.timeout.ms') ? getInteger(overrides, 'delivery.timeout.ms', 0) : null,
      number('linger.ms'),
      number('request.timeout.ms'),
    ),
    'enable.idempotence': getBoolean(overrides, 'enable.idempotence', false),
    'partitioner.sticky': 'KIP-480',
  };
  const problem = checkProducerConfig(config);
  if (problem !== null) refuse('ConfigException', problem);
  return config;
}

function atLeastZero(key: string, value: number): number {
  if (value >= 0) return value;
  return refuse(
    'ConfigException',
    `Invalid value ${value} for configuration ${key}: Value must be at least 0`,
  );
}

function readAcks(written: string): ProducerConfig['acks'] {
  const acks = written === '-1' ? 'all' : written;
  if (acks === '0' || acks === '1' || acks === 'all') return acks;
  return refuse('ConfigException', `Invalid value ${written} for configuration acks`);
}

/** Names resolve to processes: `broker-2.kafka:9092` to `kafka/broker-2`, `kafka:9092` to its first. */
function brokerProcess(server: string): string {
  const host = server.trim().split(':')[0] as string;
  const dot = host.indexOf('.');
  return dot < 0 ? `${host}/broker-1` : `${host.slice(dot + 1)}/${host.slice(0, dot)}`;
}

export interface KafkaTarget {
  readonly topic: string;
  readonly partition: number | null;
  readonly key: string | null;
}

/**
 * Where an event goes: a header `topic` beats the configured topic, a header `key` is the key.
 *
 * @throws EventDeliveryException for a partition header that is not a number
 */
export function kafkaTarget(
  settings: KafkaSinkSettings,
  event: FlumeEvent,
  nowMs: number,
): KafkaTarget {
  const { headers } = event;
  const topic = topicOf(settings, event, nowMs);
  const header = settings.partitionIdHeader && headers.get(settings.partitionIdHeader);
  if (typeof header === 'string' && !/^[+-]?\d+$/.test(header)) {
    throw new EventDeliveryException('Non integer partition id specified');
  }
  const partition = typeof header === 'string' ? Number(header) : settings.defaultPartitionId;
  if (partition !== null && partition < 0) throw new EventDeliveryException('Could not send event');
  return { topic, partition, key: headers.get('key') ?? null };
}

/** A topic that may not be overridden is taken as it is written: its escapes stay. */
function topicOf(settings: KafkaSinkSettings, { headers }: FlumeEvent, nowMs: number): string {
  const { topic, topicHeader, allowTopicOverride } = settings;
  if (!allowTopicOverride) return topic;
  const override = headers.get(topicHeader) ?? null;
  if (override !== null || !topic.includes('%')) return override ?? topic;
  return escapePath(topic, headers, { ...noRounding, nowMs });
}
