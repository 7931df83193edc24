/**
 * `StickyAssignor` and `CooperativeStickyAssignor` (3.9): as even as possible, and otherwise everybody
 * keeps what it had. Cooperative members go on reading meanwhile; a partition that changes hands is held
 * back for one round, until its former owner has let go of it.
 *
 * Covers members that all subscribe to the same topics (`ConstrainedAssignmentBuilder`, without racks);
 * the general algorithm for different subscriptions is left out.
 */
import { assert, present } from '../../../kernel/assert.ts';
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import type { GroupMember, TopicPartition } from '../../../wire/kafka.ts';
import {
  allPartitions,
  type Assignment,
  type Assignor,
  assigned,
  compareText,
  emptyAssignment,
} from './assignor.ts';

interface Claims {
  /** Member → partitions that it may keep, in the members' hash order. */
  readonly owned: ReadonlyMap<string, readonly TopicPartition[]>;
  /** Claimed by two members of the same generation: nobody's. */
  readonly disputed: ReadonlySet<string>;
}

interface StickyResult {
  readonly assignment: Assignment;
  /** Name of each partition that goes from one living member to another, and its new owner. */
  readonly moving: ReadonlyMap<string, string>;
}

export const assignSticky: Assignor = (partitionCounts, members) =>
  constrained(partitionCounts, members).assignment;

export const assignCooperativeSticky: Assignor = (partitionCounts, members) => {
  const { assignment, moving } = constrained(partitionCounts, members);
  for (const [memberId, partitions] of assignment) {
    const kept = partitions.filter((partition) => moving.get(nameOf(partition)) !== memberId);
    assignment.set(memberId, kept);
  }
  return assignment;
};

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}

function constrained(
  partitionCounts: ReadonlyMap<string, number>,
  members: readonly GroupMember[],
): StickyResult {
  const topics = [...(members[0]?.subscription.topics ?? [])].sort(compareText);
  for (const { subscription } of members) {
    assert(
      [...subscription.topics].sort(compareText).join() === topics.join(),
      'the sticky assignors are modelled for equal subscriptions',
    );
  }
  const all = allPartitions(topics, partitionCounts);
  const existing = new Set(all.map(nameOf));
  const { owned, disputed } = resolveClaims(members, existing);
  const minQuota = Math.floor(all.length / members.length);
  const maxQuota = Math.ceil(all.length / members.length);
  const withMax = all.length % members.length;
  const assignment = emptyAssignment(members);
  const taken = new Set<string>();
  const givenUp = new Map<string, string>();
  const underMin: string[] = [];
  let exactlyMin: string[] = [];
  let atMax = 0;

  for (const [memberId, partitions] of owned) {
    let keep = partitions.length;
    if (keep < minQuota) underMin.push(memberId);
    else if (keep >= maxQuota && atMax < withMax) {
      keep = maxQuota;
      atMax += 1;
      if (atMax === withMax) exactlyMin = [];
    } else {
      keep = minQuota;
      if (atMax < withMax) exactlyMin.push(memberId);
    }
    for (const partition of partitions.slice(0, keep)) {
      assigned(assignment, memberId).push(partition);
      taken.add(nameOf(partition));
    }
    for (const partition of partitions.slice(keep)) givenUp.set(nameOf(partition), memberId);
  }

  const free = all.filter((partition) => !taken.has(nameOf(partition)));
  underMin.sort(compareText);
  exactlyMin.sort(compareText);
  const moving = new Map<string, string>();
  let turn = 0;
  for (const partition of free) {
    if (turn >= underMin.length) turn = 0;
    // Deal to those below the minimum in turn; who reaches it joins the queue for one more.
    const isBelow = underMin.length > 0;
    const memberId = present(isBelow ? underMin[turn] : exactlyMin.shift(), 'a member with room');
    const partitions = assigned(assignment, memberId);
    partitions.push(partition);
    const name = nameOf(partition);
    const former = givenUp.get(name);
    if ((former !== undefined && former !== memberId) || disputed.has(name)) {
      moving.set(name, memberId);
    }
    if (!isBelow) continue;
    if (partitions.length < minQuota) turn += 1;
    else {
      underMin.splice(turn, 1);
      exactlyMin.push(memberId);
    }
  }
  return { assignment, moving };
}

/** Who may keep what: the later generation wins, and of one generation nobody. */
function resolveClaims(members: readonly GroupMember[], existing: ReadonlySet<string>): Claims {
  const byId = new Map(members.map((member) => [member.memberId, member]));
  const owner = new Map<string, GroupMember>();
  const disputed = new Set<string>();
  const order = hashMapOrder(byId.keys());
  for (const memberId of order) {
    const member = present(byId.get(memberId), 'a member');
    for (const partition of member.subscription.ownedPartitions) {
      const name = nameOf(partition);
      if (!existing.has(name)) continue;
      const other = owner.get(name);
      const generation = other?.subscription.generation ?? -1;
      if (other && generation === member.subscription.generation) disputed.add(name);
      if (!other || generation <= member.subscription.generation) owner.set(name, member);
    }
  }
  const owned = new Map<string, TopicPartition[]>();
  for (const memberId of order) {
    const member = present(byId.get(memberId), 'a member');
    const partitions = member.subscription.ownedPartitions.filter((partition) => {
      const name = nameOf(partition);
      return owner.get(name) === member && !disputed.has(name);
    });
    const sorted = [...partitions].sort(
      (a, b) => a.partition - b.partition || compareText(a.topic, b.topic),
    );
    owned.set(memberId, sorted);
  }
  return { owned, disputed };
}
