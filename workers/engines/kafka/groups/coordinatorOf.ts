/**
 * Which broker keeps a consumer group: the leader of the partition of `__consumer_offsets` that the
 * group's name hashes to.
 *
 * Simplified: that topic's log is not modelled. Its partition p lies on broker 1 + p mod n and, while
 * that one is away, on the next one that is alive; what was committed moves along at once.
 */
import { stringHash } from '../../../jvm/stringHash.ts';

/** `offsets.topic.num.partitions`. */
const OFFSETS_PARTITIONS = 50;

/** `Utils.abs(groupId.hashCode()) % 50`, where the absolute value of the smallest integer is 0. */
export function offsetsPartitionOf(groupId: string): number {
  const hash = stringHash(groupId);
  return (hash === -2_147_483_648 ? 0 : Math.abs(hash)) % OFFSETS_PARTITIONS;
}

/** Broker id of the coordinator, −1 while nobody is alive. */
export function coordinatorOf(groupId: string, brokers: number, alive: readonly number[]): number {
  const first = offsetsPartitionOf(groupId) % brokers;
  for (let i = 0; i < brokers; i++) {
    const id = ((first + i) % brokers) + 1;
    if (alive.includes(id)) return id;
  }
  return -1;
}
