import { describe, expect, it } from 'vitest';
import { committedOnly } from '../../../workers/clients/kafka/readCommitted.ts';
import {
  createTransactionManager,
  recordsToSend,
  sendProblem,
  transitionTo,
} from '../../../workers/clients/kafka/transactionManager.ts';
import {
  fencing,
  initProducer,
  type TransactionCoordinator,
} from '../../../workers/engines/kafka/transactions/coordinator.ts';

describe('a producer with transactions', () => {
  it('goes from state to state, and says where it may not', () => {
    const manager = createTransactionManager('one');
    expect(transitionTo(manager, 'IN_TRANSACTION')).toBe(
      'TransactionalId one: Invalid transition attempted from state UNINITIALIZED to state IN_TRANSACTION',
    );
    expect(manager.state).toBe('UNINITIALIZED');
    expect(transitionTo(manager, 'INITIALIZING')).toBeNull();
    expect(transitionTo(manager, 'READY')).toBeNull();
    expect(sendProblem({ ...manager, producerId: 0 }, 't-0')).toContain('in state  READY');
  });

  it('sends what it refused once it may', () => {
    const manager = { ...createTransactionManager('one'), held: ['a'] };
    expect(recordsToSend(manager, 'b')).toEqual(['a', 'b']);
    expect(recordsToSend(manager, 'c')).toEqual(['c']);
  });

  it('is fenced off by the next one of its name', () => {
    const coordinator: TransactionCoordinator = new Map();
    const first = initProducer(coordinator, 'one');
    expect(fencing(coordinator, 'one', first.epoch)).toBeNull();
    expect(initProducer(coordinator, 'one')).toEqual({ producerId: 0, epoch: 1 });
    expect(initProducer(coordinator, 'two')).toEqual({ producerId: 1, epoch: 0 });
    expect(fencing(coordinator, 'one', first.epoch)).toContain('There is a newer producer');
  });
});

describe('C20 testReadCommittedWithCommittedAndAbortedTransactions', () => {
  it('delivers what was committed', () => {
    const of = (producerId: number, offset: number) => ({ producerId, offset });
    const marker = (producerId: number, offset: number, how: 'commit' | 'abort') => ({
      producerId,
      offset,
      marker: how,
    });
    const records = [
      ...[of(1, 0), of(1, 1), of(2, 2), marker(1, 3, 'commit'), of(2, 4)],
      ...[marker(2, 5, 'abort'), of(1, 6), of(2, 7), of(1, 8)],
      ...[marker(1, 9, 'abort'), marker(2, 10, 'commit')],
    ];
    const aborted = [
      { producerId: 2, firstOffset: 2 },
      { producerId: 1, firstOffset: 6 },
    ];
    expect(committedOnly(records, aborted).map(({ offset }) => offset)).toEqual([0, 1, 7]);
    expect(committedOnly(records, []).map(({ offset }) => offset)).toEqual([0, 1, 2, 4, 6, 7, 8]);
  });
});
