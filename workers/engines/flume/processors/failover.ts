/**
 * `FailoverSinkProcessor` (Flume 1.11.0): the live sink of highest priority works; one that throws is
 * put aside for 2, 4, 8 … seconds and tried again when its penalty is over.
 *
 * Only an exception causes a failover. A sink that answers BACKOFF, as the HDFS sink does when HDFS is
 * down, is never left.
 */
import { assert } from '../../../kernel/assert.ts';
import { hashMapOrder } from '../../../jvm/hashMapOrder.ts';
import type { Context } from '../configuration/context.ts';
import { warn } from '../configuration/report.ts';
import type { Report } from '../configuration/report.ts';

export interface FailoverSettings {
  readonly type: 'failover';
  /** Highest first; a sink whose priority was taken is not here. */
  readonly priorities: readonly { readonly sink: string; readonly priority: number }[];
  readonly maxpenalty: number;
}

interface FailedSink {
  sink: string;
  sequentialFailures: number;
  /** When it may be tried again, in milliseconds. */
  refreshMs: number;
}

export interface Failover {
  settings: FailoverSettings;
  live: string[];
  failed: FailedSink[];
  /** The failed sink that is being tried, out of `failed` meanwhile. */
  retried: FailedSink | null;
  /** When the present `process()` began: a penalty that ends during it is not over for it. */
  calledMs: number;
}

/** `FailoverSinkProcessor.configure`: a sink without a readable priority gets −1, −2 … in hash order. */
export function readFailover(
  context: Context,
  sinks: readonly string[],
  report: Report,
): FailoverSettings {
  let nextPriority = 0;
  const byPriority = new Map<number, string>();
  for (const sink of hashMapOrder(sinks)) {
    const written = wholeNumber(context.get(`priority.${sink}`));
    const priority = written ?? --nextPriority;
    const owner = byPriority.get(priority);
    if (owner === undefined) {
      byPriority.set(priority, sink);
    } else {
      warn(
        report,
        `Sink ${sink} not added to FailverSinkProcessor as priorityduplicates that of sink ${owner}`,
      );
    }
  }
  const priorities = [...byPriority].map(([priority, sink]) => ({ sink, priority }));
  priorities.sort((a, b) => b.priority - a.priority);
  const maxpenalty = wholeNumber(context.get('maxpenalty')) ?? 30_000;
  return { type: 'failover', priorities, maxpenalty };
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^[+-]?\d{1,9}$/.test(text) ? Number(text) : null;
}

export function createFailover(settings: FailoverSettings): Failover {
  const live = settings.priorities.map(({ sink }) => sink);
  return { settings, live, failed: [], retried: null, calledMs: 0 };
}

/** The sink that `process()` calls first, or null when none is left to call. */
export function firstFailoverSink(failover: Failover, nowMs: number): string | null {
  failover.calledMs = nowMs;
  return nextFailoverSink(failover);
}

function nextFailoverSink(failover: Failover): string | null {
  return retryOne(failover) ?? failover.live[0] ?? null;
}

/** The sink answered without throwing, which ends `process()`. */
export function failoverSinkAnswered(failover: Failover, ready: boolean): void {
  const { retried } = failover;
  if (retried === null) return;
  failover.retried = null;
  if (ready) revive(failover, retried.sink);
  else failover.failed.push(retried);
}

/** The sink threw. @returns the next one to call, or null: nothing left to failover to */
export function failoverSinkThrew(failover: Failover, nowMs: number): string | null {
  const { retried } = failover;
  if (retried !== null) {
    failover.retried = null;
    punish(failover, retried, nowMs);
    return nextFailoverSink(failover);
  }
  const sink = failover.live.shift();
  assert(sink !== undefined, 'the sink that threw was live');
  punish(failover, { sink, sequentialFailures: 0, refreshMs: 0 }, nowMs);
  return failover.live[0] ?? null;
}

function retryOne(failover: Failover): string | null {
  let earliest: FailedSink | null = null;
  for (const candidate of failover.failed) {
    if (earliest === null || candidate.refreshMs < earliest.refreshMs) earliest = candidate;
  }
  if (earliest === null || earliest.refreshMs >= failover.calledMs) return null;
  failover.failed = failover.failed.filter((candidate) => candidate !== earliest);
  failover.retried = earliest;
  return earliest.sink;
}

function punish(failover: Failover, failed: FailedSink, nowMs: number): void {
  const sequentialFailures = failed.sequentialFailures + 1;
  const penaltyMs = Math.min(failover.settings.maxpenalty, penaltyAfter(sequentialFailures));
  failover.failed.push({ sink: failed.sink, sequentialFailures, refreshMs: nowMs + penaltyMs });
}

/** 2^failures seconds in 32-bit arithmetic, which overflows from 22 failures on, as the real one does. */
export function penaltyAfter(sequentialFailures: number): number {
  return Math.imul(1 << sequentialFailures, 1000);
}

function revive(failover: Failover, sink: string): void {
  const ranks = failover.settings.priorities.map((entry) => entry.sink);
  failover.live.push(sink);
  failover.live.sort((a, b) => ranks.indexOf(a) - ranks.indexOf(b));
}
