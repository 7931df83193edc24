/**
 * `org.apache.storm.utils.RotatingMap` (Storm 2.8.8): a map that forgets.
 *
 * Time is kept in buckets, not in entries: a tick drops the oldest bucket whole and opens a new one.
 * So what expires expires in bursts, and between one period less and the full number of buckets
 * after it was put.
 *
 * The real one walks a dead bucket in the order of its hash map; here it is the order of the keys,
 * which are numbers of trees.
 */
import { assert, present } from '../../../kernel/assert.ts';
import {
  createNearbyMap,
  deleteNearby,
  getNearby,
  setNearby,
  type NearbyMap,
} from '../nearbyMap.ts';

export interface RotatingMap<V> {
  /** Newest first. */
  readonly buckets: NearbyMap<V>[];
}

export function createRotatingMap<V>(buckets: number): RotatingMap<V> {
  assert(buckets >= 2, 'a rotating map has at least two buckets');
  return { buckets: Array.from({ length: buckets }, () => createNearbyMap<V>()) };
}

/** Drops the oldest bucket and returns what was in it. */
export function rotate<V>(map: RotatingMap<V>): NearbyMap<V> {
  const dead = present(map.buckets.pop(), 'the oldest bucket');
  map.buckets.unshift(createNearbyMap());
  return dead;
}

/** Puts into the newest bucket, wherever the key was before. */
export function put<V>(map: RotatingMap<V>, key: number, value: V): void {
  remove(map, key);
  putNew(map, key, value);
}

/** The same for a key that is in no bucket. */
export function putNew<V>(map: RotatingMap<V>, key: number, value: V): void {
  setNearby(present(map.buckets[0], 'the newest bucket'), key, value);
}

export function get<V>(map: RotatingMap<V>, key: number): V | undefined {
  const { buckets } = map;
  for (let age = 0; age < buckets.length; age++) {
    const value = getNearby(buckets[age] as NearbyMap<V>, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function remove<V>(map: RotatingMap<V>, key: number): V | undefined {
  const { buckets } = map;
  for (let age = 0; age < buckets.length; age++) {
    const bucket = buckets[age] as NearbyMap<V>;
    const value = getNearby(bucket, key);
    if (value === undefined) continue;
    deleteNearby(bucket, key);
    return value;
  }
  return undefined;
}

/** Takes out a key whose value is known already. */
export function drop<V>({ buckets }: RotatingMap<V>, key: number): void {
  for (let age = 0; age < buckets.length; age++) {
    if (deleteNearby(buckets[age] as NearbyMap<V>, key)) return;
  }
}

export function size<V>(map: RotatingMap<V>): number {
  let entries = 0;
  for (const bucket of map.buckets) entries += bucket.size;
  return entries;
}
