/**
 * Which partition a record goes to (`KafkaProducer.partition`, 3.9): the one it asks for; else the one
 * its key hashes to; else a sticky one.
 */
import type { JavaRandom } from '../../jvm/random.ts';
import {
  appendSticky,
  appendStickyPerBatch,
  appendTo,
  createTopicQueues,
  joinStickyBatch,
  NO_TIMESTAMP,
  positiveInt,
  type ProducerRecord,
  queuesOf,
} from './accumulator.ts';
import { partitionsOf } from './metadata.ts';
import { partitionForKey } from './murmur2.ts';
import type { ProducerConfig } from './producerConfig.ts';
import type { Producer } from './producerState.ts';

/** Chooses the record's partition and appends it; false while the topic is unknown. */
export function place(producer: Producer, record: ProducerRecord, nowUs: number): boolean {
  return joinBatch(producer, record, nowUs) || choosePartition(producer, record, nowUs);
}

/** By KIP-480 most records join the batch of the one before, and nothing has to be chosen. */
function joinBatch({ config, topics }: Producer, record: ProducerRecord, nowUs: number): boolean {
  if (config['partitioner.sticky'] !== 'KIP-480' || !goesAnywhere(config, record)) return false;
  const topic = queuesOf(topics, record.topic);
  if (topic === undefined) return false;
  stamp(record, nowUs);
  return joinStickyBatch(topic, record);
}

function goesAnywhere(config: ProducerConfig, { partition, key }: ProducerRecord): boolean {
  return partition === null && (key === null || config['partitioner.ignore.keys']);
}

/** A record that waited for its topic is as old as the end of that wait. */
function stamp(record: ProducerRecord, nowUs: number): void {
  if (record.timestampMs === NO_TIMESTAMP) record.timestampMs = Math.floor(nowUs / 1000);
}

function choosePartition(producer: Producer, record: ProducerRecord, nowUs: number): boolean {
  const { config, net } = producer;
  const partitions = partitionsOf(net.metadata, record.topic);
  if (partitions === null || (record.partition ?? 0) >= partitions.count) return false;
  let topic = queuesOf(producer.topics, record.topic);
  if (!topic) {
    topic = createTopicQueues(record.topic, Math.max(1, config['batch.size']));
    producer.topics.push(topic);
  }
  stamp(record, nowUs);
  if (record.partition !== null) appendTo(topic, record.partition, record, nowUs);
  else if (record.key !== null && !config['partitioner.ignore.keys']) {
    appendTo(topic, partitionForKey(record.key, partitions.count), record, nowUs);
  } else if (config['partitioner.sticky'] === 'KIP-794') {
    appendSticky(topic, record, partitions, nowUs, drawsFrom(net.random));
  } else {
    appendStickyPerBatch(topic, record, partitions, nowUs, drawsFrom(net.random));
  }
  return true;
}

function drawsFrom(random: JavaRandom): () => number {
  return () => positiveInt(random);
}
