/**
 * Which records an election gave up: those that only logs have which nobody reads any more. A client that
 * was never told that they were written will send them again.
 */
import type { Environment } from '../../kernel/environment.ts';
import { endOffset } from './log/partitionLog.ts';
import type { ClusterPartition, KafkaEvent, KafkaState } from './state.ts';

/** Books as lost what replicas hold beyond the end of the newly elected leader. */
export function bookLostRecords(
  { brokers }: KafkaState,
  { topic, partition, name }: ClusterPartition,
  leader: number,
  env: Environment<KafkaEvent>,
): void {
  const logs = brokers.map(({ replicas }) => replicas.get(topic)?.[partition]?.log ?? null);
  const winner = logs[leader - 1];
  if (!winner) return;
  const kept = new Set(
    winner.records.items.slice(0, endOffset(winner)).map(({ record }) => record),
  );
  for (const log of logs) {
    if (!log || log === winner) continue;
    for (let offset = 0; offset < endOffset(log); offset++) {
      const record = log.records.items[offset]?.record ?? -1;
      if (record < 0 || kept.has(record)) continue;
      env.lost(
        record,
        `${env.node}/${name}`,
        `the log of the new leader, broker ${leader}, ends before it`,
      );
    }
  }
}
