/**
 * Which source reader gets a Kafka partition: consecutive partitions go to consecutive readers, from a start that
 * depends on the topic's name, so that several topics do not all begin at reader 0.
 *
 * Follows `KafkaSourceEnumerator.getSplitOwner` of flink-connector-kafka 3.4.
 */
import { stringHash } from '../../jvm/stringHash.ts';

/** @returns the subtask, from 0 */
export function splitOwner(topic: string, partition: number, readers: number): number {
  const startIndex = (Math.imul(stringHash(topic), 31) & 0x7fffffff) % readers;
  return (startIndex + partition) % readers;
}

/** The partitions of a reader, in order. */
export function splitsOf(
  topic: string,
  partitions: number,
  reader: number,
  readers: number,
): number[] {
  const owned: number[] = [];
  for (let partition = 0; partition < partitions; partition++)
    if (splitOwner(topic, partition, readers) === reader) owned.push(partition);
  return owned;
}
