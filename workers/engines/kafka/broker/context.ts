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
  { logs }: KafkaState,
  { index, part }: ClusterPartition,
  env: Environment<KafkaEvent>,
  text: string,
): void {
  env.trace.mark(part, text);
  const lines = logs[index];
  lines?.push(text);
  if (lines && lines.length > LINES_KEPT) lines.shift();
}
