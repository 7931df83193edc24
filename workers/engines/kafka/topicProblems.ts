/** Why a cluster does not make a topic (`ReplicationControlManager.createTopic`, 3.9), in its own words. */
import type { KafkaConfig, TopicConfig } from './config.ts';
import { collides, topicNameProblem } from './topicName.ts';
import { placeTopic } from './topicPlacement.ts';

/** @param existing the topics that are there already */
export function topicProblems(
  config: KafkaConfig,
  topic: TopicConfig,
  existing: readonly TopicConfig[],
): string[] {
  const name = topicNameProblem(topic.name);
  const other = existing.find((earlier) => collides(earlier.name, topic.name));
  const numbers = numberProblem(topic);
  const placement = numbers ?? placeTopic(config, topic);
  return [
    ...(name === null ? [] : [name]),
    ...(other ? [alreadyThere(topic.name, other.name)] : []),
    ...(typeof placement === 'string' ? [placement] : []),
  ];
}

function numberProblem({ partitions, replicationFactor, replicaAssignment }: TopicConfig) {
  if (replicaAssignment) return null;
  if (replicationFactor < 1) {
    return 'Replication factor must be larger than 0, or -1 to use the default value.';
  }
  return partitions < 1 ? 'Number of partitions was set to an invalid non-positive value.' : null;
}

function alreadyThere(name: string, other: string): string {
  return name === other
    ? `Topic '${name}' already exists.`
    : `Topic '${name}' collides with existing topic: ${other}`;
}
