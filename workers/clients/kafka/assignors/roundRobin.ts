/**
 * `RoundRobinAssignor` (3.9): all partitions of all topics are dealt to all members in turn; who is not
 * subscribed to a topic is passed over. Even, but a member that comes or goes moves almost everything.
 */
import {
  allPartitions,
  type Assignment,
  type Assignor,
  assigned,
  emptyAssignment,
  sortedMembers,
} from './assignor.ts';

export const assignRoundRobin: Assignor = (partitionCounts, members): Assignment => {
  const assignment = emptyAssignment(members);
  const ring = sortedMembers(members);
  const topics = members.flatMap(({ subscription }) => subscription.topics);
  let turn = 0;
  for (const partition of allPartitions(topics, partitionCounts)) {
    for (;;) {
      const member = ring[turn % ring.length];
      turn += 1;
      if (!member?.subscription.topics.includes(partition.topic)) continue;
      assigned(assignment, member.memberId).push(partition);
      break;
    }
  }
  return assignment;
};
