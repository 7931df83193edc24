/**
 * A whole job in little, on a bench: a source with its offset, a count for each key, and two sinks, one that shows its
 * results at once and one that writes them in transactions. A failure takes all of them back to the last checkpoint.
 */
import * as v from 'valibot';
import {
  commitUpTo,
  createTwoPhaseCommit,
  preCommit,
  recoverAndCommit,
  write,
  type Transaction,
  type TwoPhaseCommit,
} from '../checkpoints/twoPhaseCommit.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { small } from './schemas.ts';

/** What the tasks of one attempt hold. */
interface Attempt {
  offset: number;
  readonly counts: Map<string, number>;
  readonly sink: TwoPhaseCommit<string>;
}

interface Snapshot {
  readonly offset: number;
  readonly counts: ReadonlyMap<string, number>;
  readonly transactions: readonly Transaction<string>[];
}

interface Job {
  /** What the source can read, for ever. */
  readonly records: string[];
  attempt: Attempt;
  failures: number;
  checkpoints: number;
  completed: Snapshot | null;
}

const NOTHING: Snapshot = { offset: 0, counts: new Map(), transactions: [] };

const duration = v.pipe(v.string(), v.regex(/^\d+ (d|h|min|s|ms)$/u));

export const jobBench = benchOf({
  component: 'flink/job',
  meaning:
    'A job that counts its records by key. Steps: {record, fails?} (whether it makes the job fail once before it is ' +
    'counted), {checkpoint: true} (one is taken and completes). Answers: what a plain sink shows, what a transactional sink ' +
    'commits, and the state of the job.',
  config: v.strictObject({
    'execution.checkpointing.interval': v.optional(duration),
    'execution.checkpointing.min-pause': v.optional(duration),
    'restart-strategy.type': v.optional(v.picklist(['fixed-delay', 'none']), 'none'),
    'restart-strategy.fixed-delay.attempts': v.optional(small, 1),
    'restart-strategy.fixed-delay.delay': v.optional(duration),
  }),
  step: v.union([
    v.strictObject({ record: v.string(), fails: v.optional(v.boolean(), false) }),
    v.strictObject({ checkpoint: v.literal(true) }),
  ]),
  create: (): Job => ({
    records: [],
    attempt: attemptFrom(NOTHING),
    failures: 0,
    checkpoints: 0,
    completed: null,
  }),
  play(job, step, config) {
    if ('checkpoint' in step) return { shown: [], committed: checkpoint(job), job: 'RUNNING' };
    job.records.push(step.record);
    let committed: string[] = [];
    if (step.fails) {
      job.failures++;
      const attempts = config['restart-strategy.fixed-delay.attempts'];
      if (config['restart-strategy.type'] === 'none' || job.failures > attempts)
        return { shown: [], committed, job: 'FAILED' };
      const restored = job.completed ?? NOTHING;
      job.attempt = attemptFrom(restored);
      committed = recoverAndCommit(restored.transactions);
    }
    return { shown: run(job), committed, job: 'RUNNING' };
  },
});

function attemptFrom({ offset, counts }: Snapshot): Attempt {
  return { offset, counts: new Map(counts), sink: createTwoPhaseCommit() };
}

/** Reads on to the last record. @returns what a plain sink shows meanwhile */
function run({ records, attempt }: Job): string[] {
  const shown: string[] = [];
  for (const record of records.slice(attempt.offset)) {
    const count = (attempt.counts.get(record) ?? 0) + 1;
    attempt.counts.set(record, count);
    attempt.offset++;
    const result = `${record}=${String(count)}`;
    shown.push(result);
    write(attempt.sink, result);
  }
  return shown;
}

/** Takes a checkpoint and tells the sink that it is complete. @returns what that makes visible */
function checkpoint(job: Job): string[] {
  const { offset, counts, sink } = job.attempt;
  const id = ++job.checkpoints;
  job.completed = { offset, counts: new Map(counts), transactions: preCommit(sink, id) };
  return commitUpTo(sink, id);
}
