/** A bench of a group's coordinator: members come, go and fall silent. */
import * as v from 'valibot';
import { benchOf } from '../../../kernel/bench.ts';
import type { JoinGroupResponse, SyncGroupResponse } from '../../../wire/kafka.ts';
import {
  answerHeartbeat,
  onJoinGroup,
  onJoiningEnds,
  onLeaveGroup,
  onMemberSessionEnds,
  onSyncGroup,
} from '../groups/coordinator.ts';
import type { KafkaEvent } from '../state.ts';
import { createLoneBroker, type LoneBroker } from './loneBroker.ts';
import { natural } from './schemas.ts';

const GROUP = 'g';
/** The process that the answers go to; nobody is there. */
const FROM = 0;

const timed = { atMs: v.optional(natural) };
const member = v.string();
const step = v.variant('call', [
  v.strictObject({
    call: v.literal('join'),
    member,
    protocols: v.pipe(v.array(v.string()), v.minLength(1)),
    'session.timeout.ms': v.optional(natural, 45_000),
    'max.poll.interval.ms': v.optional(natural, 300_000),
    ...timed,
  }),
  v.strictObject({
    call: v.literal('sync'),
    member,
    assignments: v.optional(v.record(v.string(), v.array(natural)), {}),
    ...timed,
  }),
  v.strictObject({ call: v.literal('heartbeat'), member, ...timed }),
  v.strictObject({ call: v.literal('leave'), member, ...timed }),
  v.strictObject({ call: v.literal('wait'), ...timed }),
]);
type Step = v.InferOutput<typeof step>;

interface GroupBench {
  readonly lone: LoneBroker;
  /** Name in the script → the id that the coordinator gave out. */
  readonly ids: Map<string, string>;
  readonly generations: Map<string, number>;
}

export const groupOfConsumers = benchOf({
  component: 'kafka/group-coordinator',
  meaning:
    'The coordinator of one group of the classic protocol. Configuration: group.initial.rebalance.delay.ms. Steps, at atMs: join (member, protocols, session.timeout.ms, max.poll.interval.ms), sync (member; of the leader with assignments), heartbeat, leave, wait. Answers: the group’s state and generation, and who was told what.',
  config: v.strictObject({
    'group.initial.rebalance.delay.ms': v.optional(v.pipe(natural, v.maxValue(600_000)), 3_000),
  }),
  step,
  create: (config): GroupBench => ({
    lone: createLoneBroker(config),
    ids: new Map(),
    generations: new Map(),
  }),
  play(bench, input) {
    const { lone } = bench;
    lone.heard.length = 0;
    if (input.atMs !== undefined)
      lone.moveTo(input.atMs, (event) => {
        ring(lone, event);
      });
    const said = act(bench, input);
    const group = lone.context.broker.groups.get(GROUP);
    return {
      state: group?.phase ?? 'Empty',
      generation: group?.generation ?? 0,
      told: [...said, ...told(bench)],
    };
  },
});

function ring({ context }: LoneBroker, event: KafkaEvent): void {
  if (event.type === 'joining ends') onJoiningEnds(context, event.group, event.round);
  else if (event.type === 'member session ends') {
    onMemberSessionEnds(context, event.group, event.member, event.contactUs);
  }
}

function act(bench: GroupBench, input: Step): unknown[] {
  if (input.call === 'wait') return [];
  const { context } = bench.lone;
  const clientId = input.member;
  const memberId = bench.ids.get(clientId) ?? '';
  const generation = bench.generations.get(clientId) ?? -1;
  const common = { clientId, correlationId: 0, groupId: GROUP, memberId };
  if (input.call === 'heartbeat') {
    const error = answerHeartbeat(context, { type: 'kafka.heartbeat', ...common, generation });
    return [[clientId, 'heartbeat', error ?? 'NONE']];
  }
  if (input.call === 'leave') onLeaveGroup(context, { type: 'kafka.leave-group', ...common });
  else if (input.call === 'sync') {
    const assignments = Object.entries(input.assignments).map(([name, partitions]) => ({
      memberId: bench.ids.get(name) ?? '',
      partitions: partitions.map((partition) => ({ topic: 't', partition })),
    }));
    onSyncGroup(context, FROM, { type: 'kafka.sync-group', ...common, generation, assignments });
  } else join(bench, input, memberId);
  return [];
}

/** A new member is given an id first, and comes back with it at once. */
function join(bench: GroupBench, input: Extract<Step, { call: 'join' }>, memberId: string): void {
  const { lone, ids } = bench;
  const subscription = { topics: ['t'], ownedPartitions: [], generation: -1 };
  const request = {
    type: 'kafka.join-group',
    clientId: input.member,
    correlationId: 0,
    groupId: GROUP,
    memberId,
    groupInstanceId: null,
    sessionTimeoutMs: input['session.timeout.ms'],
    rebalanceTimeoutMs: input['max.poll.interval.ms'],
    protocols: input.protocols.map((name) => ({ name, subscription })),
  } as const;
  onJoinGroup(lone.context, FROM, request);
  const [answer] = lone.heard.slice(-1);
  if (answer?.type !== 'kafka.join-group-response' || answer.error !== 'MEMBER_ID_REQUIRED') return;
  lone.heard.pop();
  ids.set(input.member, answer.memberId);
  onJoinGroup(lone.context, FROM, { ...request, memberId: answer.memberId });
}

/** Who was told what: first those that joined, then those that got their partitions, each by name. */
function told({ lone, ids, generations }: GroupBench): unknown[] {
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  const byName = (a: { clientId: string }, b: { clientId: string }) =>
    a.clientId < b.clientId ? -1 : 1;
  const joined = lone.heard.filter(
    (message): message is JoinGroupResponse => message.type === 'kafka.join-group-response',
  );
  const synced = lone.heard.filter(
    (message): message is SyncGroupResponse => message.type === 'kafka.sync-group-response',
  );
  return [
    ...joined.toSorted(byName).map(({ clientId, error, generation, protocol, leader, members }) => {
      if (error !== null) return [clientId, 'join refused', error];
      generations.set(clientId, generation);
      const all = members.map(({ memberId }) => names.get(memberId) ?? '').sort();
      return [
        clientId,
        'joined',
        { generation, protocol, leader: names.get(leader) ?? '', members: all },
      ];
    }),
    ...synced
      .toSorted(byName)
      .map(({ clientId, error, partitions }) =>
        error === null
          ? [clientId, 'assigned', JSON.stringify(partitions.map(({ partition }) => partition))]
          : [clientId, 'sync refused', error],
      ),
  ];
}
