/** The settings of a lane that differ from Storm's own defaults, as the page words them. */
import type { StormConfig } from './config.ts';

interface Setting {
  readonly key: string;
  readonly component: string;
  readonly fallback: string;
  value(config: StormConfig): string;
}

const plain = (
  key: keyof StormConfig & `topology.${string}`,
  component: string,
  fallback: string,
): Setting => ({
  key,
  component,
  fallback,
  value: (config) => String(config[key]),
});

/** Every setting that the inspector shows, by the component it concerns. */
export const settings: readonly Setting[] = [
  {
    key: 'setProcessingGuarantee',
    component: 'spout',
    fallback: 'AT_LEAST_ONCE',
    value: (config) => config.processingGuarantee,
  },
  {
    key: 'setOffsetCommitPeriodMs',
    component: 'spout',
    fallback: '30000',
    value: (config) => String(config.offsetCommitPeriodMs),
  },
  plain('topology.max.spout.pending', 'spout', 'null'),
  plain('topology.message.timeout.secs', 'spout', '30'),
  plain('topology.enable.message.timeouts', 'spout', 'true'),
  plain('topology.acker.executors', '__acker', 'null'),
  plain('topology.workers', '__acker', '1'),
  plain('topology.bolts.tuple.timestamp.max.lag.ms', 'count', '0'),
  plain('topology.bolts.watermark.event.interval.ms', 'count', '1000'),
];

/** `key = value (default d)` for each that was changed. */
export function changedDefaults(config: StormConfig, component: string): string[] {
  return settings
    .filter(
      (setting) => setting.component === component && setting.value(config) !== setting.fallback,
    )
    .map((setting) => `${setting.key} = ${setting.value(config)} (default ${setting.fallback})`);
}
