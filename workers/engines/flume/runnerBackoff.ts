/**
 * How long a runner sleeps between two calls of `process()` (`SinkRunner.PollingRunner`,
 * `PollableSourceRunner.PollingRunner`, Flume 1.11.0): longer with each BACKOFF in a row, not at all
 * after READY. An exception costs the longest sleep and does not end the row.
 */
export interface RunnerBackoff {
  readonly incrementMs: number;
  readonly maxMs: number;
  consecutive: number;
}

export type RunnerOutcome = 'READY' | 'BACKOFF' | 'exception';

/** The sink runner's own numbers; a pollable source may set others. */
export function createRunnerBackoff(incrementMs = 1000, maxMs = 5000): RunnerBackoff {
  return { incrementMs, maxMs, consecutive: 0 };
}

/** Milliseconds until the next call. */
export function sleepAfter(backoff: RunnerBackoff, outcome: RunnerOutcome): number {
  switch (outcome) {
    case 'READY':
      backoff.consecutive = 0;
      return 0;
    case 'BACKOFF':
      backoff.consecutive++;
      return Math.min(backoff.consecutive * backoff.incrementMs, backoff.maxMs);
    case 'exception':
      return backoff.maxMs;
  }
}
