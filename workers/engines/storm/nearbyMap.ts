/**
 * A map whose keys are whole numbers close together that mostly grow, as the numbers of trees and the offsets of a
 * partition do: an array from the lowest key on. A hash table would move all its entries each time it grows.
 */
export interface NearbyMap<V> {
  base: number;
  readonly items: (V | undefined)[];
  size: number;
}

export function createNearbyMap<V>(): NearbyMap<V> {
  return { base: 0, items: [], size: 0 };
}

export function getNearby<V>({ base, items }: NearbyMap<V>, key: number): V | undefined {
  const index = key - base;
  return index >= 0 && index < items.length ? items[index] : undefined;
}

export function setNearby<V>(map: NearbyMap<V>, key: number, value: V): void {
  const { items } = map;
  if (items.length === 0) map.base = key;
  for (; map.base > key; map.base -= 1) items.unshift(undefined);
  const index = key - map.base;
  while (items.length <= index) items.push(undefined);
  if (items[index] === undefined) map.size += 1;
  items[index] = value;
}

/** @returns whether the key was there */
export function deleteNearby<V>(map: NearbyMap<V>, key: number): boolean {
  if (getNearby(map, key) === undefined) return false;
  map.items[key - map.base] = undefined;
  map.size -= 1;
  return true;
}

/** The keys, ascending. */
export function keysNearby<V>({ base, items }: NearbyMap<V>): number[] {
  const keys: number[] = [];
  for (let index = 0; index < items.length; index++)
    if (items[index] !== undefined) keys.push(base + index);
  return keys;
}

/** Forgets everything below `limit`. */
export function deleteBelow<V>(map: NearbyMap<V>, limit: number): void {
  const { base, items } = map;
  const below = Math.max(0, Math.min(limit - base, items.length));
  for (let index = 0; index < below; index++) if (items[index] !== undefined) map.size -= 1;
  items.splice(0, below);
  map.base = base + below;
}
