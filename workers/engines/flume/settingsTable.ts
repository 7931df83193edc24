/**
 * The numbers that an agent is steered by, under their official keys and with the defaults of Flume
 * 1.11.0. The page's sliders and the inspector are made from these rows.
 */
import type { Knob, PartView } from '../../kernel/engine.ts';
import type { FlumeConfig } from './config.ts';
import type { ComponentKind } from './configuration/componentTypes.ts';
import { readAgent } from './configuration/readAgent.ts';

interface Setting {
  /** The component's type as it is most often written, in small letters. */
  readonly type: string;
  readonly kind: ComponentKind;
  readonly key: string;
  readonly byDefault: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly unit: Knob['unit'];
  readonly meaning: string;
}

const setting = (
  kind: Setting['kind'],
  type: string,
  key: string,
  byDefault: number,
  [min, max, step]: readonly [number, number, number],
  unit: Knob['unit'],
  meaning: string,
): Setting => ({ kind, type, key, byDefault, min, max, step, unit, meaning });

const kafkaSink = 'org.apache.flume.sink.kafka.KafkaSink';

export const settings: readonly Setting[] = [
  setting(
    'source',
    'TAILDIR',
    'batchSize',
    100,
    [1, 1000, 1],
    'records',
    'lines of one put transaction',
  ),
  setting(
    'source',
    'TAILDIR',
    'writePosInterval',
    3000,
    [100, 60_000, 100],
    'ms',
    'how often the position file is written',
  ),
  setting(
    'source',
    'TAILDIR',
    'backoffSleepIncrement',
    1000,
    [10, 10_000, 10],
    'ms',
    'by how much the sleep between two looks grows',
  ),
  setting(
    'source',
    'TAILDIR',
    'maxBackoffSleep',
    5000,
    [10, 60_000, 10],
    'ms',
    'the longest sleep between two looks',
  ),
  setting(
    'source',
    'spooldir',
    'batchSize',
    100,
    [1, 1000, 1],
    'records',
    'lines of one put transaction',
  ),
  setting(
    'source',
    'spooldir',
    'pollDelay',
    500,
    [10, 60_000, 10],
    'ms',
    'sleep between two looks at the directory',
  ),
  setting(
    'source',
    'exec',
    'batchSize',
    20,
    [1, 1000, 1],
    'records',
    'lines of one put transaction',
  ),
  setting(
    'source',
    'exec',
    'batchTimeout',
    3000,
    [0, 60_000, 100],
    'ms',
    'longest wait for a full batch',
  ),
  setting(
    'source',
    'seq',
    'batchSize',
    1,
    [1, 1000, 1],
    'records',
    'numbers of one put transaction',
  ),
  setting('channel', 'memory', 'capacity', 100, [1, 10_000, 1], 'records', 'slots of the channel'),
  setting(
    'channel',
    'memory',
    'transactionCapacity',
    100,
    [1, 10_000, 1],
    'records',
    'most puts, and most takes, of one transaction',
  ),
  setting(
    'channel',
    'memory',
    'keep-alive',
    3,
    [0, 60, 1],
    'count',
    'seconds that a put waits for room and a take for an event',
  ),
  setting(
    'channel',
    'file',
    'capacity',
    1_000_000,
    [1, 1_000_000, 1],
    'records',
    'slots of the channel',
  ),
  setting(
    'channel',
    'file',
    'transactionCapacity',
    10_000,
    [1, 100_000, 1],
    'records',
    'most puts, and most takes, of one transaction',
  ),
  setting(
    'channel',
    'file',
    'checkpointInterval',
    30_000,
    [1000, 600_000, 1000],
    'ms',
    'how often the queue is saved',
  ),
  setting(
    'channel',
    'file',
    'keep-alive',
    3,
    [0, 60, 1],
    'count',
    'seconds that a put waits for room',
  ),
  setting(
    'sink',
    kafkaSink,
    'flumeBatchSize',
    100,
    [1, 1000, 1],
    'records',
    'events of one take transaction',
  ),
  setting(
    'sink',
    'hdfs',
    'hdfs.batchSize',
    100,
    [1, 1000, 1],
    'records',
    'events of one take transaction',
  ),
  setting(
    'sink',
    'hdfs',
    'hdfs.rollInterval',
    30,
    [0, 3600, 1],
    'count',
    'seconds until a file is closed, 0 for never',
  ),
  setting(
    'sink',
    'hdfs',
    'hdfs.rollSize',
    1024,
    [0, 134_217_728, 1],
    'bytes',
    'body bytes until a file is closed, 0 for never',
  ),
  setting(
    'sink',
    'hdfs',
    'hdfs.rollCount',
    10,
    [0, 100_000, 1],
    'records',
    'events until a file is closed, 0 for never',
  ),
  setting(
    'sink',
    'hdfs',
    'hdfs.idleTimeout',
    0,
    [0, 3600, 1],
    'count',
    'seconds without a flush until a file is closed, 0 for never',
  ),
  setting('sink', 'avro', 'batch-size', 100, [1, 1000, 1], 'records', 'events of one RPC'),
  setting(
    'sink',
    'null',
    'batchSize',
    100,
    [1, 1000, 1],
    'records',
    'events of one take transaction',
  ),
];

/** One row a setting; `<…>` stands for the agent's and the component's names in the text. */
export const knobs: readonly Knob[] = settings.map((row) => ({
  field: `${row.kind}s.<${row.kind}>.${row.key}`,
  officialKey: `<agent>.${row.kind}s.<${row.kind}>.${row.key}`,
  label: `${row.type.slice(row.type.lastIndexOf('.') + 1)} ${row.kind}: ${row.key}`,
  unit: row.unit,
  min: row.min,
  max: row.max,
  step: row.step,
  initial: row.byDefault,
  meaning: row.meaning,
}));

/** The properties of one component, under the keys that follow its name. */
export function componentProperties(
  config: FlumeConfig,
  kind: Setting['kind'],
  name: string,
): Map<string, string> {
  const prefix = `${config.agent}.${kind}s.${name}.`;
  const found = new Map<string, string>();
  for (const [key, value] of readAgent(config).properties) {
    if (key.startsWith(prefix)) found.set(key.slice(prefix.length), value.trim());
  }
  return found;
}

/** Every property of the component, with the real default of those that have one and differ. */
export function settingsView(
  config: FlumeConfig,
  kind: Setting['kind'],
  name: string,
): PartView['settings'] {
  const properties = componentProperties(config, kind, name);
  const rows = rowsFor(kind, properties.get('type') ?? '');
  const written = [...properties].map(([key, value]) => {
    const fallback = changedFrom(rows, key, value);
    return fallback === null ? { key, value } : { key, value, fallback };
  });
  const unwritten = rows.filter(({ key }) => !properties.has(key));
  return [
    ...written,
    ...unwritten.map(({ key, byDefault }) => ({ key, value: String(byDefault) })),
  ];
}

/** `key = value (default d)` for what the scene changed. */
export function changedDefaults(
  config: FlumeConfig,
  kind: Setting['kind'],
  name: string,
): string[] {
  const changed: string[] = [];
  const properties = componentProperties(config, kind, name);
  const rows = rowsFor(kind, properties.get('type') ?? '');
  for (const [key, value] of properties) {
    const fallback = changedFrom(rows, key, value);
    if (fallback !== null) changed.push(`${key} = ${value} (default ${fallback})`);
  }
  return changed;
}

/** The default that a written value differs from, or null. */
function changedFrom(rows: readonly Setting[], key: string, value: string): string | null {
  for (const row of rows) {
    if (row.key !== key) continue;
    const byDefault = String(row.byDefault);
    return byDefault === value ? null : byDefault;
  }
  return null;
}

function rowsFor(kind: Setting['kind'], type: string): Setting[] {
  const wanted = type.toLowerCase();
  return settings.filter((row) => row.kind === kind && row.type.toLowerCase() === wanted);
}
