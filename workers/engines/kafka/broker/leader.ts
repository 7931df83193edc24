/**
 * What a leader decides for its partition (`Partition`, 3.9): how far it is committed, and whom it asks
 * the controller to take into or out of the in-sync replicas.
 */
import { noteEpoch } from '../log/leaderEpochs.ts';
import { endOffset } from '../log/partitionLog.ts';
import {
  createProgress,
  mayJoinIsr,
  nextHighWatermark,
  noteFetch,
  shrunkIsr,
} from '../replication/isr.ts';
import { isLeader, type KafkaState, type Replica, replicasOf } from '../state.ts';
import { type BrokerContext, logLine } from './context.ts';
import { answerWaitingFetches } from './fetch.ts';
import { answerWaitingProduces } from './produce.ts';

/** `min.insync.replicas`, but never more than there are replicas. */
export function effectiveMinIsr({ config }: KafkaState, { at }: Replica): number {
  return Math.min(config['min.insync.replicas'], at.replicas.length);
}

export function becomeLeader(context: BrokerContext, replica: Replica, leaderEpoch: number): void {
  const { broker, env, state } = context;
  const end = endOffset(replica.log);
  replica.leaderEpoch = leaderEpoch;
  replica.epochStartOffset = end;
  noteEpoch(replica.log.epochs, leaderEpoch, end);
  replica.followers.clear();
  for (const id of replica.at.replicas) {
    if (id === broker.id) continue;
    replica.followers.set(id, createProgress(id, replica.isr.includes(id), env.nowUs));
  }
  logLine(
    state,
    replica.at,
    env,
    `Leader ${replica.at.name} starts at leader epoch ${leaderEpoch} from offset ${end} with partition epoch ${replica.partitionEpoch}, high watermark ${replica.highWatermark}, ISR [${replica.isr.join(',')}]`,
  );
}

/** Moves the high watermark if the in-sync replicas allow it. Returns whether it moved. */
export function advanceHighWatermark(
  { broker, env, state }: BrokerContext,
  replica: Replica,
): boolean {
  if (!isLeader(broker, replica)) return false;
  const next = nextHighWatermark(
    replica.highWatermark,
    endOffset(replica.log),
    replica.followers,
    replica.isr,
    replica.pendingIsr === null ? replica.isr : [...replica.isr, ...replica.pendingIsr],
    broker.cluster?.alive ?? [],
    effectiveMinIsr(state, replica),
    env.nowUs,
    state.config['replica.lag.time.max.ms'] * 1000,
  );
  if (next === replica.highWatermark) return false;
  replica.highWatermark = next;
  env.trace.gauge(replica.at.highWatermarkGauge, next);
  return true;
}

/** A follower asked for `offset`, so it has everything before. */
export function onFollowerFetch(
  context: BrokerContext,
  replica: Replica,
  follower: number,
  offset: number,
): void {
  const { broker, env } = context;
  const progress = replica.followers.get(follower);
  if (!progress) return;
  noteFetch(progress, offset, endOffset(replica.log), env.nowUs);
  const mayJoin =
    !replica.isr.includes(follower) &&
    replica.pendingIsr === null &&
    broker.cluster?.alive.includes(follower) === true &&
    mayJoinIsr(progress, replica.highWatermark, replica.epochStartOffset);
  if (mayJoin) askForIsr(context, replica, [...replica.isr, follower]);
  if (advanceHighWatermark(context, replica)) {
    answerWaitingProduces(context);
    answerWaitingFetches(context);
  }
}

/** Every half `replica.lag.time.max.ms`: whoever has not caught up in time goes. */
export function checkInSyncReplicas(context: BrokerContext): void {
  const { broker, env, state } = context;
  const lagMaxUs = state.config['replica.lag.time.max.ms'] * 1000;
  for (const replica of replicasOf(broker)) {
    if (!isLeader(broker, replica) || replica.pendingIsr !== null) continue;
    const end = endOffset(replica.log);
    const isr = shrunkIsr(replica.isr, replica.followers, end, env.nowUs, lagMaxUs);
    if (isr.length === replica.isr.length) continue;
    const out = replica.isr.filter((id) => !isr.includes(id));
    logLine(
      state,
      replica.at,
      env,
      `Shrinking ISR from ${replica.isr.join(',')} to ${isr.join(',')}. Leader: (highWatermark: ${replica.highWatermark}, endOffset: ${end}). Out of sync replicas: ${out.map((id) => `(brokerId: ${id}, endOffset: ${replica.followers.get(id)?.endOffset ?? -1})`).join(' ')}.`,
    );
    askForIsr(context, replica, isr);
  }
}

/** Asks the controller for other in-sync replicas; they count as such only once it agrees. */
export function askForIsr(
  { broker, env, state }: BrokerContext,
  replica: Replica,
  isr: readonly number[],
): void {
  const { topic, partition } = replica.at;
  const { leaderEpoch, partitionEpoch } = replica;
  replica.pendingIsr = isr;
  env.send(broker.process, state.controller.process, {
    type: 'kafka.alter-partition',
    broker: broker.id,
    topic,
    partition,
    leaderEpoch,
    partitionEpoch,
    isr,
  });
}

/** Asks again for what has not been answered: the question, or its answer, may have got lost. */
export function repeatIsrRequests(context: BrokerContext): void {
  for (const replica of replicasOf(context.broker)) {
    if (replica.pendingIsr !== null) askForIsr(context, replica, replica.pendingIsr);
  }
}
