/**
 * Which queued events belong to the window that is firing, and which have left it: the four
 * eviction policies of `org.apache.storm.windowing` (Storm 2.8.8).
 *
 * With time the window at the reference time E is (E − length, E], open on the left and closed on
 * the right. With a watermark an event more than the lag ahead of E ends the scan, so that with
 * the default lag of 0 one early event hides whatever arrived after it.
 */

export type EvictionPolicy =
  | {
      readonly kind: 'CountEvictionPolicy';
      readonly threshold: number;
      currentCount: number;
      referenceMs: number | null;
    }
  | {
      readonly kind: 'TimeEvictionPolicy';
      readonly lengthMs: number;
      deltaMs: number;
      referenceMs: number | null;
    }
  | {
      readonly kind: 'WatermarkCountEvictionPolicy';
      readonly threshold: number;
      currentCount: number;
      processed: number;
      referenceMs: number | null;
    }
  | {
      readonly kind: 'WatermarkTimeEvictionPolicy';
      readonly lengthMs: number;
      readonly lagMs: number;
      referenceMs: number | null;
    };

/** EXPIRE removes the event, PROCESS counts it in, KEEP leaves it for later, STOP ends the scan. */
export type EvictionAction = 'EXPIRE' | 'PROCESS' | 'KEEP' | 'STOP';

/** What a trigger knows when it fires; `DefaultEvictionContext`. */
export interface EvictionContext {
  readonly referenceMs: number;
  /** How many queued events are not younger than the reference time, where the trigger counted. */
  readonly currentCount: number | null;
  /** The sliding interval of a count-based trigger. */
  readonly slidingCount: number | null;
  /** The sliding interval of the processing-time timer. */
  readonly slidingIntervalMs: number | null;
}

/** "Consider all events for the initial window": `Integer.MAX_VALUE` milliseconds. */
const wholePastMs = 2147483647;

export function setContext(policy: EvictionPolicy, context: EvictionContext): void {
  switch (policy.kind) {
    case 'TimeEvictionPolicy':
      // A timer that ran late saw a longer stretch, so this window is made as much longer.
      if (context.slidingIntervalMs !== null) {
        policy.deltaMs =
          policy.referenceMs === null
            ? wholePastMs
            : context.referenceMs - policy.referenceMs - context.slidingIntervalMs;
      }
      break;
    case 'WatermarkCountEvictionPolicy':
      policy.currentCount = context.currentCount ?? policy.processed + (context.slidingCount ?? 0);
      policy.processed = 0;
      break;
    case 'CountEvictionPolicy':
    case 'WatermarkTimeEvictionPolicy':
      break;
  }
  policy.referenceMs = context.referenceMs;
}

/** A tuple was queued. Only the plain count cares; the watermark policies count at the firing. */
export function trackAdded(policy: EvictionPolicy): void {
  if (policy.kind === 'CountEvictionPolicy') policy.currentCount += 1;
}

/** @param nowMs the wall clock, which the processing-time policy needs until its first firing */
export function evict(policy: EvictionPolicy, eventMs: number, nowMs: number): EvictionAction {
  switch (policy.kind) {
    case 'CountEvictionPolicy':
      return evictByCount(policy);
    case 'TimeEvictionPolicy':
      return evictByAge((policy.referenceMs ?? nowMs) - eventMs, policy.lengthMs + policy.deltaMs);
    case 'WatermarkCountEvictionPolicy': {
      if (policy.referenceMs === null) return 'STOP';
      if (eventMs > policy.referenceMs || policy.processed >= policy.currentCount) return 'KEEP';
      const action = evictByCount(policy);
      if (action === 'PROCESS') policy.processed += 1;
      return action;
    }
    case 'WatermarkTimeEvictionPolicy': {
      if (policy.referenceMs === null) return 'STOP';
      const ageMs = policy.referenceMs - eventMs;
      return ageMs < -policy.lagMs ? 'STOP' : evictByAge(ageMs, policy.lengthMs);
    }
  }
}

function evictByCount(policy: {
  readonly threshold: number;
  currentCount: number;
}): EvictionAction {
  if (policy.currentCount <= policy.threshold) return 'PROCESS';
  policy.currentCount -= 1;
  return 'EXPIRE';
}

function evictByAge(ageMs: number, lengthMs: number): EvictionAction {
  if (ageMs >= lengthMs) return 'EXPIRE';
  return ageMs < 0 ? 'KEEP' : 'PROCESS';
}
