/**
 * The settings of a topic (`LogConfig`, 3.9): what `kafka-topics.sh --config` takes, and what it refuses.
 *
 * A component of its own: the topics of a scenario have no such settings.
 */
import {
  atLeast,
  between,
  ConfigException,
  type Definition,
  oneOf,
  readSettings,
} from '../../clients/kafka/configDef.ts';

const DAY_MS = 86_400_000;
/** `Long.MAX_VALUE`, as near as a double comes. */
const FOREVER = 9_223_372_036_854_775_808;

const definitions: readonly Definition[] = [
  { key: 'segment.bytes', type: 'INT', initial: 1_073_741_824, check: atLeast(14) },
  { key: 'segment.ms', type: 'LONG', initial: 7 * DAY_MS, check: atLeast(1) },
  { key: 'segment.jitter.ms', type: 'LONG', initial: 0, check: atLeast(0) },
  { key: 'segment.index.bytes', type: 'INT', initial: 10_485_760, check: atLeast(4) },
  { key: 'flush.messages', type: 'LONG', initial: FOREVER, check: atLeast(1) },
  { key: 'flush.ms', type: 'LONG', initial: FOREVER, check: atLeast(0) },
  { key: 'retention.bytes', type: 'LONG', initial: -1 },
  { key: 'retention.ms', type: 'LONG', initial: 7 * DAY_MS, check: atLeast(-1) },
  { key: 'max.message.bytes', type: 'INT', initial: 1_048_588, check: atLeast(0) },
  { key: 'index.interval.bytes', type: 'INT', initial: 4096, check: atLeast(0) },
  { key: 'delete.retention.ms', type: 'LONG', initial: DAY_MS, check: atLeast(0) },
  { key: 'min.compaction.lag.ms', type: 'LONG', initial: 0, check: atLeast(0) },
  { key: 'max.compaction.lag.ms', type: 'LONG', initial: FOREVER, check: atLeast(1) },
  { key: 'file.delete.delay.ms', type: 'LONG', initial: 60_000, check: atLeast(0) },
  { key: 'min.cleanable.dirty.ratio', type: 'DOUBLE', initial: 0.5, check: between(0, 1) },
  {
    key: 'cleanup.policy',
    type: 'LIST',
    initial: ['delete'],
    check: oneOf('compact', 'delete'),
  },
  { key: 'unclean.leader.election.enable', type: 'BOOLEAN', initial: false },
  { key: 'min.insync.replicas', type: 'INT', initial: 1, check: atLeast(1) },
  {
    key: 'compression.type',
    type: 'STRING',
    initial: 'producer',
    check: oneOf('uncompressed', 'zstd', 'lz4', 'snappy', 'gzip', 'producer'),
  },
  { key: 'preallocate', type: 'BOOLEAN', initial: false },
  {
    key: 'message.timestamp.type',
    type: 'STRING',
    initial: 'CreateTime',
    check: oneOf('CreateTime', 'LogAppendTime'),
  },
  { key: 'message.timestamp.before.max.ms', type: 'LONG', initial: FOREVER, check: atLeast(0) },
  { key: 'message.timestamp.after.max.ms', type: 'LONG', initial: FOREVER, check: atLeast(0) },
];

/** The message of the real exception, or null for settings that a topic may have. */
export function topicSettingsProblem(written: Readonly<Record<string, string>>): string | null {
  const unknown = Object.keys(written).find((name) => !definitions.some(({ key }) => key === name));
  if (unknown !== undefined) return `Unknown topic config name: ${unknown}`;
  try {
    const values = readSettings(definitions, written);
    const [min, max] = ['min.compaction.lag.ms', 'max.compaction.lag.ms'].map((key) =>
      Number(values.get(key)),
    ) as [number, number];
    return min > max
      ? `conflict topic config setting min.compaction.lag.ms (${min}) > max.compaction.lag.ms (${max})`
      : null;
  } catch (error) {
    if (error instanceof ConfigException) return error.message;
    throw error;
  }
}
