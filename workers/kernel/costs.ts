/**
 * What things cost. These numbers are scenario data, assumed and not measured: rules come from the engines, costs
 * never pretend to. One panel of the page shows and changes every row.
 */
export interface CostRow {
  readonly key: string;
  readonly initial: number;
  readonly min: number;
  readonly max: number;
  readonly unit: 'us' | 'cores' | 'bytes/s';
  readonly system: 'network' | 'flume' | 'kafka' | 'hdfs' | 'spark' | 'storm' | 'flink';
  readonly meaning: string;
}

const row = <Key extends string>(
  key: Key,
  system: CostRow['system'],
  initial: number,
  unit: CostRow['unit'],
  max: number,
  meaning: string,
) => ({ key, system, initial, min: unit === 'us' ? 0 : 1, max, unit, meaning }) as const;

export const costRows = [
  row('linkLatencyUs', 'network', 2_000, 'us', 10_000_000, 'one way between two machines'),
  row(
    'linkBytesPerSecond',
    'network',
    100_000_000,
    'bytes/s',
    1e11,
    'of a link between two machines',
  ),
  row('localLatencyUs', 'network', 100, 'us', 10_000_000, 'between two processes of one machine'),
  row('flumeEventUs', 'flume', 50, 'us', 1_000_000, 'reading or sending one event'),
  row(
    'flumeFileSyncUs',
    'flume',
    4_000,
    'us',
    10_000_000,
    'one fsync of a file channel, at each commit',
  ),
  row('flumeStartUs', 'flume', 1_500_000, 'us', 600_000_000, 'starting an agent'),
  row('kafkaAppendUs', 'kafka', 200, 'us', 10_000_000, 'one append to a partition log'),
  row('kafkaStartUs', 'kafka', 3_000_000, 'us', 600_000_000, 'starting a broker'),
  row(
    'hdfsWriteUs',
    'hdfs',
    5_000,
    'us',
    10_000_000,
    'one hflush through the pipeline of DataNodes',
  ),
  row('sparkBatchUs', 'spark', 500_000, 'us', 600_000_000, 'submitting the stages of one batch'),
  row('sparkTaskUs', 'spark', 60_000, 'us', 600_000_000, 'starting one task'),
  row('sparkRecordUs', 'spark', 100, 'us', 1_000_000, 'one record in one task'),
  row('sparkCores', 'spark', 2, 'cores', 1_000, 'tasks that run at once'),
  row('sparkStartUs', 'spark', 4_000_000, 'us', 600_000_000, 'starting the driver or an executor'),
  row('stormTupleUs', 'storm', 60, 'us', 1_000_000, 'one tuple in one bolt'),
  row('stormStartUs', 'storm', 2_000_000, 'us', 600_000_000, 'starting a worker'),
  row('flinkRecordUs', 'flink', 40, 'us', 1_000_000, 'one record in one operator chain'),
  row(
    'flinkSnapshotUs',
    'flink',
    300_000,
    'us',
    600_000_000,
    'the asynchronous upload of one snapshot',
  ),
  row('flinkStartUs', 'flink', 2_000_000, 'us', 600_000_000, 'starting a task manager'),
] as const satisfies readonly CostRow[];

export type CostKey = (typeof costRows)[number]['key'];

/** A value for every row. */
export type Costs = Readonly<Record<CostKey, number>>;

/** The assumed costs, with `changes` laid over them. */
export function costsWith(changes: Partial<Record<CostKey, number>>): Costs {
  const costs: Partial<Record<CostKey, number>> = {};
  for (const { key, initial } of costRows) costs[key] = changes[key] ?? initial;
  return costs as Costs;
}
