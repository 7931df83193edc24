/**
 * `org.apache.storm.topology.WindowedBoltExecutor` (Storm 2.8.8): what one task of a windowed bolt
 * holds, and what it does with each tuple.
 *
 * All of it is memory: when the worker dies the window dies with it, and because its tuples were
 * not acked yet, the spout sends them again.
 */
import { assert } from '../../../kernel/assert.ts';
import { evictionPolicyOf, triggerPolicyOf } from './triggerPolicy.ts';
import {
  createWaterMarkEventGenerator,
  nextWaterMark,
  track,
  type WaterMarkEventGenerator,
} from './waterMarkEventGenerator.ts';
import {
  defaultMaxLagMs,
  defaultWatermarkIntervalMs,
  type WindowedBoltConfig,
} from './windowConfig.ts';
import {
  addWatermark,
  createWindowManager,
  onTriggerTimer,
  type WindowHappening,
  type WindowManager,
} from './windowManager.ts';

export interface WindowedBolt<T> {
  readonly manager: WindowManager<T>;
  /** Null where windows follow the processing time. */
  readonly waterMarks: WaterMarkEventGenerator | null;
}

/** @param inputStreams how many streams the bolt subscribes to */
export function createWindowedBolt<T>(
  config: WindowedBoltConfig,
  inputStreams: number,
): WindowedBolt<T> {
  const lagMs = config['topology.bolts.tuple.timestamp.max.lag.ms'] ?? defaultMaxLagMs;
  return {
    manager: createWindowManager(evictionPolicyOf(config), triggerPolicyOf(config)),
    waterMarks:
      config.timestampField === null ? null : createWaterMarkEventGenerator(lagMs, inputStreams),
  };
}

/**
 * The periods of the timers that `prepare` starts, in milliseconds; null for one it does not start.
 * Both run first after one period.
 */
export function timersOf(config: WindowedBoltConfig): {
  readonly watermarkMs: number | null;
  readonly triggerMs: number | null;
} {
  const trigger = triggerPolicyOf(config);
  return {
    watermarkMs:
      config.timestampField === null
        ? null
        : (config['topology.bolts.watermark.event.interval.ms'] ?? defaultWatermarkIntervalMs),
    triggerMs: trigger.kind === 'TimeTriggerPolicy' ? trigger.slidingIntervalMs : null,
  };
}

/**
 * Takes note of a tuple's time; false if it is late, and then the bolt does not get it.
 *
 * @param stream the number of the input stream, from 0
 */
export function isOnTime<T>(bolt: WindowedBolt<T>, stream: number, tsMs: number): boolean {
  return bolt.waterMarks === null || track(bolt.waterMarks, stream, tsMs);
}

/** The watermark timer ran; returns the watermark in milliseconds if there is a new one. */
export function onWatermarkTimer<T>(
  bolt: WindowedBolt<T>,
  nowMs: number,
  out: WindowHappening<T>[],
): number | null {
  assert(bolt.waterMarks !== null, 'only an event-time window has a watermark timer');
  const waterMarkMs = nextWaterMark(bolt.waterMarks);
  if (waterMarkMs !== null) addWatermark(bolt.manager, waterMarkMs, nowMs, out);
  return waterMarkMs;
}

export { onTriggerTimer };
