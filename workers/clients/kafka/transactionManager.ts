/**
 * What a producer with a `transactional.id` may do when (`TransactionManager`, 3.9), and in which words it is refused.
 *
 * A component of its own: the producers of the engine have no transactions. Left out: retries, timeouts, offsets that
 * are sent with a transaction.
 */

export type TransactionState =
  | 'UNINITIALIZED'
  | 'INITIALIZING'
  | 'READY'
  | 'IN_TRANSACTION'
  | 'COMMITTING_TRANSACTION'
  | 'ABORTING_TRANSACTION'
  | 'FATAL_ERROR';

export interface TransactionManager {
  readonly transactionalId: string;
  state: TransactionState;
  producerId: number;
  epoch: number;
  /** Values that were sent at the wrong time: refused, and still in the producer's memory. */
  held: readonly string[];
}

/** Which states may go before. */
const sources: Readonly<Record<TransactionState, readonly TransactionState[]>> = {
  UNINITIALIZED: ['READY'],
  INITIALIZING: ['UNINITIALIZED', 'ABORTING_TRANSACTION'],
  READY: ['INITIALIZING', 'COMMITTING_TRANSACTION', 'ABORTING_TRANSACTION'],
  IN_TRANSACTION: ['READY'],
  COMMITTING_TRANSACTION: ['IN_TRANSACTION'],
  ABORTING_TRANSACTION: ['IN_TRANSACTION'],
  FATAL_ERROR: ['INITIALIZING', 'READY', 'COMMITTING_TRANSACTION', 'ABORTING_TRANSACTION'],
};

export function createTransactionManager(transactionalId: string): TransactionManager {
  return { transactionalId, state: 'UNINITIALIZED', producerId: -1, epoch: -1, held: [] };
}

/** Goes on to a state. @returns the message of the real exception where that may not be, or null */
export function transitionTo(manager: TransactionManager, state: TransactionState): string | null {
  const { transactionalId, state: before } = manager;
  if (!sources[state].includes(before)) {
    return `TransactionalId ${transactionalId}: Invalid transition attempted from state ${before} to state ${state}`;
  }
  manager.state = state;
  return null;
}

/** Why a record may not be sent now, or null. The two blanks are the real ones. */
export function sendProblem({ state, producerId }: TransactionManager, partition: string) {
  if (producerId < 0) {
    return `Cannot add partition ${partition} to transaction before completing a call to initTransactions`;
  }
  if (state === 'IN_TRANSACTION') return null;
  return `Cannot add partition ${partition} to transaction while in state  ${state}`;
}

/**
 * The records that go out with a value. Those that were refused before have been waiting in front of it: the real
 * producer puts a record into its batch before it finds that it may not.
 */
export function recordsToSend(manager: TransactionManager, value: string): readonly string[] {
  const values = [...manager.held, value];
  manager.held = [];
  return values;
}
