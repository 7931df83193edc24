/** The broker's settings that a scenario may change, with the defaults of 3.9. */
import type { Knob } from '../../kernel/engine.ts';
import type { KafkaConfig } from './config.ts';

/** Official names and real defaults, in the order in which they are shown. */
export const brokerDefaults = {
  'min.insync.replicas': 1,
  'unclean.leader.election.enable': false,
  'replica.lag.time.max.ms': 30_000,
  'broker.heartbeat.interval.ms': 2_000,
  'broker.session.timeout.ms': 9_000,
  'leader.imbalance.check.interval.seconds': 300,
  'auto.leader.rebalance.enable': true,
  'group.initial.rebalance.delay.ms': 3_000,
} as const;

export type BrokerSetting = keyof typeof brokerDefaults;

export const brokerSettings = Object.keys(brokerDefaults) as BrokerSetting[];

/** `key = value (default d)` for every setting that the scene changed. */
export function changedDefaults(config: KafkaConfig): string[] {
  return brokerSettings
    .filter((key) => config[key] !== brokerDefaults[key])
    .map((key) => `${key} = ${config[key]} (default ${brokerDefaults[key]})`);
}

const milliseconds = (
  key: BrokerSetting,
  label: string,
  min: number,
  max: number,
  step: number,
  meaning: string,
): Knob => ({
  field: key,
  officialKey: key,
  label,
  unit: 'ms',
  min,
  max,
  step,
  initial: Number(brokerDefaults[key]),
  meaning,
});

export const kafkaKnobs: readonly Knob[] = [
  {
    field: 'min.insync.replicas',
    officialKey: 'min.insync.replicas',
    label: 'Minimum in-sync replicas',
    unit: 'count',
    min: 1,
    max: 5,
    step: 1,
    initial: brokerDefaults['min.insync.replicas'],
    meaning: 'With acks=all a write is refused while fewer replicas are in sync.',
  },
  milliseconds(
    'broker.session.timeout.ms',
    'Broker session timeout',
    500,
    30_000,
    500,
    'How long the controller waits for a heartbeat before it takes a broker for dead.',
  ),
  milliseconds(
    'replica.lag.time.max.ms',
    'Longest lag of a replica',
    1_000,
    60_000,
    1_000,
    'A follower that did not reach the end of its leader for so long is out of sync.',
  ),
];
