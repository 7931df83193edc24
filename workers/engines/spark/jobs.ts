/**
 * A job of a batch: the driver submits its stages, tasks read the batches of the window that nobody
 * has read yet, and tasks merge them into the window's rows. Spark is lazy: a batch at which no output
 * is due is read only when a later output needs it.
 *
 * Follows DAGScheduler and TaskSchedulerImpl (FIFO) of Spark 3.5 in outline. Left out: locality,
 * speculation, and the second shuffle of PySpark's reduceByKeyAndWindow.
 */
import { present } from '../../kernel/assert.ts';
import { writeCheckpoint } from './checkpoint.ts';
import {
  cancelReading,
  launchTasks,
  queueMerging,
  queueReading,
  type TaskFailure,
} from './executor.ts';
import { finishJob, startNextJob, type JobSet } from './scheduling/jobScheduler.ts';
import { batchRead, bookResult } from './ledger.ts';
import { measureCompleted, measureQueue } from './measures.ts';
import { forgetBatches } from './memory.ts';
import { log } from './state.ts';
import type { Batch, RunningJob, SparkEnvironment, SparkState, Task } from './state.ts';
import { windowConfigOf } from './windowConfig.ts';
import { isFromPrevious } from './windows/windowedStream.ts';
import { awaitsPrevious, batchesNeeded, computeWindow, partialsMergedAt } from './windowResult.ts';

/** Hands waiting jobs to free threads. */
export function startJobs(state: SparkState, env: SparkEnvironment): void {
  const { driver } = state;
  for (;;) {
    const job = startNextJob(driver.scheduler, env.nowUs);
    if (job === null) return;
    const running: RunningJob = { job, phase: 'submitting', tasksLeft: 0, partials: 0 };
    driver.running.set(job.batchMs, running);
    env.trace.begin(state.traced.jobSeries, spanOf(state, job.batchMs), env.nowUs);
    log(state, 'INFO JobScheduler: Starting job streaming job %d ms.0', job.batchMs);
    submitStages(state, running, env);
  }
}

/** The driver's own work: a fixed time for each batch that must be read, one job at a time. */
export function submitStages(state: SparkState, running: RunningJob, env: SparkEnvironment): void {
  const { driver, driverProcess } = state;
  const { batchMs } = running.job;
  running.phase = 'submitting';
  const stages = Math.max(1, unread(state, batchMs).length);
  const busyUs = stages * env.costs.sparkBatchUs * env.slowness(driverProcess);
  driver.freeAtUs = Math.max(driver.freeAtUs, env.nowUs) + busyUs;
  env.at(driverProcess, driver.freeAtUs, { type: 'stages submitted', batchMs });
}

/** The stages are with the executor, if there is one. */
export function stagesSubmitted(state: SparkState, batchMs: number, env: SparkEnvironment): void {
  const running = present(state.driver.running.get(batchMs), 'the job of submitted stages');
  running.phase = state.executor.isUp ? 'reading' : 'waiting';
  if (!state.executor.isUp) return;
  for (const batch of unread(state, batchMs)) queueReading(state, batch);
  mergeWhatIsRead(state);
  launchTasks(state, env);
}

/** A task ended: with a batch's last reading task the batch is read, with a job's last merging task the job ends. */
export function taskEnded(state: SparkState, task: Task, env: SparkEnvironment): void {
  if (task.kind === 'read') {
    const batch = present(state.batches.get(task.batchMs), 'the batch of a task');
    batch.tasksLeft--;
    if (batch.tasksLeft === 0) {
      batchRead(state, batch, env);
      mergeWhatIsRead(state);
    }
  } else {
    const running = present(state.driver.running.get(task.batchMs), 'the job of a task');
    running.tasksLeft--;
    if (running.tasksLeft === 0) finishWindow(state, running, env);
  }
  launchTasks(state, env);
}

/** Every job whose batches have all been read goes on to merge them. */
function mergeWhatIsRead(state: SparkState): void {
  for (const running of state.driver.running.values()) {
    const { batchMs } = running.job;
    if (running.phase !== 'reading' || awaitsPrevious(state, batchMs)) continue;
    if (batchesNeeded(state, batchMs).some(isUnread)) continue;
    running.phase = 'merging';
    running.partials = partialsMergedAt(state, batchMs);
    running.tasksLeft = queueMerging(state, batchMs);
  }
}

function finishWindow(state: SparkState, running: RunningJob, env: SparkEnvironment): void {
  const { batchMs } = running.job;
  env.results?.touched(running.partials);
  const outcome = computeWindow(state, batchMs);
  if ('rows' in outcome) {
    bookResult(state, batchMs, outcome.rows, env);
    state.windows.set(batchMs, outcome.rows);
  } else {
    noteFailure(state, batchMs, outcome.failure);
  }
  endJob(state, running, 'failure' in outcome ? outcome.failure : null, env);
}

/**
 * A result that is missing is computed once more by the next one, from the same batches, and fails there too. Of jobs
 * that run side by side a later one may fail first.
 */
function noteFailure(state: SparkState, timeMs: number, message: string): void {
  if (!isFromPrevious(windowConfigOf(state.config))) return;
  if (timeMs < (state.windowFailure?.timeMs ?? Infinity)) state.windowFailure = { timeMs, message };
}

/** A reading task failed for good: every job that needs its batch fails with it. */
export function failReading(
  state: SparkState,
  { batchMs, message }: TaskFailure,
  env: SparkEnvironment,
): void {
  const batch = present(state.batches.get(batchMs), 'the batch of a task');
  cancelReading(state, batch);
  for (const running of [...state.driver.running.values()]) {
    if (running.phase !== 'reading') continue;
    if (!unread(state, running.job.batchMs).includes(batch)) continue;
    noteFailure(state, running.job.batchMs, message);
    endJob(state, running, message, env);
  }
  launchTasks(state, env);
}

/** Ends the job, well or with an exception, and lets the next one start. */
function endJob(
  state: SparkState,
  running: RunningJob,
  failure: string | null,
  env: SparkEnvironment,
): void {
  const { driver } = state;
  const { job } = running;
  const { batchMs } = job;
  driver.running.delete(batchMs);
  const batch = finishJob(driver.scheduler, job, failure === null, env.nowUs);
  env.trace.end(state.traced.jobSeries, spanOf(state, batchMs), batch?.records ?? 0);
  if (failure !== null) reportError(state, batchMs, failure, env);
  else if (batch !== null) batchCompleted(state, batch, env);
  mergeWhatIsRead(state);
  startJobs(state, env);
  measureQueue(state, env);
}

/** A failed job does not stop the stream: the error goes to whoever waits in `awaitTermination`. */
function reportError(
  state: SparkState,
  batchMs: number,
  failure: string,
  env: SparkEnvironment,
): void {
  const line = `ERROR JobScheduler: Error running job streaming job ${batchMs} ms.0: ${failure}`;
  log(state, line);
  env.trace.mark(state.traced.batches, line);
}

function batchCompleted(state: SparkState, completed: JobSet, env: SparkEnvironment): void {
  for (const batch of batchesNeeded(state, completed.batchMs)) {
    if (batch.isDone) continue;
    batch.isDone = true;
    env.trace.end(state.traced.batchSeries, batch.span, batch.records);
  }
  measureCompleted(state, completed, env);
  forgetBatches(state, completed.batchMs, env);
  writeCheckpoint(state, completed.batchMs);
}

/** The batches that the job of `batchMs` still needs, oldest first. */
function unread(state: SparkState, batchMs: number): Batch[] {
  return batchesNeeded(state, batchMs).filter(isUnread);
}

function isUnread({ totals }: Batch): boolean {
  return totals === null;
}

function spanOf(state: SparkState, batchMs: number): number {
  return present(state.batches.get(batchMs), `the batch of ${batchMs} ms`).span;
}
