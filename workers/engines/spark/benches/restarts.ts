// Programs with a checkpoint, on a bench: how often it is written, and what is done again after a restart from it.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import {
  defaultCheckpointInterval,
  mapWithStateCheckpointInterval,
  refuseCheckpoint,
} from '../scheduling/checkpointInterval.ts';
import {
  createJobScheduler,
  finishJob,
  pendingTimes,
  startNextJob,
  submitJobSet,
  type JobScheduler,
} from '../scheduling/jobScheduler.ts';
import { recover } from '../scheduling/recovery.ts';
import { ownRemember } from '../scheduling/remember.ts';
import { benchOf, duration, refuse } from './component.ts';

const records = v.array(v.number());

/** A program that keeps the sum of all records; its source can tell every batch again. */
interface Program {
  readonly batchIntervalMs: number;
  readonly outputs: number;
  readonly batches: number[][];
  scheduler: JobScheduler;
}

const restarts = benchOf({
  name: 'restart',
  meaning:
    'A program that outputs the sum of all records so far, with so many outputs. A step is a batch and what the job of its ' +
    'first output does, or a restart from the checkpoint after batches that came while the driver was down; the answer ' +
    'is what the first output told since the step before.',
  config: v.strictObject({ batchIntervalMs: duration, outputs: whole(1, 10) }),
  step: v.variant('kind', [
    v.strictObject({
      kind: v.literal('batch'),
      records,
      job: v.picklist(['succeeds', 'fails', 'hangs']),
    }),
    v.strictObject({ kind: v.literal('restart'), missed: v.array(records) }),
  ]),
  start: (config): Program => ({ ...config, batches: [], scheduler: createJobScheduler(1) }),
  play(program, step) {
    const { batches, batchIntervalMs } = program;
    if (step.kind === 'batch') {
      batches.push(step.records);
      submit(program, batches.length * batchIntervalMs);
      return runJobs(program, step.job);
    }
    const checkpointTimeMs = batches.length * batchIntervalMs;
    const pendingTimesMs = pendingTimes(program.scheduler);
    batches.push(...step.missed);
    const { rescheduleMs } = recover(
      { zeroTimeMs: 0, checkpointTimeMs, pendingTimesMs },
      batchIntervalMs,
      batches.length * batchIntervalMs,
    );
    program.scheduler = createJobScheduler(1);
    for (const batchMs of rescheduleMs) submit(program, batchMs);
    return runJobs(program, 'succeeds');
  },
});

function submit({ scheduler, outputs }: Program, batchMs: number): void {
  submitJobSet(scheduler, batchMs, outputs, 0, batchMs * 1000);
}

/** Runs the jobs that wait, as far as one that hangs lets them. */
function runJobs(program: Program, firstOutput: 'succeeds' | 'fails' | 'hangs') {
  const { scheduler, batches, batchIntervalMs } = program;
  const told: { batchMs: number; total: number }[] = [];
  for (;;) {
    const job = startNextJob(scheduler, 0);
    const isFirst = job?.outputOpId === 0;
    if (job === null || (isFirst && firstOutput === 'hangs')) return told;
    const succeeds = !isFirst || firstOutput === 'succeeds';
    if (isFirst && succeeds) {
      const upToNow = batches.slice(0, job.batchMs / batchIntervalMs).flat();
      told.push({ batchMs: job.batchMs, total: upToNow.reduce((x, y) => x + y, 0) });
    }
    finishJob(scheduler, job, succeeds, 0);
  }
}

const STREAMS = {
  updateStateByKey: { className: 'StateDStream', fallback: defaultCheckpointInterval },
  reduceByKeyAndWindow: {
    className: 'ReducedWindowedDStream',
    fallback: defaultCheckpointInterval,
  },
  mapWithState: {
    className: 'InternalMapWithStateDStream',
    fallback: mapWithStateCheckpointInterval,
  },
} as const;

const intervals = benchOf({
  name: 'checkpoint-interval',
  meaning:
    'How often a stateful stream is checkpointed, and how long it remembers. A step is a program with one such operator.',
  config: v.strictObject({ checkpointDirectory: v.boolean() }),
  step: v.strictObject({
    operator: v.picklist(['updateStateByKey', 'reduceByKeyAndWindow', 'mapWithState']),
    slideMs: duration,
    /** What the program asks for by `checkpoint(interval)`. */
    checkpointIntervalMs: v.nullable(duration),
    /** What the program asks for by `ssc.remember`. */
    rememberMs: v.nullable(duration),
  }),
  start: ({ checkpointDirectory }) => checkpointDirectory,
  play(directorySet, { operator, slideMs, checkpointIntervalMs, rememberMs: asked }) {
    const { className, fallback } = STREAMS[operator];
    const checkpointMs = checkpointIntervalMs ?? fallback(slideMs);
    const rememberMs = Math.max(ownRemember(slideMs, checkpointMs), asked ?? 0);
    const stream = { className, slideMs, checkpointMs, rememberMs, directorySet };
    refuse(refuseCheckpoint(stream)?.message ?? null);
    return { checkpointIntervalMs: checkpointMs, rememberMs };
  },
});

export const restartBenches = [restarts, intervals];
