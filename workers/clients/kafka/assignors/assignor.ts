/** What the group's leader is given to decide who reads what, and in what order members come. */
import type { GroupMember, TopicPartition } from '../../../wire/kafka.ts';

/** Member id → its partitions. */
export type Assignment = Map<string, TopicPartition[]>;

/**
 * @param partitionCounts topic → number of partitions, for topics that exist
 * @param members in any order
 */
export type Assignor = (
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly GroupMember[],
) => Assignment;

export function emptyAssignment(members: readonly GroupMember[]): Assignment {
  return new Map(members.map(({ memberId }) => [memberId, []]));
}

/** Java's `compareTo` of strings, by UTF-16 code units: `c-10` comes before `c-2`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `AbstractPartitionAssignor.MemberInfo`: static members first by instance id, then the rest by member id. */
export function sortedMembers(members: readonly GroupMember[]): GroupMember[] {
  return [...members].sort((a, b) => {
    if (a.groupInstanceId !== null && b.groupInstanceId !== null) {
      return compareText(a.groupInstanceId, b.groupInstanceId);
    }
    if (a.groupInstanceId !== null) return -1;
    if (b.groupInstanceId !== null) return 1;
    return compareText(a.memberId, b.memberId);
  });
}

/** All partitions of the topics, by topic name, then number. */
export function allPartitions(
  topics: Iterable<string>,
  partitionCounts: ReadonlyMap<string, number>,
): TopicPartition[] {
  const sorted = [...new Set(topics)].sort(compareText);
  return sorted.flatMap((topic) =>
    Array.from({ length: partitionCounts.get(topic) ?? 0 }, (_, partition) => ({
      topic,
      partition,
    })),
  );
}

export function assigned(assignment: Assignment, memberId: string): TopicPartition[] {
  let partitions = assignment.get(memberId);
  if (!partitions) {
    partitions = [];
    assignment.set(memberId, partitions);
  }
  return partitions;
}
