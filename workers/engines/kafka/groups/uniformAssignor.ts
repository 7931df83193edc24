/**
 * How the broker deals partitions out in the new consumer protocol (`UniformHomogeneousAssignmentBuilder`, 3.9, where
 * all members subscribe to the same topics): everybody keeps what it has up to its share, and what is left is dealt out
 * so that one member is filled before the next.
 *
 * A component of its own: the groups of the engine speak the classic protocol. Left out: different subscriptions.
 */
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import type { TopicPartition } from '../../../wire/kafka.ts';

/** @param owned by member; the partitions that it has now, in the order in which it would keep them */
export function assignUniform(
  partitionCounts: ReadonlyMap<string, number>,
  owned: ReadonlyMap<string, readonly TopicPartition[]>,
): Map<string, TopicPartition[]> {
  const taken = new Set([...owned.values()].flat().map(nameOf));
  const free = [...partitionCounts]
    .flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, partition) => ({ topic, partition })),
    )
    .filter((partition) => !taken.has(nameOf(partition)));
  const total = [...partitionCounts.values()].reduce((sum, count) => sum + count, 0);
  const share = Math.floor(total / owned.size);
  let extra = total % owned.size;
  const assignment = new Map<string, TopicPartition[]>();
  const room = new Map<string, number>();
  for (const member of hashMapOrder(owned.keys())) {
    const quota = share + (extra > 0 ? 1 : 0);
    extra -= 1;
    const had = (owned.get(member) ?? []).filter(({ topic }) => partitionCounts.has(topic));
    assignment.set(member, had.slice(0, quota));
    free.push(...had.slice(quota));
    if (had.length < quota) room.set(member, quota - had.length);
  }
  for (const [member, places] of room) {
    assignment.get(member)?.push(...free.splice(0, places));
  }
  return assignment;
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
