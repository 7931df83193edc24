/**
 * Writing: a produce request at a partition's leader (`ReplicaManager.appendRecords`, 3.9). What success
 * means is up to `acks`: sent (0), in the leader's log (1), or fetched by every replica that is in sync
 * (all). In the leader's log means in memory; Kafka does not wait for the disk.
 *
 * Left out: quotas, `max.message.bytes`, conversion of old formats, compression.
 */
import type {
  PartitionProduced,
  ProducedBatch,
  ProduceRequest,
  ProduceResponse,
} from '../../../wire/kafka.ts';
import type { KafkaError } from '../../../wire/kafkaError.ts';
import { appendBatch, endOffset } from '../log/partitionLog.ts';
import { judgeSequence } from '../log/producerState.ts';
import { bookIfReplaced } from '../lostRecords.ts';
import { isLeader, replicaOf, type WaitingProduce } from '../state.ts';
import type { BrokerContext } from './context.ts';
import { answerWaitingFetches } from './fetch.ts';
import { advanceHighWatermark, effectiveMinIsr } from './leader.ts';

/** Takes the request in when the handler is free; appending costs time, reading does not. */
export function queueProduce(
  { broker, env }: BrokerContext,
  from: number,
  request: ProduceRequest,
): void {
  const costUs = env.costs.kafkaAppendUs * request.batches.length * env.slowness(broker.process);
  broker.busyUntilUs = Math.max(broker.busyUntilUs, env.nowUs) + Math.floor(costUs);
  env.at(broker.process, broker.busyUntilUs, { type: 'request handled', from, request });
}

export function handleProduce(context: BrokerContext, from: number, request: ProduceRequest): void {
  const { broker, env } = context;
  const results = request.batches.map((batch) => append(context, batch, request.acks));
  answerWaitingFetches(context);
  if (request.acks === 0) {
    if (results.some(({ error }) => error !== null))
      closeConnection(context, from, request, results);
    return;
  }
  if (request.acks === 1) {
    answer(context, from, request, results);
    return;
  }
  const waiting: WaitingProduce = { from, request, results };
  if (answerIfReplicated(context, waiting)) return;
  broker.nextWaitId += 1;
  broker.waitingProduces.set(broker.nextWaitId, waiting);
  env.after(broker.process, request.timeoutMs * 1000, {
    type: 'produce waited long enough',
    id: broker.nextWaitId,
  });
}

/** With acks=0 nobody waits for an error: closing the connection makes the client ask who leads now. */
function closeConnection(
  { broker, env }: BrokerContext,
  from: number,
  request: ProduceRequest,
  results: readonly PartitionProduced[],
): void {
  request.batches.forEach(({ topic, partition, records }, index) => {
    const error = results[index]?.error ?? null;
    if (error === null) return;
    const cause = `${error} from broker ${broker.id}, and acks=0 asks for no answer`;
    for (const { record } of records) {
      if (record >= 0) env.lost(record, `${env.node}/${topic}-${partition}`, cause);
    }
  });
  const undelivered = { ...request, batches: [] };
  env.send(broker.process, from, { type: 'connection-reset', undelivered });
}

function append(context: BrokerContext, batch: ProducedBatch, acks: number): PartitionProduced {
  const { broker, env, state } = context;
  const { topic, partition } = batch;
  const replica = replicaOf(broker, topic, partition);
  if (!replica) return refused(context, batch, errorWithoutReplica(context, topic, partition));
  if (!isLeader(broker, replica)) return refused(context, batch, 'NOT_LEADER_OR_FOLLOWER');
  if (acks === -1 && replica.isr.length < effectiveMinIsr(state, replica)) {
    return refused(context, batch, 'NOT_ENOUGH_REPLICAS');
  }
  const { log, at } = replica;
  const count = batch.records.length;
  if (batch.producerId >= 0) {
    const { producerId, producerEpoch, baseSequence } = batch;
    const verdict = judgeSequence(log.producers.get(producerId), {
      producerId,
      producerEpoch,
      baseSequence,
      records: count,
    });
    if (verdict.kind === 'refuse') return refused(context, batch, verdict.error);
    if (verdict.kind === 'duplicate') {
      const { baseOffset } = verdict;
      turnAway(context, batch);
      return { topic, partition, error: null, baseOffset, endOffset: baseOffset + count };
    }
  }
  const baseOffset = appendBatch(log, batch, replica.leaderEpoch);
  const isReplaced = bookIfReplaced(state, broker, replica, batch.records, env);
  if (!isReplaced) env.trace.gauge(at.endGauge, endOffset(log));
  advanceHighWatermark(context, replica);
  return { topic, partition, error: null, baseOffset, endOffset: baseOffset + count };
}

function refused(
  context: BrokerContext,
  batch: ProducedBatch,
  error: KafkaError,
): PartitionProduced {
  turnAway(context, batch);
  const { topic, partition } = batch;
  return { topic, partition, error, baseOffset: -1, endOffset: -1 };
}

/** The records came, and are not written. */
function turnAway({ env, state }: BrokerContext, batch: ProducedBatch): void {
  const at = state.partitions.find(
    ({ topic, partition }) => topic === batch.topic && partition === batch.partition,
  );
  if (!at) return;
  for (const { record } of batch.records) if (record >= 0) env.trace.leave(at.part, record);
}

/** A partition that exists is somewhere else; one that does not exist is nowhere. */
export function errorWithoutReplica(
  { state }: BrokerContext,
  topic: string,
  partition: number,
): KafkaError {
  const exists = state.partitions.some((at) => at.topic === topic && at.partition === partition);
  return exists ? 'NOT_LEADER_OR_FOLLOWER' : 'UNKNOWN_TOPIC_OR_PARTITION';
}

/** Answers those of the held-back requests that are replicated now, or never will be from here. */
export function answerWaitingProduces(context: BrokerContext): void {
  for (const [id, waiting] of context.broker.waitingProduces) {
    if (answerIfReplicated(context, waiting)) context.broker.waitingProduces.delete(id);
  }
}

function answerIfReplicated(context: BrokerContext, waiting: WaitingProduce): boolean {
  const results = waiting.results.map((result) => judgeReplication(context, result));
  if (results.some((result) => result === null)) return false;
  answer(
    context,
    waiting.from,
    waiting.request,
    results.filter((result) => result !== null),
  );
  return true;
}

/** What can be said about a partition of a waiting request; null while it has to wait. */
function judgeReplication(
  { broker, state }: BrokerContext,
  result: PartitionProduced,
): PartitionProduced | null {
  if (result.error !== null) return result;
  const replica = replicaOf(broker, result.topic, result.partition);
  if (!replica || !isLeader(broker, replica)) {
    return { ...result, error: 'NOT_LEADER_OR_FOLLOWER', baseOffset: -1 };
  }
  if (replica.highWatermark < result.endOffset) return null;
  return replica.isr.length < effectiveMinIsr(state, replica)
    ? { ...result, error: 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', baseOffset: -1 }
    : result;
}

/** The request's own timeout is over: the records stay in the log, but nobody vouches for them. */
export function giveUpProduce(context: BrokerContext, id: number): void {
  const waiting = context.broker.waitingProduces.get(id);
  if (!waiting) return;
  context.broker.waitingProduces.delete(id);
  const results = waiting.results.map(
    (result): PartitionProduced =>
      judgeReplication(context, result) ?? {
        ...result,
        error: 'REQUEST_TIMED_OUT',
        baseOffset: -1,
      },
  );
  answer(context, waiting.from, waiting.request, results);
}

function answer(
  { broker, env }: BrokerContext,
  from: number,
  { clientId, correlationId }: ProduceRequest,
  partitions: readonly PartitionProduced[],
): void {
  const response: ProduceResponse = {
    type: 'kafka.produce-response',
    clientId,
    correlationId,
    partitions,
  };
  env.send(broker.process, from, response);
}
