/**
 * Where watermarks come from. `forBoundedOutOfOrderness(B)` promises, at each periodic tick, that nothing
 * older than the largest timestamp seen minus B will follow; the further 1 ms is there because a record equal to the
 * largest may still come. No record, no promise: event time stands still while nothing arrives.
 *
 * Follows Flink 1.20 `BoundedOutOfOrdernessWatermarks` (`AscendingTimestampsWatermarks` is B = 0) and
 * `WatermarksWithIdleness`. As in 1.20.0 the idle clock is the task's wall clock, so a task held up by back-pressure may
 * look idle; the clock that stands still meanwhile, since 1.20.1, is left out.
 */
import { LONG_MIN } from '../long.ts';

export interface BoundedOutOfOrderness {
  /** LONG_MIN before the first record. */
  maxTimestampMs: number;
}

export function createBoundedOutOfOrderness(): BoundedOutOfOrderness {
  return { maxTimestampMs: LONG_MIN };
}

/** `onEvent`: emits nothing. */
export function onEvent(generator: BoundedOutOfOrderness, timestampMs: number): void {
  if (timestampMs > generator.maxTimestampMs) generator.maxTimestampMs = timestampMs;
}

/** What the generator emits on a periodic tick; LONG_MIN before the first record. */
export function periodicWatermarkMs(generator: BoundedOutOfOrderness, boundMs: number): number {
  const { maxTimestampMs } = generator;
  return maxTimestampMs === LONG_MIN ? LONG_MIN : maxTimestampMs - boundMs - 1;
}

/** The refusals of `WatermarkStrategy`, or null. */
export function refusalOfStrategy(boundMs: number, idleTimeoutMs: number | null): string | null {
  if (boundMs < 0) return 'maxOutOfOrderness cannot be negative';
  if (idleTimeoutMs !== null && idleTimeoutMs <= 0) return 'idleTimeout must be greater than zero';
  return null;
}

export interface IdlenessTimer {
  /** A record came since the last tick. */
  active: boolean;
  /** When the clock was started: at the first tick without a record; null while it does not run. */
  inactiveSinceMs: number | null;
  /** Idleness is declared once. */
  declared: boolean;
}

export function createIdlenessTimer(): IdlenessTimer {
  return { active: false, inactiveSinceMs: null, declared: false };
}

/** `checkIfIdle`, asked on each periodic tick: idle once strictly more than the timeout has passed. */
export function checkIfIdle(timer: IdlenessTimer, nowMs: number, timeoutMs: number): boolean {
  if (timer.active) {
    timer.active = false;
    timer.inactiveSinceMs = null;
    timer.declared = false;
    return false;
  }
  if (timer.inactiveSinceMs === null) {
    timer.inactiveSinceMs = nowMs;
    return false;
  }
  return nowMs - timer.inactiveSinceMs > timeoutMs;
}

/** `WatermarksWithIdleness.onPeriodicEmit`: the watermark, IDLE once when it begins, and then nothing. */
export function onPeriodicEmit(
  generator: BoundedOutOfOrderness,
  boundMs: number,
  timer: IdlenessTimer,
  nowMs: number,
  timeoutMs: number | null,
): number | 'IDLE' | null {
  if (timeoutMs === null || !checkIfIdle(timer, nowMs, timeoutMs))
    return periodicWatermarkMs(generator, boundMs);
  if (timer.declared) return null;
  timer.declared = true;
  return 'IDLE';
}
