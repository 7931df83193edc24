/**
 * `org.apache.storm.kafka.spout.internal.OffsetManager` (storm-kafka-client 2.8.8): how far a
 * partition may be committed.
 *
 * Acks come in any order, but only the contiguous run of acked offsets can be committed: one tuple
 * that sits in a window holds back everything behind it. An offset that was never emitted, because
 * compaction removed it, is stepped over.
 */
import { assert } from '../../../kernel/assert.ts';
import { createOffsetSet, hasOffset, removeOffsetsBelow, type OffsetSet } from './offsetSet.ts';

export interface OffsetManager {
  /** Where processing resumes after a restart of the spout. */
  committedOffset: number;
  /** Emitted and not committed yet. */
  readonly emitted: OffsetSet;
  /** Acked and not committed yet. */
  readonly acked: OffsetSet;
}

export function createOffsetManager(initialFetchOffset: number): OffsetManager {
  return {
    committedOffset: initialFetchOffset,
    emitted: createOffsetSet(),
    acked: createOffsetSet(),
  };
}

/** The offset to commit, that is the next to read after a restart; null if there is nothing new. */
export function findNextCommitOffset(manager: OffsetManager): number | null {
  const { committedOffset, emitted, acked } = manager;
  const isAbove = acked.size === 0 || acked.base >= committedOffset;
  assert(isAbove, 'no offset below the committed one is acked again');
  let nextCommit = committedOffset;
  let left = acked.size;
  for (let offset = committedOffset; left > 0; offset++) {
    const isAcked = hasOffset(acked, offset);
    const isEmitted = hasOffset(emitted, offset);
    if (!isAcked && !isEmitted) continue;
    // Either this is the next offset, or those between were never emitted.
    if (!isAcked || (offset !== nextCommit && !isEmitted)) break;
    nextCommit = offset + 1;
    left -= 1;
  }
  return nextCommit === committedOffset ? null : nextCommit;
}

/** The commit went through: forgets what lies below it, and returns how many were acked. */
export function commitUpTo(manager: OffsetManager, offset: number): number {
  manager.committedOffset = offset;
  const before = manager.acked.size;
  removeOffsetsBelow(manager.acked, offset);
  removeOffsetsBelow(manager.emitted, offset);
  return before - manager.acked.size;
}
