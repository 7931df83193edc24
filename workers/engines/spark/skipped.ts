/**
 * Records that the program never reads: a driver that begins anew without a checkpoint, and with
 * `auto.offset.reset` = latest, starts at the end of the log. The program does not know which records
 * it skipped, but the ledger must; so for the ledger alone, and without being drawn, they are read.
 * Nothing of the kind exists in Spark.
 */
import { assign, consumerDefaults, createConsumer } from '../../clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../clients/kafka/port.ts';
import { readOn } from './rangeReader.ts';
import type { RangeReader, SparkEnvironment, SparkState } from './state.ts';
import { brokersOf } from './topic.ts';

/** Where the ledger's knowledge ends when a driver dies: all before these offsets was booked. */
export function bookedUntil(state: SparkState): number[] {
  const offsets = [...state.driver.currentOffsets];
  for (const { isBooked, ranges } of state.batches.values()) {
    if (isBooked) continue;
    for (const { partition, fromOffset } of ranges) {
      offsets[partition] = Math.min(offsets[partition] ?? fromOffset, fromOffset);
    }
  }
  return offsets;
}

/** Starts to find out what lies between the end of that knowledge and the new beginning. */
export function findSkipped(
  state: SparkState,
  newOffsets: readonly number[],
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  const { topic } = state.config.source;
  state.bookedOffsets.forEach((fromOffset, partition) => {
    const untilOffset = newOffsets[partition] ?? fromOffset;
    if (fromOffset >= untilOffset) return;
    const clientId = `${env.node}/ledger-${state.life}-${partition}`;
    const config = {
      ...consumerDefaults,
      'bootstrap.servers': brokersOf(state.config, env),
      'enable.auto.commit': false,
    };
    const consumer = createConsumer(config, clientId, state.life);
    const reader: RangeReader = {
      consumer,
      partition,
      isCached: false,
      user: -1,
      nextOffset: fromOffset,
      untilOffset,
      buffer: [],
      taken: [],
    };
    assign(consumer, [{ topic, partition, offset: fromOffset, pipe: -1 }], port);
    state.ledgerReaders.set(clientId, reader);
    bookSkipped(state, reader, env, port);
  });
  state.bookedOffsets = [];
}

/** Books what has been found of a range, once all of it is there. */
export function bookSkipped(
  state: SparkState,
  reader: RangeReader,
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  if (!readOn(reader, port)) return;
  state.ledgerReaders.delete(reader.consumer.net.clientId);
  const part = `${env.node}/direct-stream`;
  for (const record of reader.taken) env.lost(record, part, 'skipped: auto.offset.reset = latest');
}
