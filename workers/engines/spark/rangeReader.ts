/**
 * How a task reads its offset range: with the executor's consumer of that partition, which is kept
 * from task to task together with what it fetched beyond the range. If that consumer is busy with
 * another task, a consumer of the task's own is used and thrown away.
 *
 * Follows KafkaDataConsumer (spark-streaming-kafka-0-10 of Spark 3.5). Left out: the limit of the
 * cache, and the poll timeout that fails a task when a broker stays silent for two minutes.
 */
import {
  assign,
  consumerDefaults,
  createConsumer,
  poll,
  seek,
  type Consumer,
} from '../../clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../clients/kafka/port.ts';
import type { OffsetRange } from './inputs/directKafka.ts';
import { readPipe } from './anatomy.ts';
import type { RangeReader, SparkEnvironment, SparkState } from './state.ts';
import type { RecordId } from '../../trace/format.ts';
import { recordIdsIn } from '../../wire/recordLog.ts';
import { brokersOf, topicPartitions } from './topic.ts';

/** A free reader for the range, pointed at its beginning. */
export function acquireReader(
  state: SparkState,
  range: OffsetRange,
  attempt: number,
  env: SparkEnvironment,
  port: KafkaClientPort,
): RangeReader {
  const { topic } = state.config.source;
  const cached = cachedReader(state, range.partition);
  const isFree = cached !== null && cached.user < 0;
  const reader = isFree ? cached : createReader(state, range, attempt, cached === null, env, port);
  if (reader.nextOffset !== range.fromOffset) {
    seek(reader.consumer, topic, range.partition, range.fromOffset, port);
    reader.buffer = [];
    reader.nextOffset = range.fromOffset;
  }
  reader.user = attempt;
  reader.untilOffset = range.untilOffset;
  reader.taken = [];
  return reader;
}

function cachedReader({ executor }: SparkState, partition: number): RangeReader | null {
  for (const reader of executor.readers.values()) {
    if (reader.isCached && reader.partition === partition) return reader;
  }
  return null;
}

function createReader(
  state: SparkState,
  range: OffsetRange,
  attempt: number,
  isCached: boolean,
  env: SparkEnvironment,
  port: KafkaClientPort,
): RangeReader {
  const { partition, fromOffset } = range;
  const { topic } = state.config.source;
  const cachedId = `${env.node}/executor-${state.life}-${topic}-${partition}`;
  const clientId = isCached ? cachedId : `${cachedId}-task-${attempt}`;
  const reader: RangeReader = {
    consumer: createExecutorConsumer(state, clientId, env),
    partition,
    isCached,
    user: -1,
    nextOffset: fromOffset,
    untilOffset: fromOffset,
    buffer: [],
    taken: [],
  };
  const from = topicPartitions(state.config, env)[partition]?.id ?? '';
  const pipe = env.trace.pipe(readPipe(from, env.node));
  assign(reader.consumer, [{ topic, partition, offset: fromOffset, pipe }], port);
  state.executor.readers.set(clientId, reader);
  return reader;
}

/** Executors override what could make them lose or repeat records: no auto commit, no reset. */
function createExecutorConsumer(
  state: SparkState,
  clientId: string,
  env: SparkEnvironment,
): Consumer {
  const config = {
    ...consumerDefaults,
    'bootstrap.servers': brokersOf(state.config, env),
    'enable.auto.commit': false,
    'auto.offset.reset': 'none' as const,
  };
  return createConsumer(config, clientId, state.life);
}

/** Takes what has arrived of the range. Returns whether the range is complete. */
export function readOn(reader: RangeReader, port: KafkaClientPort): boolean {
  for (;;) {
    takeBuffered(reader);
    if (reader.nextOffset >= reader.untilOffset) return true;
    for (const { records } of poll(reader.consumer, port)) reader.buffer.push(records);
    if (reader.buffer.length === 0) return false;
  }
}

function takeBuffered(reader: RangeReader): void {
  const { buffer, untilOffset, taken } = reader;
  while (reader.nextOffset < untilOffset && buffer[0]) {
    const { log, from, end } = buffer[0];
    let offset = from;
    do {
      taken.push(log.columns.record[offset] as number);
      offset += 1;
    } while (offset < untilOffset && offset < end);
    reader.nextOffset = offset;
    if (offset === end) buffer.shift();
    else buffer[0] = { log, from: offset, end };
  }
}

/** Gives the reader back after its task; one of the task's own is dropped. */
export function releaseReader(state: SparkState, reader: RangeReader): void {
  reader.user = -1;
  if (!reader.isCached) state.executor.readers.delete(reader.consumer.net.clientId);
}

/** What was fetched and has not become part of a batch: it dies with the reader, and is in Kafka still. */
export function recordsHeld(reader: RangeReader): RecordId[] {
  const { user, taken, buffer, consumer } = reader;
  const held = user >= 0 ? [...taken] : [];
  for (const records of buffer) held.push(...recordIdsIn(records));
  for (const { records } of consumer.fetched) held.push(...recordIdsIn(records));
  return held;
}
