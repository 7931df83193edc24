/**
 * The processes of a Kafka node that a client may be pointed at: its brokers. A KRaft controller answers brokers, not
 * clients.
 * @param processes full names: `kafka/controller`, `kafka/broker-1`
 */
export function bootstrapServers(processes: readonly string[]): string[] {
  return processes.filter((name) => name.includes('/broker-'));
}
