/**
 * `org.apache.storm.trident.state.OpaqueValue` (Storm 2.8.8): a value that remembers what it was before
 * the newest batch, so that this batch may be applied once more with other content.
 *
 * A component of its own: no lane runs Trident.
 */

export interface OpaqueValue {
  readonly currTxid: number;
  readonly prev: number | null;
  /** Null once a MemoryMapState has removed the key. */
  readonly curr: number | null;
}

/** The value that a batch builds on; null for none. @throws if the state is ahead of the batch */
export function valueFor(stored: OpaqueValue, txid: number): number | null {
  requireNotBehind(stored, txid);
  return stored.currTxid < txid ? stored.curr : stored.prev;
}

/** The stored value after the batch. @throws if the state is ahead of the batch */
export function updated(stored: OpaqueValue, txid: number, value: number | null): OpaqueValue {
  return { currTxid: txid, prev: valueFor(stored, txid), curr: value };
}

/** Storm's message also says where the value lies in the memory, which differs each time. */
function requireNotBehind({ currTxid, curr, prev }: OpaqueValue, txid: number): void {
  if (currTxid <= txid) return;
  const shown = `org.apache.storm.trident.state.OpaqueValue[currTxid=${currTxid},prev=${prev ?? '<null>'},curr=${curr ?? '<null>'}]`;
  throw new Error(`Current batch (${txid}) is behind state's batch: ${shown}`);
}
