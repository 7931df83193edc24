/**
 * Which subtask owns a key. `keyBy` hashes a key into one of `maxParallelism` key groups, and each
 * subtask owns a contiguous range of groups; a rescaled job moves whole groups, never single keys.
 *
 * Follows Flink 1.20: KeyGroupRangeAssignment, MathUtils.murmurHash. Keys are strings here; a Flink
 * SQL key hashes differently (BinaryRowData) and is not modelled.
 */
import { stringHash } from '../../jvm/stringHash.ts';

export const UPPER_BOUND_MAX_PARALLELISM = 32768;
const LOWER_BOUND_MAX_PARALLELISM = 128;

/** With this a null key fails the job. */
export const NULL_KEY = 'Assigned key must not be null!';

/** `MathUtils.murmurHash`: spreads a 32-bit hash code over the non-negative integers. */
export function murmurHash(code: number): number {
  let hash = Math.imul(code, 0xcc9e2d51);
  hash = (hash << 15) | (hash >>> 17);
  hash = Math.imul(hash, 0x1b873593);
  hash = (hash << 13) | (hash >>> 19);
  hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  hash ^= 4;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  if (hash >= 0) return hash;
  // The one value that has no positive twin in 32 bits.
  return hash === -2147483648 ? 0 : -hash;
}

/** Key group of a key whose Java hash code is `code`. */
export function keyGroupOfHash(code: number, maxParallelism: number): number {
  return murmurHash(code) % maxParallelism;
}

/** `KeyGroupRangeAssignment.assignToKeyGroup` for a String key. */
export function keyGroupOf(key: string, maxParallelism: number): number {
  return keyGroupOfHash(stringHash(key), maxParallelism);
}

/** `computeOperatorIndexForKeyGroup`: the subtask that owns a key group. */
export function subtaskOfKeyGroup(
  keyGroup: number,
  parallelism: number,
  maxParallelism: number,
): number {
  return Math.floor((keyGroup * parallelism) / maxParallelism);
}

/** First and last key group (inclusive) of a subtask. */
export function keyGroupRange(
  subtask: number,
  parallelism: number,
  maxParallelism: number,
): { first: number; last: number } {
  return {
    first: Math.floor((subtask * maxParallelism + parallelism - 1) / parallelism),
    last: Math.floor(((subtask + 1) * maxParallelism - 1) / parallelism),
  };
}

/** `computeDefaultMaxParallelism`, used when `pipeline.max-parallelism` is -1. */
export function defaultMaxParallelism(parallelism: number): number {
  const wanted = parallelism + Math.floor(parallelism / 2);
  let power = 1;
  while (power < wanted) power *= 2;
  return Math.min(Math.max(power, LOWER_BOUND_MAX_PARALLELISM), UPPER_BOUND_MAX_PARALLELISM);
}

/** The message with which a job of more subtasks than key groups is refused, or null. */
export function refusalOfMaxParallelism(
  parallelism: number,
  maxParallelism: number,
): string | null {
  return maxParallelism < parallelism
    ? 'Maximum parallelism must not be smaller than parallelism.'
    : null;
}
