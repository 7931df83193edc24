/**
 * Joining two DStreams joins the two RDDs of the same batch time, and nothing else: a match that
 * arrives one batch later is missed. In Scala both streams must have the same slide.
 *
 * Follows PairDStreamFunctions.cogroup and its join family, and UnionDStream and TransformedDStream, of Spark Streaming 3.5.
 *
 * A component of its own: the program of a lane has one stream.
 */
import { requirementFailed, type Api } from '../refusal.ts';
import type { Pairs } from '../windows/pairs.ts';

export type Grouped<V, W> = Map<
  string,
  { readonly left: readonly V[]; readonly right: readonly W[] }
>;

/** A row of a join; null stands for None on the side that had no partner. */
export interface JoinedRow<V, W> {
  readonly key: string;
  readonly left: V | null;
  readonly right: W | null;
}

/**
 * Why two streams cannot be put together. PySpark looks at a union only: its joins take streams of different slides, and
 * see of the other what it has at the very time.
 */
export function refuseSlides(
  api: Api,
  operator: 'union' | 'join',
  [left, right]: readonly [number, number],
): string | null {
  if (left === right) return null;
  if (api === 'scala')
    return requirementFailed('Some of the DStreams have different slide durations').message;
  return operator === 'union' ? 'the two DStream should have same slide duration' : null;
}

export type JoinType = 'inner' | 'leftOuter' | 'rightOuter' | 'fullOuter';

export function cogroup<V, W>(
  left: Pairs<readonly V[]>,
  right: Pairs<readonly W[]>,
): Grouped<V, W> {
  const grouped: Grouped<V, W> = new Map();
  for (const [key, values] of left) grouped.set(key, { left: values, right: right.get(key) ?? [] });
  for (const [key, values] of right) {
    if (!grouped.has(key)) grouped.set(key, { left: [], right: values });
  }
  return grouped;
}

export function join<V, W>(grouped: Grouped<V, W>, type: JoinType): JoinedRow<V, W>[] {
  const keepsLeft = type === 'leftOuter' || type === 'fullOuter';
  const keepsRight = type === 'rightOuter' || type === 'fullOuter';
  const rows: JoinedRow<V, W>[] = [];
  for (const [key, { left, right }] of grouped) {
    if (right.length === 0 && keepsLeft)
      for (const v of left) rows.push({ key, left: v, right: null });
    if (left.length === 0 && keepsRight) {
      for (const w of right) rows.push({ key, left: null, right: w });
    }
    for (const v of left) for (const w of right) rows.push({ key, left: v, right: w });
  }
  return rows;
}
