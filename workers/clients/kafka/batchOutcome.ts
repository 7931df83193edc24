/**
 * What becomes of a batch after it was sent (`Sender.completeBatch`, 3.9): done, tried again, or given
 * up.
 *
 * Without idempotence a batch that fails goes back to the head of its queue, so with more than one
 * request in flight two batches can change places; with it, sequence numbers keep them in order.
 */
import { assert } from '../../kernel/assert.ts';
import type { ProduceRequest, ProduceResponse } from '../../wire/kafka.ts';
import { describeError, isRetriable, type KafkaError } from '../../wire/kafkaError.ts';
import { type PartitionQueue, type ProducerBatch, queuesOf } from './accumulator.ts';
import { backoffMs } from './backoff.ts';
import type { Completion, Producer } from './producerState.ts';
import { takeOut } from './takeOut.ts';

/** What a broker said about each partition of a request. */
export function onProduced(
  producer: Producer,
  response: ProduceResponse,
  nowUs: number,
  done: Completion[],
): void {
  for (const { topic, partition, error, baseOffset } of response.partitions) {
    const queue = queueAt(producer, topic, partition);
    const batch = queue && batchOf(queue, response.correlationId);
    // It was given up while the request was on its way.
    if (!batch) continue;
    if (error === null) complete(producer, queue, batch, baseOffset, done);
    else retryOrFail(producer, queue, batch, error, nowUs, done);
  }
}

/** Every batch of a request that got no answer. */
export function retryRequest(
  producer: Producer,
  request: ProduceRequest,
  error: KafkaError,
  nowUs: number,
  done: Completion[],
): void {
  for (const { topic, partition } of request.batches) {
    const queue = queueAt(producer, topic, partition);
    const batch = queue && batchOf(queue, request.correlationId);
    if (batch) retryOrFail(producer, queue, batch, error, nowUs, done);
  }
}

function retryOrFail(
  producer: Producer,
  queue: PartitionQueue,
  batch: ProducerBatch,
  error: KafkaError,
  nowUs: number,
  done: Completion[],
): void {
  const { config, net } = producer;
  const isOutOfOrder = error === 'OUT_OF_ORDER_SEQUENCE_NUMBER';
  if (!(isRetriable(error) || isOutOfOrder) || batch.attempts >= config.retries) {
    failBatch(producer, queue, batch, error, describeError(error), done);
    return;
  }
  // Behind a failed batch the next ones are out of order until that one has been tried again. With
  // none before it, the broker has lost batches that it had acknowledged.
  if (isOutOfOrder && isNextInSequence(queue, batch)) beginEpoch(producer, queue);
  net.metadata.updateRequested = true;
  const waitMs = backoffMs(
    config['retry.backoff.ms'],
    config['retry.backoff.max.ms'],
    batch.attempts,
    net.random,
  );
  batch.attempts += 1;
  batch.retryAtUs = nowUs + Math.floor(waitMs * 1000);
  takeOut(queue.inFlight, queue.inFlight.indexOf(batch));
  queue.batches.splice(placeForRetry(queue, batch), 0, batch);
}

function isNextInSequence(queue: PartitionQueue, { baseSequence }: ProducerBatch): boolean {
  return numberedBatches(queue).every((other) => other.baseSequence >= baseSequence);
}

/** `bumpIdempotentProducerEpoch`: numbers what is not acknowledged anew, from 0 in a new epoch. */
function beginEpoch(producer: Producer, queue: PartitionQueue): void {
  producer.producerEpoch += 1;
  queue.producerEpoch = producer.producerEpoch;
  queue.nextSequence = 0;
  for (const batch of numberedBatches(queue).sort((a, b) => a.baseSequence - b.baseSequence)) {
    batch.baseSequence = queue.nextSequence;
    batch.producerEpoch = queue.producerEpoch;
    queue.nextSequence += batch.records.length;
  }
}

/** Those that were sent at least once and are not acknowledged. */
function numberedBatches({ inFlight, batches }: PartitionQueue): ProducerBatch[] {
  return [...inFlight, ...batches].filter(({ baseSequence }) => baseSequence >= 0);
}

/** The head of the queue, or behind batches with smaller sequence numbers. */
function placeForRetry(queue: PartitionQueue, batch: ProducerBatch): number {
  let index = 0;
  if (batch.baseSequence < 0) return index;
  for (const { baseSequence } of queue.batches) {
    if (baseSequence < 0 || baseSequence > batch.baseSequence) break;
    index += 1;
  }
  return index;
}

/** Every batch of a request that nobody answers. */
export function completeRequest(
  producer: Producer,
  request: ProduceRequest,
  done: Completion[],
): void {
  for (const { topic, partition } of request.batches) {
    const queue = queueAt(producer, topic, partition);
    const batch = queue && batchOf(queue, request.correlationId);
    assert(batch, 'a batch that was just sent is in flight');
    complete(producer, queue, batch, -1, done);
  }
}

function complete(
  producer: Producer,
  queue: PartitionQueue,
  batch: ProducerBatch,
  baseOffset: number,
  done: Completion[],
): void {
  takeOut(queue.inFlight, queue.inFlight.indexOf(batch));
  finish(producer, batch, baseOffset, null, '', done);
}

/** Gives a batch up. Its sequence numbers are missing now, so the next batches begin a new epoch. */
export function failBatch(
  producer: Producer,
  queue: PartitionQueue,
  batch: ProducerBatch,
  error: KafkaError,
  message: string,
  done: Completion[],
): void {
  for (const list of [queue.inFlight, queue.batches]) {
    const index = list.indexOf(batch);
    if (index >= 0) takeOut(list, index);
  }
  if (batch.baseSequence >= 0) {
    producer.producerEpoch += 1;
    for (const waiting of queue.batches) waiting.baseSequence = -1;
  }
  finish(producer, batch, -1, error, message, done);
}

function finish(
  producer: Producer,
  batch: ProducerBatch,
  baseOffset: number,
  error: KafkaError | null,
  message: string,
  done: Completion[],
): void {
  const { topic, partition, records } = batch;
  producer.unfinished -= records.length;
  assert(producer.unfinished >= 0, 'a record completes once');
  done.push({ topic, partition, baseOffset, error, message, records });
}

/** The batch that a request carries for this partition; a request carries at most one. */
function batchOf(queue: PartitionQueue, correlationId: number): ProducerBatch | undefined {
  return queue.inFlight.find((batch) => batch.correlationId === correlationId);
}

function queueAt(producer: Producer, topic: string, partition: number): PartitionQueue | undefined {
  return queuesOf(producer.topics, topic)?.queues.find((queue) => queue.partition === partition);
}
