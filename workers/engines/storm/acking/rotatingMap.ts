/**
 * `org.apache.storm.utils.RotatingMap` (Storm 2.8.8): a map that forgets.
 *
 * Time is kept in buckets, not in entries: a tick drops the oldest bucket whole and opens a new one.
 * So what expires expires in bursts, and between one period less and the full number of buckets
 * after it was put.
 *
 * The real one walks a dead bucket in the order of its hash map; here it is the order of the puts.
 */
import { assert, present } from '../../../kernel/assert.ts';

export interface RotatingMap<V> {
  /** Newest first. */
  readonly buckets: Map<number, V>[];
}

export function createRotatingMap<V>(buckets: number): RotatingMap<V> {
  assert(buckets >= 2, 'a rotating map has at least two buckets');
  return { buckets: Array.from({ length: buckets }, () => new Map<number, V>()) };
}

/** Drops the oldest bucket and returns what was in it. */
export function rotate<V>(map: RotatingMap<V>): Map<number, V> {
  const dead = present(map.buckets.pop(), 'the oldest bucket');
  map.buckets.unshift(new Map());
  return dead;
}

/** Puts into the newest bucket, wherever the key was before. */
export function put<V>(map: RotatingMap<V>, key: number, value: V): void {
  remove(map, key);
  putNew(map, key, value);
}

/** The same for a key that is in no bucket. */
export function putNew<V>(map: RotatingMap<V>, key: number, value: V): void {
  present(map.buckets[0], 'the newest bucket').set(key, value);
}

export function get<V>(map: RotatingMap<V>, key: number): V | undefined {
  const { buckets } = map;
  for (let age = 0; age < buckets.length; age++) {
    const bucket = buckets[age] as Map<number, V>;
    // Old buckets are mostly empty, and to hash a key of 53 bits is not free.
    const value = bucket.size === 0 ? undefined : bucket.get(key);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function remove<V>(map: RotatingMap<V>, key: number): V | undefined {
  const { buckets } = map;
  for (let age = 0; age < buckets.length; age++) {
    const bucket = buckets[age] as Map<number, V>;
    const value = bucket.size === 0 ? undefined : bucket.get(key);
    if (value === undefined) continue;
    bucket.delete(key);
    return value;
  }
  return undefined;
}

/** Takes out a key whose value is known already. */
export function drop<V>({ buckets }: RotatingMap<V>, key: number): void {
  for (let age = 0; age < buckets.length; age++) {
    const bucket = buckets[age] as Map<number, V>;
    if (bucket.size > 0 && bucket.delete(key)) return;
  }
}

export function size<V>(map: RotatingMap<V>): number {
  let entries = 0;
  for (const bucket of map.buckets) entries += bucket.size;
  return entries;
}
