/**
 * Backpressure: after each completed batch a PID controller estimates how many records a second
 * the program can take. The first valid batch only teaches it the present rate, so the first
 * batches are not held back by it at all; and it is off by default.
 *
 * Follows PIDRateEstimator and RateController of Spark Streaming 3.5.
 */
import { doubleText, requirementFailed, type Refusal } from '../refusal.ts';

/** `spark.streaming.backpressure.pid.*`; `minRate` in records per second. */
export interface PidSettings {
  readonly batchIntervalMs: number;
  readonly proportional: number;
  readonly integral: number;
  readonly derived: number;
  readonly minRate: number;
}

export const DEFAULT_PID = { proportional: 1, integral: 0.2, derived: 0, minRate: 100 } as const;

/** A gain that is negative, or no minimal rate, is refused when the stream is made. */
export function refusePid(settings: PidSettings): Refusal | null {
  for (const [term, gain] of [
    ['Proportional', settings.proportional],
    ['Integral', settings.integral],
    ['Derivative', settings.derived],
  ] as const) {
    if (gain < 0)
      return requirementFailed(
        `${term} term ${doubleText(gain)} in PIDRateEstimator should be >= 0.`,
      );
  }
  return settings.minRate > 0
    ? null
    : requirementFailed('Minimum rate in PIDRateEstimator should be > 0');
}

export interface PidRateEstimator {
  firstRun: boolean;
  latestTimeMs: number;
  /** Records per second. */
  latestRate: number;
  latestError: number;
}

export function createPidRateEstimator(): PidRateEstimator {
  return { firstRun: true, latestTimeMs: -1, latestRate: -1, latestError: -1 };
}

/** A completed batch, as the estimator is told of it. */
export interface CompletedBatch {
  readonly processingEndMs: number;
  readonly records: number;
  readonly processingDelayMs: number;
  readonly schedulingDelayMs: number;
}

/** The new rate limit in records per second, or null when this batch teaches nothing new. */
export function estimateRate(
  pid: PidRateEstimator,
  settings: PidSettings,
  batch: CompletedBatch,
): number | null {
  const { processingEndMs, records, processingDelayMs, schedulingDelayMs } = batch;
  if (processingEndMs <= pid.latestTimeMs || records <= 0 || processingDelayMs <= 0) return null;

  const secondsSinceUpdate = (processingEndMs - pid.latestTimeMs) / 1000;
  const processingRate = (records / processingDelayMs) * 1000;
  const error = pid.latestRate - processingRate;
  // A scheduling delay is work that was left over: the records that could have been processed
  // meanwhile, spread over one batch interval.
  const historicalError = (schedulingDelayMs * processingRate) / settings.batchIntervalMs;
  const errorChange = (error - pid.latestError) / secondsSinceUpdate;

  pid.latestTimeMs = processingEndMs;
  if (pid.firstRun) {
    pid.firstRun = false;
    pid.latestRate = processingRate;
    pid.latestError = 0;
    return null;
  }
  const corrected =
    pid.latestRate -
    settings.proportional * error -
    settings.integral * historicalError -
    settings.derived * errorChange;
  pid.latestRate = Math.max(settings.minRate, corrected);
  pid.latestError = error;
  return pid.latestRate;
}
