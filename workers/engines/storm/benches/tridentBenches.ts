/** Benches of Trident: its coordinator, its states, and which spout fits which state. */
import * as v from 'valibot';
import { isExactlyOnce } from '../trident/exactlyOnce.ts';
import { applyBatch, createTridentState, currentValues } from '../trident/mapStates.ts';
import {
  onAck,
  onFail,
  openCoordinator,
  sync,
  type MasterBatchCoordinator,
} from '../trident/masterBatchCoordinator.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { natural } from './schemas.ts';

interface CoordinatorBench {
  readonly emitIntervalMs: number;
  readonly maxSpoutPending: number;
  coordinator: MasterBatchCoordinator;
}

const attempt = { txid: natural, attempt: natural, nowMs: natural };

export const masterBatchCoordinator = benchOf({
  component: 'storm/master-batch-coordinator',
  meaning:
    'MasterBatchCoordinator of a Trident topology. Configuration: topology.max.spout.pending and topology.trident.batch.emit.interval.millis. Steps: next, ack, fail, restart at a time. Answers: what it emits on $batch, $commit and $success.',
  config: v.strictObject({
    'topology.max.spout.pending': v.optional(natural, 1),
    'topology.trident.batch.emit.interval.millis': v.optional(natural, 500),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['next', 'restart']), nowMs: natural }),
    v.strictObject({ do: v.picklist(['ack', 'fail']), ...attempt }),
  ]),
  create(config): CoordinatorBench {
    const maxSpoutPending = config['topology.max.spout.pending'];
    const emitIntervalMs = config['topology.trident.batch.emit.interval.millis'];
    const coordinator = openCoordinator(maxSpoutPending, emitIntervalMs, 0);
    return { emitIntervalMs, maxSpoutPending, coordinator };
  },
  play(bench, step) {
    const { coordinator, maxSpoutPending, emitIntervalMs } = bench;
    switch (step.do) {
      case 'next':
        return sync(coordinator, step.nowMs);
      case 'ack':
        return onAck(coordinator, step, step.nowMs);
      case 'fail':
        return onFail(coordinator, step, step.nowMs);
      case 'restart':
        bench.coordinator = openCoordinator(
          maxSpoutPending,
          emitIntervalMs,
          step.nowMs,
          coordinator.stored,
        );
        return [];
    }
  },
});

export const tridentState = benchOf({
  component: 'storm/trident-state',
  meaning:
    'One map state of Trident. Configuration: kind. Each step is a batch in its commit phase: txid and updates [key, amount]. Answers: the value after each update, and all values.',
  config: v.strictObject({
    kind: v.picklist(['NonTransactionalMap', 'TransactionalMap', 'OpaqueMap']),
  }),
  step: v.strictObject({ txid: natural, updates: v.array(v.tuple([v.string(), v.number()])) }),
  create: ({ kind }) => createTridentState(kind),
  play: (state, { txid, updates }) => ({
    after: applyBatch(state, txid, updates),
    values: [...currentValues(state)],
  }),
});

const kinds = v.picklist(['non-transactional', 'transactional', 'opaque']);

export const tridentGuarantee = benchOf({
  component: 'storm/trident-guarantee',
  meaning: 'Each step is a spout and a state; the answer is whether the state is exactly once.',
  config: v.strictObject({}),
  step: v.strictObject({ spout: kinds, state: kinds }),
  create: () => null,
  play: (_, { spout, state }) => isExactlyOnce(spout, state),
});
