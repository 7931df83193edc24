/** What the inspector shows of a partition. */
import { present } from '../../kernel/assert.ts';
import type { PartTable, PartView } from '../../kernel/engine.ts';
import type { Environment } from '../../kernel/environment.ts';
import { recordsIn } from '../../wire/recordLog.ts';
import { endOffset, type PartitionLog } from './log/partitionLog.ts';
import { brokerDefaults, brokerSettings } from './settings.ts';
import {
  type ClusterPartition,
  type KafkaEvent,
  type KafkaState,
  type Replica,
  replicaOf,
} from './state.ts';

const RECORDS_SHOWN = 20;

export function viewPartition(
  state: Readonly<KafkaState>,
  part: string,
  env: Environment<KafkaEvent>,
): PartView {
  const index = state.partitions.findIndex(({ name }) => `${env.node}/${name}` === part);
  const at = present(state.partitions[index], `the partition ${part}`);
  const registration = present(state.controller.registrations[index], 'its registration');
  const { leader } = registration;
  const leading = replicaAt(state, at, leader);
  const log = leading?.log;
  return {
    title: at.name,
    facts: [
      ['Leader', leader < 0 ? 'none' : String(leader)],
      ['Leader epoch', String(registration.leaderEpoch)],
      ['Replicas', registration.replicas.join(',')],
      ['Isr', registration.isr.join(',')],
      ['Log start offset', '0'],
      ['Log end offset', log ? String(endOffset(log)) : 'unknown'],
      ['High watermark', leading ? String(leading.highWatermark) : 'unknown'],
    ],
    settings: brokerSettings.map((key) => {
      const value = String(state.config[key]);
      const fallback = String(brokerDefaults[key]);
      return value === fallback ? { key, value } : { key, value, fallback };
    }),
    tables: [replicaTable(state, at), groupTable(state, at), ...(log ? [recordTable(log)] : [])],
    log: state.logs[index] ?? [],
  };
}

function replicaAt(
  { brokers }: Readonly<KafkaState>,
  { topic, partition }: ClusterPartition,
  id: number,
): Replica | null {
  const broker = brokers[id - 1];
  return broker ? replicaOf(broker, topic, partition) : null;
}

function replicaTable(state: Readonly<KafkaState>, at: ClusterPartition): PartTable {
  return {
    title: 'Replicas',
    columns: ['broker', 'role', 'log end offset', 'high watermark'],
    rows: at.replicas.flatMap((id) => {
      const replica = replicaAt(state, at, id);
      if (!replica) return [];
      const role = replica.leader === id ? 'leader' : replica.leader < 0 ? 'offline' : 'follower';
      return [[String(id), role, String(endOffset(replica.log)), String(replica.highWatermark)]];
    }),
  };
}

function groupTable(state: Readonly<KafkaState>, at: ClusterPartition): PartTable {
  const rows: string[][] = [];
  for (const [group, offsets] of state.committedOffsets) {
    const committed = offsets.get(at.name);
    if (committed !== undefined) rows.push([group, String(committed.offset)]);
  }
  return { title: 'Committed offsets', columns: ['GROUP', 'CURRENT-OFFSET'], rows };
}

function recordTable(log: PartitionLog): PartTable {
  const end = endOffset(log);
  const newest = { log: log.records, from: Math.max(0, end - RECORDS_SHOWN), end };
  return {
    title: 'Newest records',
    columns: ['offset', 'leader epoch', 'CreateTime', 'key', 'value'],
    rows: recordsIn(newest).map(({ offset, leaderEpoch, timestampMs, key, value }) => [
      String(offset),
      String(leaderEpoch),
      String(timestampMs),
      key ?? 'null',
      value ?? 'null',
    ]),
  };
}
