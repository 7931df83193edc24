/** What is drawn and measured of a cluster: each partition as a strip of offsets. */
import type { Anatomy } from '../../kernel/engine.ts';
import type { Gauge, Part } from '../../trace/format.ts';
import type { KafkaConfig } from './config.ts';
import { changedDefaults } from './settings.ts';
import { brokerIds, placePartitions } from './topicPlacement.ts';

export function brokerProcess(broker: number): string {
  return `broker-${broker}`;
}

export function kafkaProcesses(config: KafkaConfig): string[] {
  return [...brokerIds(config).map(brokerProcess), 'controller'];
}

export function kafkaAnatomy(config: KafkaConfig): Anatomy {
  const partitions = placePartitions(config);
  const changed = changedDefaults(config);
  const parts = partitions.map(({ topic, partition, replicas }): Part => ({
    id: `${config.id}/${topic}-${partition}`,
    node: config.id,
    process: `${config.id}/${brokerProcess(replicas[0] ?? 1)}`,
    glyph: 'partition',
    label: `${topic}-${partition}`,
    detail: `replicas ${replicas.join(',')}`,
    holds: 'log',
    capacity: null,
    changedDefaults: changed,
  }));
  const gauges = parts.flatMap(({ id }, index): Gauge[] => [
    { id: `${id}:end`, part: id, label: 'log end offset', unit: 'offset' },
    { id: `${id}:hw`, part: id, label: 'high watermark', unit: 'offset' },
    ...leaderGauge(id, partitions[index]?.replicas ?? []),
  ]);
  return { parts, gauges, series: [] };
}

/** A broker's id, −1 for none; only where there is somebody to take over. */
function leaderGauge(part: string, replicas: readonly number[]): Gauge[] {
  if (replicas.length < 2) return [];
  return [{ id: `${part}:leader`, part, label: 'leader', unit: 'count' }];
}
