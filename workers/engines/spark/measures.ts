/** The gauges of a lane, and what the driver's log says of a completed batch. */
import {
  processingDelayUs,
  schedulingDelayUs,
  totalDelayUs,
  waitingJobs,
  type JobSet,
} from './scheduling/jobScheduler.ts';
import { estimateRate, DEFAULT_PID } from './inputs/pidRateEstimator.ts';
import { log, nowMs, runUs, type SparkEnvironment, type SparkState } from './state.ts';

const COMPLETED_KEPT = 20;

/** How much waits, after a batch was generated or a job ended. */
export function measureQueue(state: SparkState, env: SparkEnvironment): void {
  let cachedPairs = 0;
  let waiting = state.recordsLeftBehind;
  for (const { totals, records } of state.batches.values()) {
    if (totals === null) waiting += records;
    else cachedPairs += totals.size;
  }
  for (const totals of state.windows.values()) cachedPairs += totals.size;
  const { scheduler } = state.driver;
  const { traced } = state;
  env.trace.gauge(traced.queueGauge, scheduler.runningJobs + waitingJobs(scheduler));
  env.trace.gauge(traced.cachedPairsGauge, cachedPairs);
  env.trace.gauge(traced.lagGauge, waiting);
  env.results?.held(cachedPairs);
}

/** The delays of a completed batch, which also teach the rate estimator. */
export function measureCompleted(state: SparkState, batch: JobSet, env: SparkEnvironment): void {
  const schedulingUs = schedulingDelayUs(batch);
  const processingUs = processingDelayUs(batch);
  env.trace.gauge(state.traced.schedulingDelayGauge, schedulingUs);
  env.trace.gauge(state.traced.processingDelayGauge, processingUs);
  log(
    state,
    'INFO JobScheduler: Total delay: %.3f s for time %d ms (execution: %.3f s)',
    inSeconds(totalDelayUs(batch, runUs(batch.batchMs, env))),
    batch.batchMs,
    inSeconds(processingUs),
  );
  state.completed.push(batch);
  if (state.completed.length > COMPLETED_KEPT) state.completed.shift();
  learnRate(state, batch, schedulingUs, processingUs, env);
}

function learnRate(
  state: SparkState,
  batch: JobSet,
  schedulingUs: number,
  processingUs: number,
  env: SparkEnvironment,
): void {
  const { config, driver } = state;
  if (!config['spark.streaming.backpressure.enabled']) return;
  const settings = {
    ...DEFAULT_PID,
    batchIntervalMs: config.batchIntervalMs,
    minRate: config['spark.streaming.backpressure.pid.minRate'],
  };
  const rate = estimateRate(driver.pid, settings, {
    processingEndMs: Math.floor(nowMs(env)),
    records: batch.records,
    processingDelayMs: Math.floor(processingUs / 1000),
    schedulingDelayMs: Math.floor(schedulingUs / 1000),
  });
  if (rate === null) return;
  driver.estimatedRate = rate;
  env.trace.gauge(state.traced.rateLimitGauge, rate);
}

function inSeconds(timeUs: number): number {
  return timeUs / 1_000_000;
}
