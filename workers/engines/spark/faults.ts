/**
 * What dies with a process, and how it comes back. Executors belong to their driver and end with it;
 * a driver outlives its executor, whose tasks and cached batches it gives out again.
 *
 * Follows spark-submit in client mode with a cluster manager that starts executors again (Spark 3.5).
 */
import type { ProcessId } from '../../kernel/environment.ts';
import { loseExecutor } from './executor.ts';
import { createJobScheduler } from './scheduling/jobScheduler.ts';
import { submitStages } from './jobs.ts';
import { measureQueue } from './measures.ts';
import { loseEverything } from './memory.ts';
import { createPidRateEstimator } from './inputs/pidRateEstimator.ts';
import { log, type SparkEnvironment, type SparkState } from './state.ts';

export function crashProcess(state: SparkState, process: ProcessId, env: SparkEnvironment): void {
  loseExecutor(state, env);
  if (process === state.executorProcess) {
    state.executor.isStarted = false;
    log(state, 'ERROR TaskSchedulerImpl: Lost executor 0: worker lost');
    return;
  }
  loseDriver(state, env);
}

function loseDriver(state: SparkState, env: SparkEnvironment): void {
  const { driver, config, checkpoint } = state;
  for (const { job } of driver.running.values()) {
    env.trace.end(state.traced.jobSeries, state.batches.get(job.batchMs)?.span ?? 0, 0);
  }
  if (checkpoint === null) loseEverything(state, env);
  driver.isUp = false;
  driver.zeroTimeMs = 0;
  driver.consumer = null;
  driver.currentOffsets = [];
  driver.pendingTicks = [];
  state.ledgerReaders.clear();
  driver.running.clear();
  driver.scheduler = createJobScheduler(config['spark.streaming.concurrentJobs']);
  driver.freeAtUs = 0;
  driver.pid = createPidRateEstimator();
  driver.estimatedRate = null;
  measureQueue(state, env);
}

/** Starting takes time; then the process takes part again. */
export function restartProcess(state: SparkState, process: ProcessId, env: SparkEnvironment): void {
  const isDriver = process === state.driverProcess;
  const startUs = env.costs.sparkStartUs * env.slowness(process);
  env.after(process, startUs, { type: isDriver ? 'driver started' : 'executor registered' });
}

/** The executor is with its driver again: every job that waits for it is submitted once more. */
export function registerExecutor(state: SparkState, env: SparkEnvironment): void {
  const { executor, driver } = state;
  executor.isUp = executor.isStarted && driver.isUp;
  if (!executor.isUp) return;
  for (const running of driver.running.values()) {
    if (running.phase === 'waiting') submitStages(state, running, env);
  }
}
