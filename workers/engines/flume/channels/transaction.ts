/**
 * The life of a channel transaction (`BasicTransactionSemantics`, Flume 1.11.0): begin, work, then
 * commit or rollback. Calls out of order are the programmer's error and throw; a failed commit leaves
 * the transaction open, so that its owner has to roll back. Closing it decides nothing and is left out.
 */
import { assert } from '../../../kernel/assert.ts';
import type { FlumeEvent } from '../event.ts';

export interface Transaction {
  state: 'NEW' | 'OPEN' | 'COMPLETED';
  puts: FlumeEvent[];
  takes: FlumeEvent[];
  /** Units of 100 bytes of body, for the memory channel. */
  putByteUnits: number;
  takeByteUnits: number;
  /** The file channel's transaction id. */
  id: number;
}

/** A channel's answer; null, from an empty one, is not yet an answer for a taker that is willing to wait. */
export type Take = FlumeEvent | null | { readonly refused: string };

export type Commit = 'committed' | { readonly refused: string };

export function createTransaction(id: number): Transaction {
  return { state: 'NEW', puts: [], takes: [], putByteUnits: 0, takeByteUnits: 0, id };
}

type Call = 'begin()' | 'put()' | 'take()' | 'commit()' | 'rollback()';

/** Where the real one throws an `IllegalStateException` with this message. */
export function checkCall(transaction: Transaction, call: Call): void {
  const required = call === 'begin()' ? 'NEW' : 'OPEN';
  // Asked for every event, so the message is put together only when it is needed.
  if (transaction.state === required) return;
  assert(false, `${call} called when transaction is ${transaction.state}!`);
}
