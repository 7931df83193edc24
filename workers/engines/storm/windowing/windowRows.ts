/**
 * What the lane's bolt makes of a window: one total a key, in the order in which Java's
 * `HashMap<String, Integer>` lists its keys, since that is what the program text loops over.
 */
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { present } from '../../../kernel/assert.ts';
import type { ResultRow } from '../../../results/laneResults.ts';

/** What is totalled of a tuple. */
export interface KeyedValue {
  readonly keyId: number;
  readonly value: number;
}

/**
 * @param tuples the window, as indexes of `items`
 * @param keys the texts of the key ids
 * @param add the program's aggregate; a key's total starts as its first value
 */
export function windowRows(
  tuples: readonly number[],
  items: readonly KeyedValue[],
  keys: readonly string[],
  add: (total: number, value: number) => number,
): ResultRow[] {
  const totals = new Float64Array(keys.length);
  const isSeen = new Uint8Array(keys.length);
  const keyIds: number[] = [];
  for (const index of tuples) {
    const { keyId, value } = items[index] as KeyedValue;
    if (isSeen[keyId] === 0) {
      isSeen[keyId] = 1;
      keyIds.push(keyId);
      totals[keyId] = value;
    } else {
      totals[keyId] = add(totals[keyId] as number, value);
    }
  }
  const idOf = new Map(keyIds.map((keyId) => [present(keys[keyId], 'the key'), keyId]));
  return hashMapOrder(idOf.keys()).map((key) => [key, totals[idOf.get(key) as number] as number]);
}
