/**
 * Which leader wrote which stretch of a log (`LeaderEpochFileCache` 3.9). Two logs that parted are brought
 * together by the last epoch that both know, not by offsets: the same offset may hold different records.
 */

/** Leader epoch, and the offset of the first record that was written in it. */
export interface EpochStart {
  readonly epoch: number;
  readonly startOffset: number;
}

/** Where an epoch ends: where the next one starts, or at the end of the log. */
export interface EpochEnd {
  readonly epoch: number;
  readonly endOffset: number;
}

/** Notes that records from `startOffset` on are of `epoch`. An epoch in which nothing was written is forgotten. */
export function noteEpoch(epochs: EpochStart[], epoch: number, startOffset: number): void {
  const last = epochs[epochs.length - 1];
  if (last && last.epoch >= epoch) return;
  truncateEpochs(epochs, startOffset);
  epochs.push({ epoch, startOffset });
}

/**
 * The end of the largest known epoch up to `epoch`; of one before all known ones, where those begin.
 * Null for an epoch after all known ones.
 */
export function endOfEpoch(
  epochs: readonly EpochStart[],
  epoch: number,
  logEndOffset: number,
): EpochEnd | null {
  const above = epochs.findIndex((entry) => entry.epoch > epoch);
  const at = above < 0 ? epochs.length - 1 : above - 1;
  const found = epochs[at];
  const endOffset = epochs[at + 1]?.startOffset ?? logEndOffset;
  if (found) return above < 0 && found.epoch < epoch ? null : { epoch: found.epoch, endOffset };
  return above < 0 ? null : { epoch, endOffset };
}

export function truncateEpochs(epochs: EpochStart[], endOffset: number): void {
  while (epochs.length > 0 && (epochs[epochs.length - 1]?.startOffset ?? 0) >= endOffset) {
    epochs.pop();
  }
}

/**
 * The leader's answer to a follower whose last record is of `lastFetchedEpoch` and that wants to go on at
 * `fetchOffset`: `'unknown'` when it never heard of that epoch, where the two logs part, or null when the
 * follower's log is a beginning of the leader's.
 */
export function divergence(
  epochs: readonly EpochStart[],
  lastFetchedEpoch: number,
  fetchOffset: number,
  logEndOffset: number,
): EpochEnd | 'unknown' | null {
  const end = endOfEpoch(epochs, lastFetchedEpoch, logEndOffset);
  if (end === null) return 'unknown';
  return end.epoch < lastFetchedEpoch || end.endOffset < fetchOffset ? end : null;
}

/**
 * Where a follower cuts its log after hearing where the logs part. If it has the leader's epoch, at the
 * lower of the two ends; else at the end of the next smaller epoch of its own, and it asks again.
 */
export function truncationOffset(
  epochs: readonly EpochStart[],
  leader: EpochEnd,
  logEndOffset: number,
): number {
  const own = endOfEpoch(epochs, leader.epoch, logEndOffset);
  if (own === null) return Math.min(leader.endOffset, logEndOffset);
  if (own.epoch === leader.epoch) return Math.min(own.endOffset, leader.endOffset, logEndOffset);
  return Math.min(own.endOffset, logEndOffset);
}
