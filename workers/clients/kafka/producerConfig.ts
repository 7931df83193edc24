/**
 * The producer's settings under their official keys, with the defaults of 3.9, and what the real
 * `ProducerConfig` refuses.
 */
import type { StickyRule } from './accumulator.ts';
import { type CommonConfig, commonDefaults } from './networkClient.ts';

export interface ProducerConfig extends CommonConfig {
  readonly acks: '0' | '1' | 'all';
  readonly 'batch.size': number;
  readonly 'linger.ms': number;
  readonly 'delivery.timeout.ms': number;
  readonly 'max.block.ms': number;
  readonly 'max.in.flight.requests.per.connection': number;
  readonly 'max.request.size': number;
  readonly retries: number;
  /** null: not set, so on unless acks, retries or requests in flight rule it out. */
  readonly 'enable.idempotence': boolean | null;
  readonly 'partitioner.ignore.keys': boolean;
  readonly 'partitioner.adaptive.partitioning.enable': boolean;
  /** No official key: which client's rule for null keys, KIP-480 (2.4 to 3.2) or KIP-794 (3.3 and later). */
  readonly 'partitioner.sticky': StickyRule;
}

export const producerDefaults: ProducerConfig = {
  ...commonDefaults,
  acks: 'all',
  'batch.size': 16_384,
  'linger.ms': 0,
  'delivery.timeout.ms': 120_000,
  'max.block.ms': 60_000,
  'max.in.flight.requests.per.connection': 5,
  'max.request.size': 1_048_576,
  retries: 2_147_483_647,
  'enable.idempotence': null,
  'partitioner.ignore.keys': false,
  'partitioner.adaptive.partitioning.enable': true,
  'partitioner.sticky': 'KIP-794',
};

/** Idempotence is on by default, and quietly off where other settings contradict it. */
export function isIdempotent(config: ProducerConfig): boolean {
  if (config['enable.idempotence'] !== null) return config['enable.idempotence'];
  return (
    config.acks === 'all' &&
    config.retries > 0 &&
    config['max.in.flight.requests.per.connection'] <= 5
  );
}

/** The message of the real `ConfigException`, or null when the settings are taken. */
export function checkProducerConfig(config: ProducerConfig): string | null {
  if (config['delivery.timeout.ms'] < config['linger.ms'] + config['request.timeout.ms']) {
    return 'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms';
  }
  if (config['enable.idempotence'] !== true) return null;
  if (config.retries === 0) {
    return 'Must set retries to non-zero when using the idempotent producer.';
  }
  if (config.acks !== 'all') {
    return 'Must set acks to all in order to use the idempotent producer. Otherwise we cannot guarantee idempotence.';
  }
  if (config['max.in.flight.requests.per.connection'] > 5) {
    return 'Must set max.in.flight.requests.per.connection to at most 5 to use the idempotent producer.';
  }
  return null;
}
