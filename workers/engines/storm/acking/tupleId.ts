/**
 * The random ids of tuple trees, and the exclusive or that folds them.
 *
 * Storm draws 64 random bits for each root and each edge. Here an id has 53, so that it is one plain
 * number; the chance that a ledger reaches zero by accident is 2^−53 an update instead of 2^−64.
 */
import { nextUint32, type RandomStream } from '../../../kernel/random.ts';

const twoTo32 = 4294967296;

/** A whole number in [0, 2^53); `MessageId.generateId`. */
export function drawId(random: RandomStream): number {
  return (nextUint32(random) >>> 11) * twoTo32 + nextUint32(random);
}

/** `Utils.bitXor` of two ids. */
export function xorIds(a: number, b: number): number {
  // An exclusive or drops what is behind the point, and above 32 bits.
  const high = (a / twoTo32) ^ (b / twoTo32);
  return high * twoTo32 + ((a ^ b) >>> 0);
}

/** The acker that keeps the tree of `root`: fields grouping on a `Long`; an index of the ackers. */
export function ackerOf(root: number, ackers: number): number {
  const longHash = (root / twoTo32) ^ root;
  const hash = (31 + longHash) | 0;
  // A remainder of −0 would make this a division of floating-point numbers.
  const remainder = (hash % ackers) | 0;
  return remainder < 0 ? remainder + ackers : remainder;
}
