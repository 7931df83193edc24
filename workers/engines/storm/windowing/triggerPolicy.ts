/**
 * When a window fires: the four trigger policies of `org.apache.storm.windowing` (Storm 2.8.8).
 *
 * Count triggers fire from inside `add`, the time trigger from a fixed-rate timer, the watermark
 * triggers when a watermark arrives. Window ends of the watermark-time trigger are multiples of
 * the sliding interval, counted from the epoch.
 */
import type { EvictionPolicy } from './evictionPolicy.ts';
import { slidingInterval, windowLength, type WindowedBoltConfig } from './windowConfig.ts';
import { defaultMaxLagMs } from './windowConfig.ts';
import { assert } from '../../../kernel/assert.ts';

export type TriggerPolicy =
  | { readonly kind: 'CountTriggerPolicy'; readonly count: number; currentCount: number }
  | { readonly kind: 'TimeTriggerPolicy'; readonly slidingIntervalMs: number }
  | {
      readonly kind: 'WatermarkCountTriggerPolicy';
      readonly count: number;
      lastProcessedMs: number;
    }
  | {
      readonly kind: 'WatermarkTimeTriggerPolicy';
      readonly slidingIntervalMs: number;
      nextWindowEndMs: number;
    };

/** `WindowedBoltExecutor.getTriggerPolicy`. */
export function triggerPolicyOf(config: WindowedBoltConfig): TriggerPolicy {
  const slide = slidingInterval(config);
  const eventTime = config.timestampField !== null;
  if (slide.kind === 'Count') {
    return eventTime
      ? { kind: 'WatermarkCountTriggerPolicy', count: slide.count, lastProcessedMs: 0 }
      : { kind: 'CountTriggerPolicy', count: slide.count, currentCount: 0 };
  }
  return eventTime
    ? { kind: 'WatermarkTimeTriggerPolicy', slidingIntervalMs: slide.ms, nextWindowEndMs: 0 }
    : { kind: 'TimeTriggerPolicy', slidingIntervalMs: slide.ms };
}

/** `WindowedBoltExecutor.getEvictionPolicy`. */
export function evictionPolicyOf(config: WindowedBoltConfig): EvictionPolicy {
  const length = windowLength(config);
  assert(length !== null, 'a prepared windowed bolt has a window length');
  const eventTime = config.timestampField !== null;
  if (length.kind === 'Count') {
    return eventTime
      ? {
          kind: 'WatermarkCountEvictionPolicy',
          threshold: length.count,
          currentCount: 0,
          processed: 0,
          referenceMs: null,
        }
      : {
          kind: 'CountEvictionPolicy',
          threshold: length.count,
          currentCount: 0,
          referenceMs: null,
        };
  }
  const lagMs = config['topology.bolts.tuple.timestamp.max.lag.ms'] ?? defaultMaxLagMs;
  return eventTime
    ? { kind: 'WatermarkTimeEvictionPolicy', lengthMs: length.ms, lagMs, referenceMs: null }
    : { kind: 'TimeEvictionPolicy', lengthMs: length.ms, deltaMs: 0, referenceMs: null };
}
