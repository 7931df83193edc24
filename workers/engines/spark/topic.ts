/** The topic that a lane reads, as the rest of the scenario declares it. */
import { bootstrapServers } from '../../clients/kafka/bootstrapServers.ts';
import type { Part } from '../../trace/format.ts';
import type { SparkConfig } from './config.ts';
import type { SparkEnvironment } from './state.ts';

/** The partitions of the source topic, in order. */
export function topicPartitions(config: SparkConfig, env: SparkEnvironment): readonly Part[] {
  return env.graph.partitions(config.source.node, config.source.topic);
}

/** `bootstrap.servers`: the processes of the Kafka node that can lead a partition. */
export function brokersOf(config: SparkConfig, env: SparkEnvironment): readonly string[] {
  return bootstrapServers(env.graph.processes(config.source.node));
}
