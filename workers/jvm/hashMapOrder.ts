/**
 * The order in which `java.util.HashMap` and `HashSet` (JDK 8 to 21) iterate over strings.
 *
 * An engine that keeps names in a hash map visits them in bucket order, not in the order in which
 * somebody wrote them down; students meet that as "why is c3 first?".
 *
 * Simplification: a bucket of nine or more keys turns into a tree or doubles the table in the JDK;
 * here it stays a list, because component names never get there.
 */
import { stringHash } from './stringHash.ts';

/** `HashMap.DEFAULT_INITIAL_CAPACITY`. */
const defaultTableLength = 16;

/** `HashMap.hash`: the high half is folded in, because a table's mask sees only the low bits. */
export function spreadHash(text: string): number {
  const hash = stringHash(text);
  return hash ^ (hash >>> 16);
}

/**
 * The length of the table after `size` keys were put one by one: it doubles each time it is more
 * than three quarters full.
 */
export function grownTableLength(size: number, initialLength = defaultTableLength): number {
  let length = initialLength;
  while (size > length * 0.75) length *= 2;
  return length;
}

/**
 * The length of the table of `new HashSet(collection)`, which is made wide enough at once. It
 * differs from a grown one at the edge: twelve keys get 32 buckets here and 16 there.
 */
export function copiedTableLength(size: number): number {
  const wanted = Math.max(Math.floor(size / 0.75) + 1, defaultTableLength);
  let length = 1;
  while (length < wanted) length *= 2;
  return length;
}

/**
 * Distinct keys in iteration order.
 *
 * @param keys in insertion order; a repeated key keeps its first place
 * @param tableLength a power of two; by default that of a map grown from empty
 */
export function hashMapOrder(keys: Iterable<string>, tableLength?: number): string[] {
  const distinct = [...new Set(keys)];
  const mask = (tableLength ?? grownTableLength(distinct.length)) - 1;
  // Sorting is stable, so keys of one bucket stay in insertion order.
  return distinct.sort((a, b) => (spreadHash(a) & mask) - (spreadHash(b) & mask));
}
