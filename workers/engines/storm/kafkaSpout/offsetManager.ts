/**
 * `org.apache.storm.kafka.spout.internal.OffsetManager` (storm-kafka-client 2.8.8): how far a
 * partition may be committed.
 *
 * Acks come in any order, but only the contiguous run of acked offsets can be committed: one tuple
 * that sits in a window holds back everything behind it. An offset that was never emitted, because
 * compaction removed it, is stepped over.
 */
import { assert } from '../../../kernel/assert.ts';
import {
  ACKED,
  createOffsetMarks,
  EMITTED,
  endOf,
  forgetBelow,
  isMarked,
  type OffsetMarks,
} from './offsetMarks.ts';

export interface OffsetManager {
  /** Where processing resumes after a restart of the spout. */
  committedOffset: number;
  /** Which are emitted, and which of them acked; not those that are committed. */
  readonly marks: OffsetMarks;
}

export function createOffsetManager(initialFetchOffset: number): OffsetManager {
  return { committedOffset: initialFetchOffset, marks: createOffsetMarks(initialFetchOffset) };
}

/** The offset to commit, that is the next to read after a restart; null if there is nothing new. */
export function findNextCommitOffset(manager: OffsetManager): number | null {
  const { committedOffset, marks } = manager;
  let nextCommit = committedOffset;
  for (let offset = marks.base; offset < endOf(marks); offset++) {
    if (!isMarked(marks, offset, EMITTED | ACKED)) continue;
    const isAcked = isMarked(marks, offset, ACKED);
    const isAbove = !isAcked || offset >= committedOffset;
    assert(isAbove, 'no offset below the committed one is acked again');
    // Either this is the next offset, or those between were never emitted.
    if (!isAcked || (offset !== nextCommit && !isMarked(marks, offset, EMITTED))) break;
    nextCommit = offset + 1;
  }
  return nextCommit === committedOffset ? null : nextCommit;
}

/** The commit went through: forgets what lies below it. */
export function commitUpTo(manager: OffsetManager, offset: number): void {
  manager.committedOffset = offset;
  forgetBelow(manager.marks, offset);
}
