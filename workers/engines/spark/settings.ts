/** The official settings that a lane can change, with Spark's own defaults. */
import type { SparkConfig } from './config.ts';

/** Value and default as they are written in a configuration. */
export interface Setting {
  readonly key: string;
  readonly value: string;
  readonly fallback: string;
}

const FALLBACKS = [
  ['spark.streaming.concurrentJobs', 1],
  ['spark.streaming.kafka.maxRatePerPartition', 0],
  ['spark.streaming.kafka.minRatePerPartition', 1],
  ['spark.streaming.backpressure.enabled', false],
  ['spark.streaming.backpressure.initialRate', 0],
  ['spark.streaming.backpressure.pid.minRate', 100],
] as const satisfies readonly (readonly [keyof SparkConfig, number | boolean])[];

export function settingsOf(config: SparkConfig): Setting[] {
  return FALLBACKS.map(([key, fallback]) => ({
    key,
    value: String(config[key]),
    fallback: String(fallback),
  }));
}

/** Those that differ from their defaults. */
export function changedSettings(config: SparkConfig): Setting[] {
  return settingsOf(config).filter(({ value, fallback }) => value !== fallback);
}
