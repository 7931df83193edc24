/** The consumer's settings under their official keys, with the defaults of 3.9. */
import type { AssignorName } from './assignors/index.ts';
import { type CommonConfig, commonDefaults } from './networkClient.ts';

export interface ConsumerConfig extends CommonConfig {
  /** null: no group, so no committed offsets either. */
  readonly 'group.id': string | null;
  readonly 'auto.offset.reset': 'latest' | 'earliest' | 'none';
  readonly 'enable.auto.commit': boolean;
  readonly 'auto.commit.interval.ms': number;
  readonly 'max.poll.records': number;
  readonly 'max.poll.interval.ms': number;
  readonly 'session.timeout.ms': number;
  readonly 'heartbeat.interval.ms': number;
  readonly 'partition.assignment.strategy': readonly AssignorName[];
  readonly 'fetch.min.bytes': number;
  readonly 'fetch.max.wait.ms': number;
  readonly 'fetch.max.bytes': number;
  readonly 'max.partition.fetch.bytes': number;
}

export const consumerDefaults: ConsumerConfig = {
  ...commonDefaults,
  'group.id': null,
  'auto.offset.reset': 'latest',
  'enable.auto.commit': true,
  'auto.commit.interval.ms': 5_000,
  'max.poll.records': 500,
  'max.poll.interval.ms': 300_000,
  'session.timeout.ms': 45_000,
  'heartbeat.interval.ms': 3_000,
  'partition.assignment.strategy': ['range', 'cooperative-sticky'],
  'fetch.min.bytes': 1,
  'fetch.max.wait.ms': 500,
  'fetch.max.bytes': 52_428_800,
  'max.partition.fetch.bytes': 1_048_576,
};
