/** What every part of a broker is given: the broker, the cluster around it, and the world. */
import type { Environment } from '../../../kernel/environment.ts';
import type { Broker, ClusterPartition, KafkaEvent, KafkaState } from '../state.ts';

export interface BrokerContext {
  readonly state: KafkaState;
  readonly broker: Broker;
  readonly env: Environment<KafkaEvent>;
}

const LINES_KEPT = 50;

/** Writes a line into the log of a partition, and into the trace. */
export function logLine(
  env: Environment<KafkaEvent>,
  partition: ClusterPartition,
  text: string,
): void {
  env.trace.mark(partition.part, text);
  partition.log.push(text);
  if (partition.log.length > LINES_KEPT) partition.log.shift();
}
