/** Benches of consumer groups: who reads what, and where a group is kept. */
import * as v from 'valibot';
import { assignors } from '../../../clients/kafka/assignors/index.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { topicName } from '../../../scenario/common.ts';
import { offsetsPartitionOf } from '../groups/coordinatorOf.ts';
import { assignUniform } from '../groups/uniformAssignor.ts';
import { natural, offset, partition } from './schemas.ts';

export const assignor = benchOf({
  component: 'kafka/assignor',
  meaning:
    'A client-side assignor. Configuration: assignor, and topics as [topic, partitions]. Each step is the list of the members: id, topics, and for the sticky ones what they own, as [topic, partition], and since which generation. The answer: each member’s partitions.',
  config: v.strictObject({
    assignor: v.picklist(['range', 'roundrobin', 'sticky', 'cooperative-sticky']),
    topics: v.array(v.tuple([topicName, natural])),
  }),
  step: v.pipe(
    v.array(
      v.strictObject({
        id: v.string(),
        instance: v.optional(v.nullable(v.string()), null),
        topics: v.array(topicName),
        owns: v.optional(v.array(partition), []),
        generation: v.optional(offset, -1),
      }),
    ),
    v.minLength(1),
  ),
  create: ({ topics }) => new Map(topics),
  play(counts, members, config) {
    const assignment = assignors[config.assignor](
      counts,
      members.map(({ id, instance, topics, owns, generation }) => ({
        memberId: id,
        groupInstanceId: instance,
        subscription: {
          topics,
          generation,
          ownedPartitions: owns.map(([topic, number]) => ({ topic, partition: number })),
        },
      })),
    );
    return [...assignment].map(([member, list]) => [
      member,
      list.map((owned) => [owned.topic, owned.partition]),
    ]);
  },
});

export const serverAssignor = benchOf({
  component: 'kafka/server-assignor',
  meaning:
    'An assignor of the broker, for the new consumer protocol. Configuration: assignor (uniform or range), and topics as [topic, partitions]. Each step is the list of the members: id, and what they own, as [topic, partition]; all subscribe to all topics. The answer: each member’s partitions.',
  config: v.strictObject({
    assignor: v.picklist(['uniform', 'range']),
    topics: v.array(v.tuple([topicName, natural])),
  }),
  step: v.pipe(
    v.array(v.strictObject({ id: v.string(), owns: v.optional(v.array(partition), []) })),
    v.minLength(1),
  ),
  create: ({ topics }) => new Map(topics),
  play(counts, members, { assignor: name, topics }) {
    const order = topics.map(([topic]) => topic);
    const assignment =
      name === 'uniform'
        ? assignUniform(counts, new Map(members.map(({ id, owns }) => [id, owns.map(named)])))
        : assignors.range(
            counts,
            members.map(({ id }) => ({
              memberId: id,
              groupInstanceId: null,
              subscription: { topics: order, generation: -1, ownedPartitions: [] },
            })),
          );
    return members.map(({ id }) => [
      id,
      (assignment.get(id) ?? [])
        .toSorted(
          (a, b) => order.indexOf(a.topic) - order.indexOf(b.topic) || a.partition - b.partition,
        )
        .map((owned) => [owned.topic, owned.partition]),
    ]);
  },
});

function named([topic, number]: readonly [string, number]) {
  return { topic, partition: number };
}

export const groupCoordinator = benchOf({
  component: 'kafka/offsets-partition',
  meaning:
    'Which partition of __consumer_offsets keeps a group; its leader is the coordinator. Each step is a group.id.',
  config: v.strictObject({}),
  step: v.string(),
  create: () => null,
  play: (_, groupId) => offsetsPartitionOf(groupId),
});
