/**
 * Which pairs of spout and state keep a Trident state exact (Storm 2.8.8).
 *
 * A component of its own: no lane runs Trident.
 */

/** What a spout promises about a batch that it emits again under the same txid. */
export type TridentSpoutKind =
  /** Nothing: other tuples come. */
  | 'non-transactional'
  /** The same tuples. */
  | 'transactional'
  /** Perhaps others, but each tuple is in one successful batch only. */
  | 'opaque';

export type TridentStateKind = 'non-transactional' | 'transactional' | 'opaque';

export function isExactlyOnce(spout: TridentSpoutKind, state: TridentStateKind): boolean {
  if (spout === 'transactional') return state !== 'non-transactional';
  return spout === 'opaque' && state === 'opaque';
}
