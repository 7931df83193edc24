/**
 * The values that a tuple carries, with their Java types, and their hashes.
 *
 * Fields grouping hashes with `Arrays.deepHashCode` (JDK 8 to 21), so the type matters: the Long −1
 * hashes to 0 and the Integer −1 to −1, and the same key may meet another task.
 *
 * Simplification: a Long is a whole number that a double holds exactly.
 */
import { stringHash } from '../../../jvm/stringHash.ts';

export type JavaValue =
  | null
  | boolean
  | string
  | { readonly type: 'Integer' | 'Long' | 'Double'; readonly value: number }
  | { readonly type: 'byte[]'; readonly bytes: readonly number[] }
  | { readonly type: 'List'; readonly items: readonly JavaValue[] };

/** `Arrays.deepHashCode` of a tuple's selected values, a signed 32-bit integer. */
export function deepHash(values: readonly JavaValue[]): number {
  return values.reduce((hash, value) => (Math.imul(31, hash) + hashOf(value)) | 0, 1);
}

/** `Arrays.hashCode(byte[])`; bytes may be written signed or unsigned. */
export function bytesHash(bytes: readonly number[]): number {
  return bytes.reduce((hash, byte) => (Math.imul(31, hash) + ((byte << 24) >> 24)) | 0, 1);
}

/** `hashCode` of one value; arrays by their content. */
export function hashOf(value: JavaValue): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'string') return stringHash(value);
  switch (value.type) {
    case 'Integer':
      return value.value | 0;
    case 'Long':
      return Math.floor(value.value / 4294967296) ^ (value.value | 0);
    case 'Double':
      return doubleHash(value.value);
    case 'byte[]':
      return bytesHash(value.bytes);
    case 'List':
      return deepHash(value.items);
  }
}

function doubleHash(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  return bits.getInt32(0) ^ bits.getInt32(4);
}
