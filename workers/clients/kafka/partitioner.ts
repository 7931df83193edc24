/**
 * Which partition a record goes to (`KafkaProducer.partition`, 3.9): the one it asks for; else the one
 * its key hashes to; else a sticky one.
 */
import type { JavaRandom } from '../../jvm/random.ts';
import {
  type AppendedRecord,
  appendSticky,
  appendStickyPerBatch,
  appendTo,
  createTopicQueues,
  incoming,
  joinStickyBatch,
  positiveInt,
  type ProducerRecord,
} from './accumulator.ts';
import { partitionsOf } from './metadata.ts';
import { partitionForKey } from './murmur2.ts';
import type { ProducerConfig } from './producerConfig.ts';
import type { Producer } from './producerState.ts';

/** Chooses the record's partition and appends it; false while the topic is unknown. */
export function place(producer: Producer, record: ProducerRecord, nowUs: number): boolean {
  const next = incoming(record, nowUs);
  return joinBatch(producer, record, next) || choosePartition(producer, record, next, nowUs);
}

/** By KIP-480 most records join the batch of the one before, and nothing has to be chosen. */
function joinBatch(
  { config, topics }: Producer,
  record: ProducerRecord,
  next: AppendedRecord,
): boolean {
  if (config['partitioner.sticky'] !== 'KIP-480' || !goesAnywhere(config, record)) return false;
  const topic = topics.get(record.topic);
  return topic !== undefined && joinStickyBatch(topic, next);
}

function goesAnywhere(config: ProducerConfig, { partition, key }: ProducerRecord): boolean {
  return partition === null && (key === null || config['partitioner.ignore.keys']);
}

function choosePartition(
  producer: Producer,
  record: ProducerRecord,
  next: AppendedRecord,
  nowUs: number,
): boolean {
  const { config, net } = producer;
  const partitions = partitionsOf(net.metadata, record.topic);
  if (partitions === null || (record.partition ?? 0) >= partitions.count) return false;
  let topic = producer.topics.get(record.topic);
  if (!topic) {
    topic = createTopicQueues(record.topic, Math.max(1, config['batch.size']));
    producer.topics.set(record.topic, topic);
  }
  if (record.partition !== null) appendTo(topic, record.partition, next, nowUs);
  else if (record.key !== null && !config['partitioner.ignore.keys']) {
    appendTo(topic, partitionForKey(record.key, partitions.count), next, nowUs);
  } else if (config['partitioner.sticky'] === 'KIP-794') {
    appendSticky(topic, next, partitions, nowUs, drawsFrom(net.random));
  } else {
    appendStickyPerBatch(topic, next, partitions, nowUs, drawsFrom(net.random));
  }
  return true;
}

function drawsFrom(random: JavaRandom): () => number {
  return () => positiveInt(random);
}
