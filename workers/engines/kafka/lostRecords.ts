/**
 * Which records an election gives up: those that only logs have which nobody reads from any more. A client
 * that was never told that they were written will send them again.
 */
import type { Environment } from '../../kernel/environment.ts';
import type { RecordId } from '../../trace/format.ts';
import { recordIdsIn } from '../../wire/recordLog.ts';
import { endOffset, type PartitionLog } from './log/partitionLog.ts';
import {
  type Broker,
  type ClusterPartition,
  type KafkaEvent,
  type KafkaState,
  type Replica,
  replicaOf,
} from './state.ts';

type Env = Environment<KafkaEvent>;

/** A leader was elected: what other replicas have and it has not is lost. */
export function bookLostRecords(state: KafkaState, at: ClusterPartition, env: Env): void {
  const { topic, partition, index } = at;
  const leader = state.controller.registrations[index]?.leader ?? -1;
  const logs = state.brokers.map((broker) => replicaOf(broker, topic, partition)?.log ?? null);
  const winner = logs[leader - 1];
  if (!winner) return;
  const kept = new Set(recordIdsOf(winner));
  const lost = new Set<number>();
  for (const log of logs) {
    if (!log || log === winner) continue;
    for (const record of recordIdsOf(log)) {
      if (record >= 0 && !kept.has(record)) lost.add(record);
    }
  }
  const cause = `broker ${leader} became leader without it`;
  for (const record of lost) env.lost(record, `${env.node}/${at.name}`, cause);
}

function recordIdsOf(log: PartitionLog): RecordId[] {
  return recordIdsIn({ log: log.records, from: 0, end: endOffset(log) });
}

/** From now on the partition is what its new leader has: in the trace, what differs leaves or comes back. */
export function traceNewLeader(
  state: KafkaState,
  { topic, partition, index, part, endGauge, highWatermarkGauge }: ClusterPartition,
  formerLeader: number,
  env: Env,
): void {
  const replicaAt = (id: number) => {
    const broker = state.brokers[id - 1];
    return broker ? replicaOf(broker, topic, partition) : null;
  };
  const leader = replicaAt(state.controller.registrations[index]?.leader ?? -1);
  if (!leader) return;
  const former = replicaAt(formerLeader);
  const [before, after] = [former ? recordIdsOf(former.log) : [], recordIdsOf(leader.log)];
  let common = 0;
  while (common < before.length && before[common] === after[common]) common += 1;
  for (const record of before.slice(common)) if (record >= 0) env.trace.leave(part, record);
  for (const record of after.slice(common)) if (record >= 0) env.trace.write(part, record);
  env.trace.gauge(endGauge, endOffset(leader.log));
  env.trace.gauge(highWatermarkGauge, leader.highWatermark);
}

/**
 * A leader that has been replaced without knowing it appends records that its successor never sees.
 *
 * @returns whether it has been
 */
export function bookIfReplaced(
  { controller }: KafkaState,
  { id }: Broker,
  { at, leaderEpoch }: Replica,
  records: readonly { readonly record: number }[],
  env: Env,
): boolean {
  const registration = controller.registrations[at.index];
  if (!registration || registration.leader < 0 || registration.leaderEpoch === leaderEpoch) {
    return false;
  }
  const cause = `broker ${id} took it as a leader that had been replaced`;
  for (const { record } of records) {
    if (record < 0) continue;
    env.lost(record, `${env.node}/${at.name}`, cause);
    env.trace.leave(at.part, record);
  }
  return true;
}
