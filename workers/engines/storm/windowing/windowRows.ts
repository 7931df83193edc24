/**
 * What the lane's bolt makes of a window: one total a key, in the order in which Java's
 * `HashMap<String, Integer>` lists its keys, since that is what the program text loops over.
 */
import type { TupleTable } from '../../../functions/chain.ts';
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import { present } from '../../../kernel/assert.ts';
import type { ResultRow } from '../../../results/laneResults.ts';

/**
 * @param rows the window's tuples, as rows of the table
 * @param add the program's aggregate; a key's total starts as its first value
 */
export function windowRows(
  rows: readonly number[],
  { keyIds, values, keys }: Omit<TupleTable, 'first' | 'records'>,
  add: (total: number, value: number) => number,
): ResultRow[] {
  const totals = new Float64Array(keys.length);
  const isSeen = new Uint8Array(keys.length);
  const seen: number[] = [];
  for (const row of rows) {
    const keyId = keyIds[row] as number;
    const value = values[row] as number;
    if (isSeen[keyId] === 0) {
      isSeen[keyId] = 1;
      seen.push(keyId);
      totals[keyId] = value;
    } else {
      totals[keyId] = add(totals[keyId] as number, value);
    }
  }
  const totalOf = new Map<string, number>();
  for (const keyId of seen) totalOf.set(present(keys[keyId], 'the key'), totals[keyId] as number);
  return hashMapOrder(totalOf.keys()).map((key) => [key, totalOf.get(key) as number]);
}
