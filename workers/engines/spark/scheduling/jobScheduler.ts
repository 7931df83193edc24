/**
 * Batches wait in line: every output operation of a batch is a job, all jobs go first in, first
 * out to a pool of `spark.streaming.concurrentJobs` threads, one by default. A batch that comes
 * while another runs waits (scheduling delay), then runs (processing delay). Spark never drops,
 * merges or enlarges a waiting batch: if processing takes longer than the batch interval on
 * average, the scheduling delay grows without bound.
 *
 * Follows JobScheduler and JobSet of Spark Streaming 3.5. Times in microseconds, batch times in
 * milliseconds. A job that fails leaves its batch in the list of unfinished ones, and the program
 * goes on.
 */
import { assert } from '../../../kernel/assert.ts';

/** One output operation of one batch. */
export interface Job {
  readonly batchMs: number;
  readonly outputOpId: number;
}

/** The jobs of one batch. -1 marks a time that has not come. */
export interface JobSet {
  readonly batchMs: number;
  readonly records: number;
  readonly submittedUs: number;
  startedUs: number;
  endedUs: number;
  unfinishedJobs: number;
}

export interface JobScheduler {
  readonly concurrentJobs: number;
  /** Batches submitted and not yet completed, by batch time. */
  readonly jobSets: Map<number, JobSet>;
  /** Jobs waiting for a thread; those before `queueHead` have been taken. */
  queue: Job[];
  queueHead: number;
  runningJobs: number;
}

export function createJobScheduler(concurrentJobs: number): JobScheduler {
  return { concurrentJobs, jobSets: new Map(), queue: [], queueHead: 0, runningJobs: 0 };
}

/** A batch without a job (no output is due at its time) is not even announced. */
export function submitJobSet(
  scheduler: JobScheduler,
  batchMs: number,
  outputOperations: number,
  records: number,
  nowUs: number,
): void {
  if (outputOperations === 0) return;
  scheduler.jobSets.set(batchMs, {
    batchMs,
    records,
    submittedUs: nowUs,
    startedUs: -1,
    endedUs: -1,
    unfinishedJobs: outputOperations,
  });
  for (let outputOpId = 0; outputOpId < outputOperations; outputOpId++) {
    scheduler.queue.push({ batchMs, outputOpId });
  }
}

/** The next job for a free thread, or null if no thread is free or no job waits. */
export function startNextJob(scheduler: JobScheduler, nowUs: number): Job | null {
  if (scheduler.runningJobs >= scheduler.concurrentJobs) return null;
  const job = nextWaiting(scheduler);
  if (job === undefined) return null;
  scheduler.queueHead++;
  if (scheduler.queueHead === scheduler.queue.length) {
    scheduler.queue = [];
    scheduler.queueHead = 0;
  }
  scheduler.runningJobs++;
  const jobSet = jobSetOf(scheduler, job.batchMs);
  if (jobSet.startedUs < 0) jobSet.startedUs = nowUs;
  return job;
}

/** Ends a job. Returns its batch when that was the batch's last job, else null. */
export function finishJob(
  scheduler: JobScheduler,
  job: Job,
  succeeded: boolean,
  nowUs: number,
): JobSet | null {
  scheduler.runningJobs--;
  const jobSet = jobSetOf(scheduler, job.batchMs);
  jobSet.unfinishedJobs--;
  if (jobSet.unfinishedJobs > 0) return null;
  jobSet.endedUs = nowUs;
  // When the last job failed the batch stays pending, and is rerun after a checkpoint restart.
  if (succeeded) scheduler.jobSets.delete(job.batchMs);
  return jobSet;
}

/** Batch times not yet completed, which a metadata checkpoint records. */
export function pendingTimes(scheduler: JobScheduler): number[] {
  return [...scheduler.jobSets.keys()];
}

/** The job that gets the next free thread, the oldest of those that wait. */
export function nextWaiting(scheduler: JobScheduler): Job | undefined {
  return scheduler.queue[scheduler.queueHead];
}

/** Jobs that wait for a thread. */
export function waitingJobs(scheduler: JobScheduler): number {
  return scheduler.queue.length - scheduler.queueHead;
}

export function schedulingDelayUs(batch: JobSet): number {
  return batch.startedUs - batch.submittedUs;
}

export function processingDelayUs(batch: JobSet): number {
  return batch.endedUs - batch.startedUs;
}

/** The driver log's "Total delay", which counts from the batch time itself, here given on the run's clock. */
export function totalDelayUs(batch: JobSet, batchUs: number): number {
  return batch.endedUs - batchUs;
}

function jobSetOf(scheduler: JobScheduler, batchMs: number): JobSet {
  const jobSet = scheduler.jobSets.get(batchMs);
  assert(jobSet !== undefined, `no job set for batch ${batchMs}`);
  return jobSet;
}
