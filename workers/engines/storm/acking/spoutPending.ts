/**
 * The open tuples of a spout's executor (`SpoutExecutor`, Storm 2.8.8): which have not been acked or failed yet.
 *
 * They lie in two buckets, which a tick turns every `topology.message.timeout.secs` since the executor's start. So a
 * tuple fails at the second tick after it was emitted, between one and two timeouts old, and its whole bucket with it.
 */
import { createRotatingMap, type RotatingMap } from './rotatingMap.ts';

const buckets = 2;

/** By the number of the tree. */
export type SpoutPending = RotatingMap;

export function createSpoutPending(room?: number): SpoutPending {
  return createRotatingMap(buckets, room);
}

/** @param limit `topology.max.spout.pending`; tested before each `nextTuple` */
export function hasReachedMaxPending(pending: SpoutPending, limit: number | null): boolean {
  return limit !== null && pending.size >= limit;
}
