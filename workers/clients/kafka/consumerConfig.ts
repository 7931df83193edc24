/** The consumer's settings under their official keys, with the defaults of 3.9. */
import type { AssignorName } from './assignors/index.ts';
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

const setting = settingsWith(consumerDefaults);

const definitions: readonly Definition[] = [
  setting('session.timeout.ms', 'INT'),
  setting('heartbeat.interval.ms', 'INT'),
  setting('enable.auto.commit', 'BOOLEAN'),
  setting('auto.commit.interval.ms', 'INT', atLeast(0)),
  setting('max.partition.fetch.bytes', 'INT', atLeast(0)),
  setting('fetch.min.bytes', 'INT', atLeast(0)),
  setting('fetch.max.bytes', 'INT', atLeast(0)),
  setting('fetch.max.wait.ms', 'INT', atLeast(0)),
  setting('auto.offset.reset', 'STRING', oneOf('latest', 'earliest', 'none')),
  setting('request.timeout.ms', 'INT', atLeast(0)),
  setting('max.poll.records', 'INT', atLeast(1)),
  setting('max.poll.interval.ms', 'INT', atLeast(1)),
  {
    key: 'isolation.level',
    type: 'STRING',
    initial: 'read_uncommitted',
    check: oneOf('read_committed', 'read_uncommitted'),
  },
  setting('group.id', 'STRING'),
];

/**
 * A consumer's settings as the real one reads them from a properties file.
 *
 * @returns what it goes by
 * @throws ConfigException with the real message
 */
export function readConsumerSettings(
  written: Readonly<Record<string, string>>,
): Map<string, SettingValue> {
  const values = readSettings(definitions, written);
  if (values.get('group.id') === null) {
    if (Object.hasOwn(written, 'enable.auto.commit') && values.get('enable.auto.commit') === true) {
      throw new ConfigException(
        'enable.auto.commit cannot be set to true when default group id (null) is used.',
      );
    }
    values.set('enable.auto.commit', false);
  } else if (
    Number(values.get('heartbeat.interval.ms')) >= Number(values.get('session.timeout.ms'))
  ) {
    throw new ConfigException('Heartbeat must be set lower than the session timeout');
  }
  return values;
}
