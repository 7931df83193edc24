/**
 * `org.apache.storm.trident.state.OpaqueValue` (Storm 2.8.8): a value that remembers what it was before
 * the newest batch, so that this batch may be applied once more with other content.
 */

export interface OpaqueValue {
  readonly txid: number;
  readonly current: number;
  readonly previous: number | null;
}

/** The value that a batch builds on; null for none. @throws if the state is ahead of the batch */
export function valueFor(stored: OpaqueValue, txid: number): number | null {
  requireNotBehind(stored, txid);
  return stored.txid < txid ? stored.current : stored.previous;
}

/** The stored value after the batch. @throws if the state is ahead of the batch */
export function updated(stored: OpaqueValue, txid: number, value: number): OpaqueValue {
  requireNotBehind(stored, txid);
  const previous = stored.txid < txid ? stored.current : stored.previous;
  return { txid, current: value, previous };
}

function requireNotBehind({ txid, current, previous }: OpaqueValue, batch: number): void {
  if (txid <= batch) return;
  const shown = `OpaqueValue[currTxid=${String(txid)},prev=${String(previous)},curr=${String(current)}]`;
  throw new Error(`Current batch (${String(batch)}) is behind state's batch: ${shown}`);
}
