/**
 * Who is in sync, and how far a partition is committed (`Partition` and `Replica`, 3.9). In sync is a
 * matter of time: a follower stays as long as it reached the leader's end within
 * `replica.lag.time.max.ms`. The high watermark is what all of them have.
 */

/** What a leader knows of a follower. */
export interface FollowerProgress {
  readonly broker: number;
  /** Its log end offset as its last fetch told it; −1 while it has not fetched from this leader. */
  endOffset: number;
  /** When it last had all that the leader had. */
  caughtUpUs: number;
  /** Time of its last fetch, and the leader's end offset then. */
  fetchedUs: number;
  leaderEndAtFetch: number;
}

export function createProgress(broker: number, isInSync: boolean, nowUs: number): FollowerProgress {
  return {
    broker,
    endOffset: -1,
    caughtUpUs: isInSync ? nowUs : 0,
    fetchedUs: 0,
    leaderEndAtFetch: -1,
  };
}

/**
 * `Replica.updateFetchState`. Asking for offset X means having everything before it. Having what the
 * leader had at the *previous* fetch counts as having been caught up then.
 */
export function noteFetch(
  progress: FollowerProgress,
  fetchOffset: number,
  leaderEnd: number,
  nowUs: number,
): void {
  if (fetchOffset >= leaderEnd) progress.caughtUpUs = Math.max(progress.caughtUpUs, nowUs);
  else if (fetchOffset >= progress.leaderEndAtFetch) {
    progress.caughtUpUs = Math.max(progress.caughtUpUs, progress.fetchedUs);
  }
  progress.endOffset = fetchOffset;
  progress.leaderEndAtFetch = leaderEnd;
  progress.fetchedUs = nowUs;
}

/** @param lagMaxUs `replica.lag.time.max.ms` */
export function isCaughtUp(
  { endOffset, caughtUpUs }: FollowerProgress,
  leaderEnd: number,
  nowUs: number,
  lagMaxUs: number,
): boolean {
  return endOffset === leaderEnd || nowUs - caughtUpUs <= lagMaxUs;
}

/** The in-sync replicas without those that lag; an idle partition loses nobody. */
export function shrunkIsr(
  isr: readonly number[],
  followers: ReadonlyMap<number, FollowerProgress>,
  leaderEnd: number,
  nowUs: number,
  lagMaxUs: number,
): readonly number[] {
  return isr.filter((broker) => {
    const progress = followers.get(broker);
    return !progress || isCaughtUp(progress, leaderEnd, nowUs, lagMaxUs);
  });
}

/** Whether a follower may come in: it has all that is committed, and something of the leader's own epoch. */
export function mayJoinIsr(
  progress: FollowerProgress,
  highWatermark: number,
  epochStartOffset: number,
): boolean {
  return progress.endOffset >= highWatermark && progress.endOffset >= epochStartOffset;
}

/**
 * `maybeIncrementLeaderHW`: the smallest end offset of all that count. Since 3.7 it stands still while
 * fewer than `min.insync.replicas` are in sync, so nothing becomes visible that could be lost again.
 *
 * @param isr confirmed by the controller
 * @param maximalIsr with those added that it was asked to confirm
 * @param alive unfenced brokers: one that is on its way into the ISR is waited for, a dead one is not
 * @param minIsr the smaller of `min.insync.replicas` and the replication factor
 */
export function nextHighWatermark(
  highWatermark: number,
  leaderEnd: number,
  followers: ReadonlyMap<number, FollowerProgress>,
  isr: readonly number[],
  maximalIsr: readonly number[],
  alive: readonly number[],
  minIsr: number,
  nowUs: number,
  lagMaxUs: number,
): number {
  if (isr.length < minIsr) return highWatermark;
  let committed = leaderEnd;
  for (const progress of followers.values()) {
    if (progress.endOffset >= committed) continue;
    const counts =
      maximalIsr.includes(progress.broker) ||
      (alive.includes(progress.broker) && isCaughtUp(progress, leaderEnd, nowUs, lagMaxUs));
    if (counts) committed = progress.endOffset;
  }
  return Math.max(highWatermark, committed);
}
