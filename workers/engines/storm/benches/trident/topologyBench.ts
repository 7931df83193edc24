/** The bench of a whole Trident word count: one of three spouts, one of three states, and attempts that fail. */
import * as v from 'valibot';
import {
  beginCommit,
  createTridentState,
  multiUpdate,
  type TridentState,
} from '../../trident/mapStates.ts';
import {
  onAck,
  onFail,
  openCoordinator,
  sync,
  type Emission,
  type MasterBatchCoordinator,
  type TransactionAttempt,
} from '../../trident/masterBatchCoordinator.ts';
import {
  commitBatch,
  emitBatch,
  onSuccess,
  openPartitionedSpout,
} from '../../trident/partitionedSpout.ts';
import {
  createRichSpoutBatches,
  emitRichSpoutBatch,
  onRichSpoutSuccess,
} from '../../trident/richSpoutBatches.ts';
import { assert } from '../../../../kernel/assert.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';
import { storedIn } from './stateBench.ts';

interface Spout {
  emit(tx: TransactionAttempt, finds: number): string[];
  commit(tx: TransactionAttempt): void;
  succeed(tx: TransactionAttempt): void;
}

interface TopologyBench {
  readonly spout: Spout;
  readonly state: TridentState;
  readonly coordinator: MasterBatchCoordinator;
  nowMs: number;
  /** What the coordinator emitted last: the attempt that comes next. */
  emissions: Emission[];
}

const attempt = v.strictObject({
  finds: natural,
  ends: v.picklist(['well', 'fails while processed', 'fails after the state was written']),
});

export const tridentTopology = benchOf({
  component: 'storm/trident-topology',
  meaning:
    'A word count in Trident: a spout over one partition of records, groupBy and persistentAggregate with Count, one batch in flight. Configuration: spout, state and the records that are there. Each step is an attempt of a batch: how many records it finds, and how it ends. Answers: which attempt it is, what it emitted, and what is stored after it. A spout that is not transactional emits failed records again, after those that wait.',
  config: v.strictObject({
    spout: v.picklist(['non-transactional', 'transactional', 'opaque']),
    state: v.picklist(['NonTransactionalMap', 'TransactionalMap', 'OpaqueMap']),
    records: v.array(v.string()),
  }),
  step: attempt,
  create: ({ spout, state, records }): TopologyBench => {
    const coordinator = openCoordinator(1, 500, 0);
    return {
      spout: spout === 'non-transactional' ? richSpout(records) : partitionedSpout(spout, records),
      state: createTridentState(state),
      coordinator,
      nowMs: 0,
      emissions: sync(coordinator, 0),
    };
  },
  play(bench, { finds, ends }) {
    const { spout, state } = bench;
    const tx = bench.emissions.find(({ stream }) => stream === '$batch');
    assert(tx !== undefined, 'the coordinator gives out a batch when the one before has ended');
    const { txid } = tx;
    const emitted = spout.emit(tx, finds);
    if (ends !== 'fails while processed') {
      advance(bench, onAck, tx);
      spout.commit(tx);
      multiUpdate(beginCommit(state, txid), counted(emitted));
    }
    advance(bench, ends === 'well' ? onAck : onFail, tx);
    if (ends === 'well') spout.succeed(tx);
    return { txid, attempt: tx.attempt, emitted, stored: storedIn(state) };
  },
});

/** Longer apart than the emit interval, so that the next batch is due. */
const stepMs = 1000;

function advance(bench: TopologyBench, on: typeof onAck, tx: TransactionAttempt): void {
  bench.nowMs += stepMs;
  bench.emissions = on(bench.coordinator, tx, bench.nowMs);
}

function counted(words: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts];
}

function partitionedSpout(kind: 'transactional' | 'opaque', records: readonly string[]): Spout {
  const spout = openPartitionedSpout(kind, 0, 1);
  return {
    emit(tx, finds) {
      const ranges = emitBatch(spout, tx, ['p0'], (_, from) => ({
        from,
        to: Math.min(from + finds, records.length),
      }));
      return [...ranges.values()].flatMap(({ from, to }) => records.slice(from, to));
    },
    commit(tx) {
      if (kind === 'opaque') commitBatch(spout, tx);
    },
    succeed: (tx) => onSuccess(spout, tx),
  };
}

function richSpout(records: readonly string[]): Spout {
  const waiting = [...records];
  let left = 0;
  const batches = createRichSpoutBatches<string>(
    {
      nextTuple: () => (left-- > 0 ? (waiting.shift() ?? null) : null),
      ack: () => {},
      fail: (record) => waiting.push(record),
    },
    1000,
  );
  return {
    emit({ txid }, finds) {
      left = finds;
      return emitRichSpoutBatch(batches, txid).emitted;
    },
    commit: () => {},
    succeed: ({ txid }) => onRichSpoutSuccess(batches, txid),
  };
}
