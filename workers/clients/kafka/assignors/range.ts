/**
 * `RangeAssignor` (3.9, without racks): each topic for itself is cut into consecutive ranges, the first
 * members getting one partition more. Topic by topic the same members are favoured, so with many small
 * topics one member ends up with everything.
 */
import {
  type Assignment,
  type Assignor,
  assigned,
  compareText,
  emptyAssignment,
  sortedMembers,
} from './assignor.ts';

export const assignRange: Assignor = (partitionCounts, members): Assignment => {
  const assignment = emptyAssignment(members);
  for (const topic of [...partitionCounts.keys()].sort(compareText)) {
    const count = partitionCounts.get(topic) ?? 0;
    const readers = sortedMembers(
      members.filter(({ subscription }) => subscription.topics.includes(topic)),
    );
    const each = Math.floor(count / readers.length);
    const withOneMore = count % readers.length;
    let partition = 0;
    readers.forEach(({ memberId }, index) => {
      const end = partition + each + (index < withOneMore ? 1 : 0);
      for (; partition < end; partition++)
        assigned(assignment, memberId).push({ topic, partition });
    });
  }
  return assignment;
};
