/** The bench of a Trident bolt's bookkeeping: when a batch is complete, and when it fails. */
import * as v from 'valibot';
import {
  createBatchTracking,
  onCommit,
  onReport,
  onTick,
  onTuple,
  type BatchHappening,
  type BatchTracking,
} from '../../trident/batchTracking.ts';
import { benchOf } from '../../../../kernel/bench.ts';
import { natural, naturals } from '../schemas.ts';

interface BoltBench {
  readonly tracking: BatchTracking<number>;
  steps: number;
  /** The bolt throws FailedException when the batch ends, as a state does that cannot write. */
  failsAtTheEnd: boolean;
}

const attempt = { txid: natural, attempt: natural };

export const tridentBolt = benchOf({
  component: 'storm/trident-bolt',
  meaning:
    'TridentBoltExecutor of one task. Configuration: sources, how many tasks report to it; commits, whether it waits for the commit; targets, the tasks to which it reports; topology.message.timeout.secs. Steps: tuple of an attempt, which the bolt sends to a task or at which it fails, now or at the end of the batch; report of how many tuples a source has sent; commit; tick at a time. Answers: what it acks and fails (numbers of steps), finishes, and reports, in order.',
  config: v.strictObject({
    sources: natural,
    commits: v.boolean(),
    targets: naturals,
    'topology.message.timeout.secs': v.optional(natural, 30),
  }),
  step: v.variant('do', [
    v.strictObject({
      do: v.literal('tuple'),
      ...attempt,
      to: v.optional(natural),
      fails: v.optional(v.boolean(), false),
      failsAtTheEnd: v.optional(v.boolean(), false),
    }),
    v.strictObject({ do: v.literal('report'), ...attempt, tuples: natural }),
    v.strictObject({ do: v.literal('commit'), ...attempt }),
    v.strictObject({ do: v.literal('tick'), nowMs: natural }),
  ]),
  create: (config): BoltBench => ({
    tracking: createBatchTracking(
      config.sources,
      config.commits,
      config.targets,
      config['topology.message.timeout.secs'] * 1000,
    ),
    steps: 0,
    failsAtTheEnd: false,
  }),
  play(bench, step) {
    const { tracking } = bench;
    bench.steps += 1;
    const out: BatchHappening<number>[] = [];
    if (step.do === 'tick') {
      onTick(tracking, step.nowMs);
      return [];
    }
    if (step.do === 'tuple') bench.failsAtTheEnd = step.failsAtTheEnd;
    const arrival = { tx: step, tuple: bench.steps, canFinish: !bench.failsAtTheEnd };
    switch (step.do) {
      case 'tuple': {
        const execution = step.fails ? null : { sentTo: step.to === undefined ? [] : [step.to] };
        onTuple(tracking, arrival, execution, out);
        break;
      }
      case 'report':
        onReport(tracking, arrival, step.tuples, out);
        break;
      case 'commit':
        onCommit(tracking, arrival, out);
        break;
    }
    return out.map(told);
  },
});

function told(happening: BatchHappening<number>): (string | number)[] {
  switch (happening.kind) {
    case 'ack':
    case 'fail':
      return [happening.kind, happening.tuple];
    case 'finish':
      return ['finish', `${happening.tx.txid}:${happening.tx.attempt}`];
    case 'report':
      return ['report', happening.task, happening.tuples];
  }
}
