// When batches happen and are run, on a bench: timers, slices of a stream, what is remembered, jobs in line.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import { firstTick, isTimeValid, restartTick } from '../scheduling/batchTimes.ts';
import {
  createJobScheduler,
  finishJob,
  pendingTimes,
  startNextJob,
  submitJobSet,
  type Job,
  type JobScheduler,
} from '../scheduling/jobScheduler.ts';
import { isForgotten, ownRemember, parentRemember } from '../scheduling/remember.ts';
import { slice, windowAt } from '../windows/windowTimes.ts';
import { benchOf, duration, refuse } from './component.ts';

const moment = whole(0, 1_000_000_000_000);

const timer = benchOf({
  name: 'recurring-timer',
  meaning:
    'The timer of batches and blocks. A step is a moment at which it starts, or starts again on the grid of an earlier ' +
    'start; the answer is its first tick.',
  config: v.strictObject({ periodMs: duration }),
  step: v.strictObject({ nowMs: moment, originalStartMs: v.nullable(moment) }),
  start: ({ periodMs }) => periodMs,
  play: (periodMs, { nowMs, originalStartMs }) =>
    originalStartMs === null
      ? firstTick(nowMs, periodMs)
      : restartTick(nowMs, originalStartMs, periodMs),
});

const slices = benchOf({
  name: 'slice',
  meaning:
    'slice(from, to) of a stream after so many batches. A step is an interval; the answer is the times of the RDDs in it.',
  config: v.strictObject({ batchIntervalMs: duration, batches: whole(0, 1000) }),
  step: v.strictObject({ fromMs: moment, toMs: moment }),
  start: (config) => config,
  play: ({ batchIntervalMs, batches }, { fromMs, toMs }) =>
    slice(
      { beginMs: fromMs, endMs: Math.min(toMs, batches * batchIntervalMs) },
      0,
      batchIntervalMs,
    ),
});

/** A stream with the batch times whose RDDs it still has. */
interface RememberingStream {
  readonly slideMs: number;
  /** Null for the source. */
  readonly windowMs: number | null;
  rememberMs: number;
  readonly rdds: Set<number>;
}

const remembers = benchOf({
  name: 'remember',
  meaning:
    'Windows put on one another, with an output of the source and one of the last window. Each step is a batch; the ' +
    'answer is the batch times that the source and each window remember after it.',
  config: v.strictObject({
    batchIntervalMs: duration,
    /** What the program asks for by `ssc.remember`. */
    rememberMs: v.nullable(duration),
    windows: v.pipe(
      v.array(v.strictObject({ windowMs: duration, slideMs: duration })),
      v.maxLength(5, 'at most 5 windows are expected'),
    ),
  }),
  step: v.literal('batch'),
  start({ batchIntervalMs, rememberMs, windows }) {
    const asked = rememberMs ?? 0;
    const streams = [{ slideMs: batchIntervalMs, windowMs: null }, ...windows].map(
      (stream, i, { length }): RememberingStream => {
        // Both ends of the chain have an output, which passes on what the program asks for.
        const isOutput = i === 0 || i === length - 1;
        const own = ownRemember(stream.slideMs, null);
        return {
          ...stream,
          rememberMs: isOutput ? Math.max(own, asked) : own,
          rdds: new Set(),
        };
      },
    );
    streams.reduceRight((child, parent) => {
      const needed = parentRemember(child.rememberMs, child.windowMs ?? 0);
      parent.rememberMs = Math.max(parent.rememberMs, needed);
      return parent;
    });
    return { streams, batchIntervalMs, timeMs: 0 };
  },
  play(program) {
    const { streams } = program;
    program.timeMs += program.batchIntervalMs;
    const { timeMs } = program;
    compute(streams, 0, timeMs);
    compute(streams, streams.length - 1, timeMs);
    for (const { rdds, rememberMs } of streams) {
      for (const time of rdds) if (isForgotten(time, timeMs, rememberMs)) rdds.delete(time);
    }
    return streams.map(({ rdds }) => [...rdds].sort((a, b) => a - b));
  },
});

/** Has the stream's RDD of this time made, and those of its parent that it is made of. */
function compute(streams: readonly RememberingStream[], index: number, timeMs: number): void {
  const stream = streams[index];
  if (!stream || stream.rdds.has(timeMs) || !isTimeValid(timeMs, 0, stream.slideMs)) return;
  stream.rdds.add(timeMs);
  const parentSlideMs = streams[index - 1]?.slideMs;
  if (stream.windowMs === null || parentSlideMs === undefined) return;
  for (const time of slice(windowAt(timeMs, stream.windowMs, parentSlideMs), 0, parentSlideMs)) {
    compute(streams, index - 1, time);
  }
}

interface JobLine {
  readonly scheduler: JobScheduler;
  readonly slidesMs: readonly number[];
  timeMs: number;
  /** By batch: which outputs are due, in the order of their jobs. */
  readonly due: Map<number, readonly number[]>;
  running: Job[];
}

const BATCH_INTERVAL_MS = 1000;

const jobs = benchOf({
  name: 'job-scheduler',
  meaning:
    'Jobs in line, with a batch each second and outputs that are due every so often. A step is a tick, or the end of a ' +
    'job; the answer is the jobs that run then (batch/output), and the batches that are not completed.',
  config: v.strictObject({
    'spark.streaming.concurrentJobs': v.pipe(v.string(), v.regex(/^[1-9]\d{0,2}$/u)),
    outputSlidesMs: v.pipe(v.array(duration), v.maxLength(10, 'at most 10 outputs are expected')),
  }),
  step: v.variant('kind', [
    v.strictObject({ kind: v.literal('tick') }),
    v.strictObject({
      kind: v.literal('end'),
      batchMs: moment,
      output: whole(0, 9),
      succeeds: v.boolean(),
    }),
  ]),
  start: (config): JobLine => ({
    scheduler: createJobScheduler(Number(config['spark.streaming.concurrentJobs'])),
    slidesMs: config.outputSlidesMs,
    timeMs: 0,
    due: new Map(),
    running: [],
  }),
  play(line, step) {
    const { scheduler } = line;
    if (step.kind === 'tick') tick(line);
    else {
      const ended = line.running.find(
        (job) => nameOf(line, job) === `${step.batchMs}/${step.output}`,
      );
      if (!ended) return refuse('no such job runs');
      line.running = line.running.filter((job) => job !== ended);
      finishJob(scheduler, ended, step.succeeds, line.timeMs * 1000);
    }
    for (;;) {
      const job = startNextJob(scheduler, line.timeMs * 1000);
      if (job === null) break;
      line.running.push(job);
    }
    return {
      running: line.running.map((job) => nameOf(line, job)).sort(),
      pending: pendingTimes(scheduler).sort((a, b) => a - b),
    };
  },
});

function tick(line: JobLine): void {
  line.timeMs += BATCH_INTERVAL_MS;
  const due = [...line.slidesMs.keys()].filter((output) =>
    isTimeValid(line.timeMs, 0, line.slidesMs[output] ?? BATCH_INTERVAL_MS),
  );
  line.due.set(line.timeMs, due);
  submitJobSet(line.scheduler, line.timeMs, due.length, 0, line.timeMs * 1000);
}

function nameOf({ due }: JobLine, { batchMs, outputOpId }: Job): string {
  return `${batchMs}/${due.get(batchMs)?.[outputOpId] ?? ''}`;
}

export const schedulingBenches = [timer, slices, remembers, jobs];
