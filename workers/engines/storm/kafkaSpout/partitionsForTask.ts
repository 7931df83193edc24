/**
 * `RoundRobinManualPartitioner` (storm-kafka-client 2.8.8): the spout tasks share the partitions
 * among themselves, by position, without Kafka's group protocol.
 */

/** @returns of `partitions` (sorted) those of the spout's task number `taskIndex` of `tasks` */
export function partitionsForTask(
  partitions: readonly number[],
  taskIndex: number,
  tasks: number,
): number[] {
  return partitions.filter((_, position) => position % tasks === taskIndex);
}
