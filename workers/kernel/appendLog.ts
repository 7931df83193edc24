/**
 * A log that only grows: a partition, a file. A keyframe keeps its length and shares its items, which is sound because
 * a run that starts again from the keyframe writes the same items at the same places. Cutting the tail off (a Kafka
 * follower does) therefore starts a new array of items.
 */
export interface AppendLog<T> {
  readonly kind: 'append-log';
  items: T[];
  length: number;
}

export function createAppendLog<T>(): AppendLog<T> {
  return { kind: 'append-log', items: [], length: 0 };
}

/** Appends `item` and returns its index. */
export function append<T>(log: AppendLog<T>, item: T): number {
  const index = log.length;
  log.items[index] = item;
  log.length = index + 1;
  return index;
}

/** The item at `index`, 0 ≤ index < length. */
export function itemAt<T>(log: AppendLog<T>, index: number): T {
  if (index < 0 || index >= log.length)
    throw new Error(`Broken invariant: no item ${index} in a log of ${log.length}`);
  return log.items[index] as T;
}

/** Drops everything from `length` on. */
export function truncate(log: AppendLog<unknown>, length: number): void {
  log.items = log.items.slice(0, length);
  log.length = length;
}
