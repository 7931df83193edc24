/**
 * A consumer group at its coordinator (`GroupCoordinator` and `GroupMetadata`, classic protocol of 3.9),
 * as data and pure decisions.
 */
import type { ProcessId } from '../../../kernel/environment.ts';
import type {
  GroupMember,
  JoinGroupRequest,
  SyncGroupRequest,
  TopicPartition,
} from '../../../wire/kafka.ts';

export type GroupPhase = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable';

export interface Group {
  readonly id: string;
  phase: GroupPhase;
  generation: number;
  /** The assignor that the members voted for. */
  protocol: string;
  /** Member id of the member that assigns, empty for none. */
  leader: string;
  /** In the order in which they joined. */
  readonly members: Map<string, Member>;
  /** Member ids given out to clients that have not come back with them yet. */
  readonly pending: Set<string>;
  nextMember: number;
  /** Grows with every rebalance, so that an old round's end is not taken for this one's. */
  round: number;
  /** In the first rebalance of an empty group: until when newcomers may still prolong the wait. */
  initialUntilUs: number;
  /** Somebody joined during that wait; only a group without a past waits longer for it. */
  hasNewcomer: boolean;
}

export interface Member {
  readonly id: string;
  request: JoinGroupRequest;
  from: ProcessId;
  /** Its JoinGroup, or SyncGroup, waits for an answer. */
  joining: boolean;
  syncing: SyncGroupRequest | null;
  assignment: readonly TopicPartition[];
  lastContactUs: number;
}

export function createGroup(id: string): Group {
  return {
    id,
    phase: 'Empty',
    generation: 0,
    protocol: '',
    leader: '',
    members: new Map(),
    pending: new Set(),
    nextMember: 0,
    round: 0,
    initialUntilUs: -1,
    hasNewcomer: false,
  };
}

/**
 * The assignor of a generation: each member votes for the first of its list that all of them know, and
 * most votes win; among equals the one that got a vote first.
 */
export function electProtocol(lists: readonly (readonly string[])[]): string | null {
  const [first = []] = lists;
  const common = first.filter((name) => lists.every((list) => list.includes(name)));
  const votes = new Map<string, number>();
  for (const list of lists) {
    const vote = list.find((name) => common.includes(name));
    if (vote !== undefined) votes.set(vote, (votes.get(vote) ?? 0) + 1);
  }
  let winner: string | null = null;
  let most = 0;
  for (const [name, count] of votes) {
    if (count <= most) continue;
    winner = name;
    most = count;
  }
  return winner;
}

export function hasAllJoined(group: Group): boolean {
  for (const { joining } of group.members.values()) if (!joining) return false;
  return group.pending.size === 0;
}

/** How long a rebalance waits for members that do not come: the longest that any of them asks for. */
export function rebalanceTimeoutMs(group: Group): number {
  let timeoutMs = 0;
  for (const { request } of group.members.values()) {
    timeoutMs = Math.max(timeoutMs, request.rebalanceTimeoutMs);
  }
  return timeoutMs;
}

/** What the assigning member is told of everybody. */
export function membersFor(group: Group): GroupMember[] {
  return [...group.members.values()].flatMap(({ id, request }) => {
    const chosen = request.protocols.find(({ name }) => name === group.protocol);
    if (!chosen) return [];
    const { groupInstanceId } = request;
    return [{ memberId: id, groupInstanceId, subscription: chosen.subscription }];
  });
}
