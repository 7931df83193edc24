/**
 * The producer's settings under their official keys, with the defaults of 3.9, and what the real
 * `ProducerConfig` refuses.
 */
import type { StickyRule } from './accumulator.ts';
import {
  atLeast,
  ConfigException,
  type Definition,
  oneOf,
  readSettings,
  settingsWith,
  type SettingValue,
} from './configDef.ts';
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

/**
 * `delivery.timeout.ms` as the producer goes by it: one that nobody set makes room for lingering and one request.
 *
 * @param written what was set, null for nothing
 */
export function deliveryTimeoutMs(
  written: number | null,
  lingerMs: number,
  requestTimeoutMs: number,
): number {
  if (written !== null) return written;
  return Math.max(producerDefaults['delivery.timeout.ms'], lingerMs + requestTimeoutMs);
}

const TOO_SHORT =
  'delivery.timeout.ms should be equal to or larger than linger.ms + request.timeout.ms';

/** The message of the real `ConfigException`, or null when the settings are taken. */
export function checkProducerConfig(config: ProducerConfig): string | null {
  if (config['delivery.timeout.ms'] < config['linger.ms'] + config['request.timeout.ms']) {
    return TOO_SHORT;
  }
  return config['enable.idempotence'] === true ? idempotenceProblem(config) : null;
}

/** Why a producer with these settings cannot be idempotent, or null. */
function idempotenceProblem(
  config: Pick<ProducerConfig, 'acks' | 'retries' | 'max.in.flight.requests.per.connection'>,
): string | null {
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

const setting = settingsWith(producerDefaults);

const definitions: readonly Definition[] = [
  setting('retries', 'INT', atLeast(0)),
  setting('acks', 'STRING', oneOf('all', '-1', '0', '1')),
  {
    key: 'compression.type',
    type: 'STRING',
    initial: 'none',
    check: oneOf('none', 'gzip', 'snappy', 'lz4', 'zstd'),
  },
  setting('batch.size', 'INT', atLeast(0)),
  setting('linger.ms', 'LONG', atLeast(0)),
  { key: 'delivery.timeout.ms', type: 'INT', initial: null, check: atLeast(0) },
  { key: 'buffer.memory', type: 'LONG', initial: 33_554_432, check: atLeast(0) },
  setting('max.block.ms', 'LONG', atLeast(0)),
  setting('request.timeout.ms', 'INT', atLeast(0)),
  setting('max.in.flight.requests.per.connection', 'INT', atLeast(1)),
  { key: 'enable.idempotence', type: 'BOOLEAN', initial: true },
  {
    key: 'transactional.id',
    type: 'STRING',
    initial: null,
    check: (value) => (value === '' ? 'String must be non-empty' : null),
  },
];

/**
 * A producer's settings as the real one reads them from a properties file.
 *
 * @returns what it goes by
 * @throws ConfigException with the real message
 */
export function readProducerSettings(
  written: Readonly<Record<string, string>>,
): Map<string, SettingValue> {
  const values = readSettings(definitions, written);
  const acks = values.get('acks') === '-1' ? 'all' : (values.get('acks') as ProducerConfig['acks']);
  const number = (key: string) => Number(values.get(key));
  if (values.get('enable.idempotence') === true) {
    const problem = idempotenceProblem({
      acks,
      retries: number('retries'),
      'max.in.flight.requests.per.connection': number('max.in.flight.requests.per.connection'),
    });
    if (problem !== null && Object.hasOwn(written, 'enable.idempotence')) {
      throw new ConfigException(problem);
    }
    values.set('enable.idempotence', problem === null);
  }
  if (values.get('transactional.id') !== null && values.get('enable.idempotence') === false) {
    throw new ConfigException('Cannot set a transactional.id without also enabling idempotence.');
  }
  const [lingerMs, requestMs] = [number('linger.ms'), number('request.timeout.ms')];
  const set = values.get('delivery.timeout.ms');
  const deliveryMs = deliveryTimeoutMs(set === null ? null : Number(set), lingerMs, requestMs);
  if (deliveryMs < lingerMs + requestMs) {
    throw new ConfigException(TOO_SHORT);
  }
  values.set('acks', acks);
  values.set('delivery.timeout.ms', deliveryMs);
  return values;
}
