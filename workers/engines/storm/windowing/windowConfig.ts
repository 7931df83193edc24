/**
 * The settings of a windowed bolt, under the keys that `BaseWindowedBolt`'s builder methods write
 * into the component's configuration (Storm 2.8.8), and what Storm assumes where one is unset.
 */

/** `null` means that the builder method was not called. Times are milliseconds. */
export interface WindowedBoltConfig {
  readonly 'topology.bolts.window.length.count': number | null;
  readonly 'topology.bolts.window.length.duration.ms': number | null;
  readonly 'topology.bolts.window.sliding.interval.count': number | null;
  readonly 'topology.bolts.window.sliding.interval.duration.ms': number | null;
  readonly 'topology.bolts.tuple.timestamp.max.lag.ms': number | null;
  readonly 'topology.bolts.watermark.event.interval.ms': number | null;
  readonly 'topology.bolts.late.tuple.stream': string | null;
  /** The argument of `withTimestampField`; without it windows follow the processing time. */
  readonly timestampField: string | null;
}

export const windowedBoltDefaults: WindowedBoltConfig = {
  'topology.bolts.window.length.count': null,
  'topology.bolts.window.length.duration.ms': null,
  'topology.bolts.window.sliding.interval.count': null,
  'topology.bolts.window.sliding.interval.duration.ms': null,
  'topology.bolts.tuple.timestamp.max.lag.ms': null,
  'topology.bolts.watermark.event.interval.ms': null,
  'topology.bolts.late.tuple.stream': null,
  timestampField: null,
};

/** `WindowedBoltExecutor.DEFAULT_MAX_LAG_MS`. */
export const defaultMaxLagMs = 0;

/** `WindowedBoltExecutor.DEFAULT_WATERMARK_EVENT_INTERVAL_MS`. */
export const defaultWatermarkIntervalMs = 1000;

export type Measure =
  | { readonly kind: 'Count'; readonly count: number }
  | { readonly kind: 'Duration'; readonly ms: number };

/** `withWindow`'s length; a count wins where both are set. Null if the bolt has no length. */
export function windowLength(config: WindowedBoltConfig): Measure | null {
  return measure(
    config['topology.bolts.window.length.count'],
    config['topology.bolts.window.length.duration.ms'],
  );
}

/** `withWindow`'s sliding interval. Left out, the window slides with every tuple. */
export function slidingInterval(config: WindowedBoltConfig): Measure {
  return (
    measure(
      config['topology.bolts.window.sliding.interval.count'],
      config['topology.bolts.window.sliding.interval.duration.ms'],
    ) ?? { kind: 'Count', count: 1 }
  );
}

function measure(count: number | null, ms: number | null): Measure | null {
  if (count !== null) return { kind: 'Count', count };
  if (ms !== null) return { kind: 'Duration', ms };
  return null;
}
