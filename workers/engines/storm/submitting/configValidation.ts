/**
 * `org.apache.storm.validation.ConfigValidation` (Storm 2.8.8): what is refused when a topology is submitted.
 *
 * The messages name a setting by the constant in `Config`. What Storm does not know is let pass, so a key with a
 * slip of the pen does nothing.
 *
 * A component of its own: the schema of scenarios reads a lane's settings.
 */

interface Rule {
  /** The constant's name, where it is not the key in capitals. */
  readonly field?: string;
  readonly type: 'Integer' | 'Boolean' | 'String';
  /** Only for numbers: whether 0 is taken. */
  readonly includeZero?: boolean;
  readonly notNull?: boolean;
}

const positive: Rule = { type: 'Integer', includeZero: false };

const rules: Readonly<Record<string, Rule>> = {
  'topology.name': { type: 'String' },
  'topology.debug': { type: 'Boolean' },
  'topology.workers': positive,
  'topology.tasks': { type: 'Integer', includeZero: true },
  'topology.max.task.parallelism': positive,
  'topology.acker.executors': { type: 'Integer', includeZero: true },
  'topology.message.timeout.secs': { ...positive, notNull: true },
  'topology.enable.message.timeouts': { type: 'Boolean' },
  'topology.max.spout.pending': positive,
  'topology.disable.loadaware.messaging': { type: 'Boolean', notNull: true },
  'topology.bolts.window.length.count': positive,
  'topology.bolts.window.length.duration.ms': positive,
  'topology.bolts.window.sliding.interval.count': {
    ...positive,
    field: 'TOPOLOGY_BOLTS_SLIDING_INTERVAL_COUNT',
  },
  'topology.bolts.window.sliding.interval.duration.ms': {
    ...positive,
    field: 'TOPOLOGY_BOLTS_SLIDING_INTERVAL_DURATION_MS',
  },
  'topology.bolts.tuple.timestamp.max.lag.ms': positive,
  'topology.bolts.watermark.event.interval.ms': positive,
  'topology.bolts.late.tuple.stream': { type: 'String' },
  'topology.state.checkpoint.interval.ms': {
    ...positive,
    field: 'TOPOLOGY_STATE_CHECKPOINT_INTERVAL',
  },
};

const maxInteger = 2147483647;

export type SettingValue = null | boolean | number | string;

/** The message of the `IllegalArgumentException`, or null if Storm takes the setting. */
export function refuseSetting(key: string, value: SettingValue): string | null {
  const rule = rules[key];
  if (rule === undefined) return null;
  const field = `Field ${rule.field ?? key.toUpperCase().replaceAll('.', '_')}`;
  // There is no space before "cannot" in Storm either.
  if (value === null) return rule.notNull ? `${field}cannot be null! Actual value: null` : null;
  if (rule.type === 'Integer') return refuseNumber(field, value, rule.includeZero === true);
  if (typeof value === rule.type.toLowerCase()) return null;
  return `${field} must be of type class java.lang.${rule.type}. Object: ${String(value)} actual type: class java.lang.${javaClass(value)}`;
}

function refuseNumber(field: string, value: SettingValue, includeZero: boolean): string | null {
  const isInteger = typeof value === 'number' && Number.isInteger(value);
  if (!isInteger || value > maxInteger || value < -maxInteger - 1)
    return `${field} must be an Integer within type range.`;
  return value > 0 || (includeZero && value === 0) ? null : `${field} must be a Positive Number`;
}

/** What a JSON or YAML reader makes of a value. */
function javaClass(value: SettingValue): string {
  if (typeof value === 'boolean') return 'Boolean';
  if (typeof value === 'string') return 'String';
  if (!Number.isInteger(value)) return 'Double';
  return Math.abs(Number(value)) > maxInteger ? 'Long' : 'Integer';
}
