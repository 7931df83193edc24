/**
 * Where a key goes. The Java client hashes the key's bytes with murmur2 (`Utils.murmur2`, the same
 * since 0.8.2) and takes the remainder by the number of partitions: so a key keeps its partition
 * exactly as long as that number stays.
 */
import { utf8Bytes } from './utf8Bytes.ts';

const M = 0x5bd1e995;
const SEED = 0x9747b28c;

/** @returns a signed 32-bit integer */
export function murmur2(bytes: ArrayLike<number>): number {
  const length = bytes.length;
  const at = (index: number) => (bytes[index] ?? 0) & 0xff;
  let hash = SEED ^ length;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    let word = at(index) | (at(index + 1) << 8) | (at(index + 2) << 16) | (at(index + 3) << 24);
    word = Math.imul(word, M);
    word ^= word >>> 24;
    word = Math.imul(word, M);
    hash = Math.imul(hash, M) ^ word;
  }
  const tail = length - index;
  if (tail >= 3) hash ^= at(index + 2) << 16;
  if (tail >= 2) hash ^= at(index + 1) << 8;
  if (tail >= 1) hash = Math.imul(hash ^ at(index), M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return hash ^ (hash >>> 15);
}

/**
 * `BuiltInPartitioner.partitionForKey`: among all partitions, whether they have a leader or not. The
 * sign is masked away, not negated.
 */
export function partitionForKey(key: string, partitions: number): number {
  return (murmur2(utf8Bytes(key)) & 0x7fffffff) % partitions;
}
