/** The bench of Trident's coordinator: who gives out batches, in which order, and when. */
import * as v from 'valibot';
import {
  onAck,
  onFail,
  openCoordinator,
  sync,
  type MasterBatchCoordinator,
} from '../../trident/masterBatchCoordinator.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural } from '../schemas.ts';

interface CoordinatorBench {
  coordinator: MasterBatchCoordinator;
}

const attempt = { txid: natural, attempt: natural, nowMs: natural };

export const masterBatchCoordinator = benchOf({
  component: 'storm/master-batch-coordinator',
  meaning:
    'MasterBatchCoordinator of a Trident topology. Configuration: topology.max.spout.pending and topology.trident.batch.emit.interval.millis. Steps: next, ack, fail, restart at a time; activate, deactivate; ready, whether the spout has something to emit. Answers: what it emits on $batch, $commit and $success.',
  config: v.strictObject({
    'topology.max.spout.pending': v.optional(natural, 1),
    'topology.trident.batch.emit.interval.millis': v.optional(natural, 500),
  }),
  step: v.variant('do', [
    v.strictObject({ do: v.picklist(['next', 'restart']), nowMs: natural }),
    v.strictObject({ do: v.picklist(['ack', 'fail']), ...attempt }),
    v.strictObject({ do: v.picklist(['activate', 'deactivate']) }),
    v.strictObject({ do: v.literal('ready'), is: v.boolean() }),
  ]),
  create: (config): CoordinatorBench => ({
    coordinator: openCoordinator(
      config['topology.max.spout.pending'],
      config['topology.trident.batch.emit.interval.millis'],
      0,
    ),
  }),
  play(bench, step) {
    const { coordinator } = bench;
    switch (step.do) {
      case 'next':
        return sync(coordinator, step.nowMs);
      case 'ack':
        return onAck(coordinator, step, step.nowMs);
      case 'fail':
        return onFail(coordinator, step, step.nowMs);
      case 'activate':
      case 'deactivate':
        coordinator.isActive = step.do === 'activate';
        return [];
      case 'ready':
        coordinator.isSpoutReady = step.is;
        return [];
      case 'restart': {
        const { maxTransactionActive, emitIntervalMs, stored, isSpoutReady } = coordinator;
        bench.coordinator = {
          ...openCoordinator(maxTransactionActive, emitIntervalMs, step.nowMs, stored),
          isSpoutReady,
        };
        return [];
      }
    }
  },
});
