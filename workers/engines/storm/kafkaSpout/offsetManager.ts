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
  forgetBelow,
  isMarked,
  offsetsWith,
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
  for (const offset of offsetsWith(marks, EMITTED | ACKED)) {
    const isAcked = isMarked(marks, offset, ACKED);
    const isAbove = !isAcked || offset >= committedOffset;
    assert(isAbove, 'no offset below the committed one is acked again');
    // Either this is the next offset, or those between were never emitted.
    if (!isAcked || (offset !== nextCommit && !isMarked(marks, offset, EMITTED))) break;
    nextCommit = offset + 1;
  }
  return nextCommit === committedOffset ? null : nextCommit;
}

/** The commit went through: forgets what lies below it, and returns how many were acked. */
export function commitUpTo(manager: OffsetManager, offset: number): number {
  manager.committedOffset = offset;
  const acked = offsetsWith(manager.marks, ACKED);
  forgetBelow(manager.marks, offset);
  return acked.filter((each) => each < offset).length;
}
