/**
 * `org.apache.storm.trident.state.map.CachedMap` (Storm 2.8.8): a cache between a state and its store. It drops the
 * key that was used longest ago, remembers that a key is not there, and does not see what others write.
 *
 * A component of its own: no lane runs Trident.
 */

export interface CachedMap<T> {
  readonly size: number;
  /** Least recently used first. */
  readonly cache: Map<string, T | null>;
  readonly store: Map<string, T>;
}

/** @returns the values, and the keys that the store was asked for */
export function getCached<T>(
  map: CachedMap<T>,
  keys: readonly string[],
): { values: (T | null)[]; asked: string[] } {
  const { cache, store } = map;
  const found = new Map<string, T | null>();
  for (const key of keys.filter((each) => cache.has(each))) {
    const value = cache.get(key) ?? null;
    use(map, key, value);
    found.set(key, value);
  }
  const asked = keys.filter((key) => !found.has(key));
  for (const key of asked) {
    const value = store.get(key) ?? null;
    use(map, key, value);
    found.set(key, value);
  }
  return { values: keys.map((key) => found.get(key) ?? null), asked };
}

/** Writes through. */
export function putCached<T>(map: CachedMap<T>, values: readonly (readonly [string, T])[]): void {
  for (const [key, value] of values) {
    use(map, key, value);
    map.store.set(key, value);
  }
}

function use<T>({ cache, size }: CachedMap<T>, key: string, value: T | null): void {
  cache.delete(key);
  cache.set(key, value);
  const [oldest] = cache.keys();
  if (cache.size > size && oldest !== undefined) cache.delete(oldest);
}
