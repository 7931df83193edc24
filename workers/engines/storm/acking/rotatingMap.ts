/**
 * `org.apache.storm.utils.RotatingMap` (Storm 2.8.8): a map that forgets.
 *
 * Time is kept in buckets, not in entries: a tick drops the oldest bucket whole and opens a new one.
 * So what expires expires in bursts, and between one period less and the full number of buckets
 * after it was put.
 *
 * Keys are numbers that begin near 0 and grow, those of trees. So a bucket is no table here: each key has a
 * place that says in which turn it was put, and values stand in columns of whoever owns the map. The real one
 * walks a dead bucket in the order of its hash map; here it is the order of the keys.
 */
import { assert } from '../../../kernel/assert.ts';
import { growColumns, integers } from '../../../kernel/columns.ts';

export interface RotatingMap {
  readonly buckets: number;
  /** By key: the turn in which it was put, 0 for a key that is not there. */
  readonly columns: { turn: Int32Array };
  /** The turn of the newest bucket; the first is 1. */
  turn: number;
  size: number;
}

/** @param room for so many keys at first */
export function createRotatingMap(buckets: number, room?: number): RotatingMap {
  assert(buckets >= 2, 'a rotating map has at least two buckets');
  return { buckets, columns: { turn: integers(room) }, turn: 1, size: 0 };
}

/** Opens a new bucket, drops the oldest one, and returns the keys that were in it, ascending. */
export function rotate(map: RotatingMap): number[] {
  map.turn += 1;
  const dead: number[] = [];
  const deadTurn = map.turn - map.buckets;
  if (deadTurn < 1) return dead;
  const { turn } = map.columns;
  for (let key = turn.indexOf(deadTurn); key >= 0; key = turn.indexOf(deadTurn, key + 1)) {
    dead.push(key);
    remove(map, key);
  }
  return dead;
}

/** Puts into the newest bucket, wherever the key was before. */
export function put(map: RotatingMap, key: number): void {
  const { columns } = map;
  while (key >= columns.turn.length) growColumns(columns);
  if (columns.turn[key] === 0) map.size += 1;
  columns.turn[key] = map.turn;
}

export function has({ columns }: RotatingMap, key: number): boolean {
  return (columns.turn[key] ?? 0) > 0;
}

/** @returns whether the key was there */
export function remove(map: RotatingMap, key: number): boolean {
  if (!has(map, key)) return false;
  map.columns.turn[key] = 0;
  map.size -= 1;
  return true;
}

/** In which bucket a key is; the newest is 0. */
export function ageOf({ columns, turn }: RotatingMap, key: number): number {
  return turn - columns.turn[key]!;
}

/** Ascending. */
export function keysOf({ columns, size }: RotatingMap): number[] {
  const keys: number[] = [];
  for (let key = 0; keys.length < size; key++) if (columns.turn[key] !== 0) keys.push(key);
  return keys;
}
