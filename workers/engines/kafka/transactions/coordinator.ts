/**
 * How the transaction coordinator tells producers of the same name apart (`TransactionCoordinator`, 3.9): each that
 * begins gets the next epoch, and whoever comes with an earlier one is fenced off.
 *
 * A component of its own: transactions do not run in the engine.
 */

export interface TransactionalProducer {
  readonly producerId: number;
  readonly epoch: number;
}

/** By `transactional.id`. */
export type TransactionCoordinator = Map<string, TransactionalProducer>;

/** `initTransactions` reaches the coordinator. A transaction that the former one left open is to be aborted. */
export function initProducer(
  coordinator: TransactionCoordinator,
  transactionalId: string,
): TransactionalProducer {
  const known = coordinator.get(transactionalId);
  const producer = known
    ? { producerId: known.producerId, epoch: known.epoch + 1 }
    : { producerId: coordinator.size, epoch: 0 };
  coordinator.set(transactionalId, producer);
  return producer;
}

/** The message of the real `ProducerFencedException`, or null for the newest producer of its name. */
export function fencing(
  coordinator: TransactionCoordinator,
  transactionalId: string,
  epoch: number,
): string | null {
  const newest = coordinator.get(transactionalId)?.epoch ?? epoch;
  if (epoch >= newest) return null;
  return 'There is a newer producer with the same transactionalId which fences the current one.';
}
