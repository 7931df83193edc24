/** A bench of producers with transactions on one partition, and of what readers see of them. */
import * as v from 'valibot';
import {
  type AbortedTransaction,
  committedOnly,
  type FetchedRecord,
} from '../../../clients/kafka/readCommitted.ts';
import {
  createTransactionManager,
  recordsToSend,
  sendProblem,
  type TransactionManager,
  transitionTo,
} from '../../../clients/kafka/transactionManager.ts';
import { present } from '../../../kernel/assert.ts';
import { benchOf } from '../../../kernel/bench.ts';
import {
  appendMarker,
  appendRecords,
  commitUpTo,
  createTransactionLog,
  lastStableOffset,
  type TransactionLog,
} from '../log/lastStableOffset.ts';
import { fencing, initProducer, type TransactionCoordinator } from '../transactions/coordinator.ts';

const PARTITION = 't-0';

interface WrittenRecord extends FetchedRecord {
  readonly value: string;
}

interface TransactionsBench {
  readonly producers: ReadonlyMap<string, TransactionManager>;
  readonly coordinator: TransactionCoordinator;
  readonly log: TransactionLog;
  readonly records: WrittenRecord[];
  readonly aborted: AbortedTransaction[];
}

export const transactions = benchOf({
  component: 'kafka/transactions',
  meaning:
    'Producers with a transactional.id on one partition. Configuration: producers, each name’s transactional.id. Steps: init, begin, send, commit and abort, by a producer; read, with an isolation.level. Answers: ok, the offset, or the message with which it is refused; of read the records as [offset, value], and where the reader stands then.',
  config: v.strictObject({ producers: v.record(v.string(), v.string()) }),
  step: v.variant('call', [
    v.strictObject({
      call: v.picklist(['init', 'begin', 'commit', 'abort']),
      producer: v.string(),
    }),
    v.strictObject({ call: v.literal('send'), producer: v.string(), value: v.string() }),
    v.strictObject({
      call: v.literal('read'),
      'isolation.level': v.picklist(['read_committed', 'read_uncommitted']),
    }),
  ]),
  create: ({ producers }): TransactionsBench => ({
    producers: new Map(
      Object.entries(producers).map(([name, id]) => [name, createTransactionManager(id)]),
    ),
    coordinator: new Map(),
    log: createTransactionLog(),
    records: [],
    aborted: [],
  }),
  play(bench, step) {
    if (step.call === 'read') return read(bench, step['isolation.level']);
    const manager = present(bench.producers.get(step.producer), 'a producer of the configuration');
    if (step.call === 'send') return send(bench, manager, step.value);
    const refused = act(bench, manager, step.call);
    return refused === null ? 'ok' : { refused };
  },
});

function act(
  bench: TransactionsBench,
  manager: TransactionManager,
  call: 'init' | 'begin' | 'commit' | 'abort',
): string | null {
  if (call === 'begin') return transitionTo(manager, 'IN_TRANSACTION');
  if (call === 'init') {
    const refused = transitionTo(manager, 'INITIALIZING');
    if (refused !== null) return refused;
    const { producerId, epoch } = initProducer(bench.coordinator, manager.transactionalId);
    end(bench, producerId, 'abort');
    Object.assign(manager, { producerId, epoch });
    return transitionTo(manager, 'READY');
  }
  const wanted = call === 'commit' ? 'COMMITTING_TRANSACTION' : 'ABORTING_TRANSACTION';
  const refused = transitionTo(manager, wanted);
  if (refused !== null) return refused;
  const fenced = fencing(bench.coordinator, manager.transactionalId, manager.epoch);
  if (fenced !== null) {
    transitionTo(manager, 'FATAL_ERROR');
    return fenced;
  }
  end(bench, manager.producerId, call);
  return transitionTo(manager, 'READY');
}

/** Writes the marker, where the transaction has written anything. There is one replica, so all is committed at once. */
function end(
  { log, records, aborted }: TransactionsBench,
  producerId: number,
  how: 'commit' | 'abort',
) {
  const open = log.transactions.find(
    (transaction) => transaction.producerId === producerId && transaction.markerOffset === null,
  );
  if (!open) return;
  const offset = appendMarker(log, producerId);
  records.push({ offset, producerId, marker: how, value: '' });
  if (how === 'abort') aborted.push({ producerId, firstOffset: open.firstOffset });
  commitUpTo(log, log.endOffset);
}

function send(bench: TransactionsBench, manager: TransactionManager, value: string) {
  const refused = sendProblem(manager, PARTITION);
  if (refused !== null) {
    manager.held = [...manager.held, value];
    return { refused };
  }
  const { log, records } = bench;
  const { producerId } = manager;
  for (const written of recordsToSend(manager, value)) {
    records.push({ offset: appendRecords(log, 1, producerId), producerId, value: written });
  }
  commitUpTo(log, log.endOffset);
  return log.endOffset - 1;
}

function read({ log, records, aborted }: TransactionsBench, isolation: string) {
  const isCommitted = isolation === 'read_committed';
  const end = isCommitted ? lastStableOffset(log) : log.highWatermark;
  const fetched = records.filter(({ offset }) => offset < end);
  const inOrder = aborted.toSorted((a, b) => a.firstOffset - b.firstOffset);
  const seen = committedOnly(fetched, isCommitted ? inOrder : []);
  return [seen.map(({ offset, value }) => [offset, value]), end];
}
