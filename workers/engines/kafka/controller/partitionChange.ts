/**
 * How the controller chooses a leader: the first replica in assignment order that is in sync and alive,
 * never the one with the most data. Without a live in-sync replica there is no leader, unless the topic
 * allows an unclean election, which keeps the partition writable and gives up records.
 *
 * Follows `PartitionChangeBuilder` of the KRaft controller: 3.9, with the eligible leader replicas of
 * KIP-966 as later versions finished them. Left out: reassignments and log directories.
 */
export interface PartitionRegistration {
  /** In assignment order; the first one is the preferred leader. */
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  /** Left the ISR when it fell below `min.insync.replicas`, and so still hold every committed record. */
  readonly elr: readonly number[];
  /** The leader that went last, while neither ISR nor ELR has anybody. */
  readonly lastKnownElr: readonly number[];
  /** Broker id, −1 for none. */
  readonly leader: number;
  /** Counts the times a leader was set. */
  readonly leaderEpoch: number;
  /** Counts every change. */
  readonly partitionEpoch: number;
  /** After an unclean election, until the new leader says that it is ready. */
  readonly recovering: boolean;
}

export interface ElectionRules {
  /** Alive and neither fenced nor shutting down. */
  isAcceptable(broker: number): boolean;
  readonly election: 'online' | 'preferred' | 'unclean';
  readonly minIsr: number;
  readonly eligibleLeaderReplicas: boolean;
}

const NO_LEADER = -1;

export function registerPartition(
  replicas: readonly number[],
  isAlive: (broker: number) => boolean,
): PartitionRegistration {
  const isr = replicas.filter(isAlive);
  return {
    replicas,
    isr,
    elr: [],
    lastKnownElr: [],
    leader: isr[0] ?? NO_LEADER,
    leaderEpoch: 0,
    partitionEpoch: 0,
    recovering: false,
  };
}

export interface ElectionResult {
  readonly leader: number;
  readonly unclean: boolean;
}

/** `electLeader`: whom the rules make leader when the ISR is to be `isr` and the ELR `elr`. */
export function electLeader(
  partition: PartitionRegistration,
  isr: readonly number[],
  elr: readonly number[],
  rules: ElectionRules,
): ElectionResult {
  const isValid = (replica: number) =>
    (isr.includes(replica) || (isr.length === 0 && elr.includes(replica))) &&
    rules.isAcceptable(replica);
  const clean = (leader: number) => ({ leader, unclean: false });
  const [preferred] = partition.replicas;
  if (rules.election === 'preferred' && preferred !== undefined && isValid(preferred)) {
    return clean(preferred);
  }
  if (isValid(partition.leader)) return clean(partition.leader);
  const inOrder = partition.replicas.find(isValid);
  if (inOrder !== undefined) return clean(inOrder);
  const [lastKnown] = partition.lastKnownElr;
  const isForsaken = isr.length === 0 && elr.length === 0;
  if (
    rules.eligibleLeaderReplicas &&
    isForsaken &&
    lastKnown !== undefined &&
    rules.isAcceptable(lastKnown)
  ) {
    return { leader: lastKnown, unclean: true };
  }
  const anyAlive = partition.replicas.find((replica) => rules.isAcceptable(replica));
  if (rules.election === 'unclean' && anyAlive !== undefined) {
    return { leader: anyAlive, unclean: true };
  }
  return clean(NO_LEADER);
}

/**
 * The partition after its ISR was asked to become `isr`; the same object when nothing changes. An ISR
 * that would be empty keeps its last member, because only that one may come back as leader.
 */
export function changePartition(
  partition: PartitionRegistration,
  isr: readonly number[],
  rules: ElectionRules,
  isRecovered = false,
): PartitionRegistration {
  const eligible = eligibleReplicas(partition, isr, rules);
  const elected = electLeader(partition, isr, eligible, rules);
  const isElection = elected.leader !== partition.leader;
  let nextIsr = isr.length === 0 && !rules.eligibleLeaderReplicas ? partition.isr : isr;
  let elr = eligible;
  if (isElection && eligible.includes(elected.leader)) {
    nextIsr = [elected.leader];
    elr = eligible.filter((replica) => replica !== elected.leader);
  } else if (isElection && elected.unclean) {
    nextIsr = [elected.leader];
    elr = [];
  }
  const next: PartitionRegistration = {
    replicas: partition.replicas,
    isr: nextIsr,
    elr,
    lastKnownElr: lastKnownLeader(partition, nextIsr, elected.leader, rules),
    leader: elected.leader,
    leaderEpoch: partition.leaderEpoch + (isElection ? 1 : 0),
    partitionEpoch: partition.partitionEpoch + 1,
    recovering: (isElection && elected.unclean) || (partition.recovering && !isRecovered),
  };
  return isSame(partition, next) ? partition : next;
}

/** `maybePopulateTargetElr`. */
function eligibleReplicas(
  partition: PartitionRegistration,
  isr: readonly number[],
  rules: ElectionRules,
): readonly number[] {
  if (!rules.eligibleLeaderReplicas || isr.length >= rules.minIsr) return [];
  const candidates = new Set([...partition.elr, ...partition.isr]);
  return [...candidates].filter((replica) => !isr.includes(replica)).sort((a, b) => a - b);
}

/** `maybeUpdateLastKnownLeader`. */
function lastKnownLeader(
  partition: PartitionRegistration,
  isr: readonly number[],
  leader: number,
  rules: ElectionRules,
): readonly number[] {
  if (!rules.eligibleLeaderReplicas) return [];
  if (isr.length === 0 && partition.leader !== NO_LEADER) return [partition.leader];
  return leader === NO_LEADER ? partition.lastKnownElr : [];
}

function isSame(a: PartitionRegistration, b: PartitionRegistration): boolean {
  return (
    a.leader === b.leader &&
    a.recovering === b.recovering &&
    sameList(a.isr, b.isr) &&
    sameList(a.elr, b.elr) &&
    sameList(a.lastKnownElr, b.lastKnownElr)
  );
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
