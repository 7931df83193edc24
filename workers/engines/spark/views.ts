/** What the inspector shows of a Spark lane, in the words of its own web page. */
import type { PartTable, PartView } from '../../kernel/engine.ts';
import {
  processingDelayUs,
  schedulingDelayUs,
  waitingJobs,
  type JobSet,
} from './scheduling/jobScheduler.ts';
import { settingsOf } from './settings.ts';
import { runUs, textOf, type SparkEnvironment, type SparkState } from './state.ts';
import { windowConfigOf } from './windowConfig.ts';

export function viewOf(state: Readonly<SparkState>, part: string, env: SparkEnvironment): PartView {
  if (part.endsWith('/direct-stream')) return directStreamView(state);
  if (part.endsWith('/batches')) return batchesView(state, env);
  return resultsView(state);
}

function directStreamView(state: Readonly<SparkState>): PartView {
  const { config, driver, executor } = state;
  return {
    title: 'Kafka direct stream',
    facts: [
      ['executor', executor.isUp ? 'registered' : 'lost'],
      ['cores busy', `${executor.running.size} of ${executor.cores}`],
      ['tasks waiting', String(executor.queue.length - executor.queueHead)],
      [
        'rate limit',
        driver.estimatedRate === null ? 'none' : `${driver.estimatedRate.toFixed(1)} records/s`,
      ],
    ],
    settings: [
      { key: 'auto.offset.reset', value: config['auto.offset.reset'], fallback: 'latest' },
      ...settingsOf(config),
    ],
    tables: [offsetsTable(state)],
    log: [],
  };
}

function offsetsTable(state: Readonly<SparkState>): PartTable {
  const { topic } = state.config.source;
  return {
    title: 'Next offsets',
    columns: ['partition', 'offset'],
    rows: state.driver.currentOffsets.map((offset, n) => [`${topic}-${n}`, String(offset)]),
  };
}

function batchesView(state: Readonly<SparkState>, env: SparkEnvironment): PartView {
  const { config, driver } = state;
  const { windowMs, slideMs, method, checkpointMs } = windowConfigOf(config);
  return {
    title: 'Batches',
    facts: [
      ['zero time', driver.isUp ? seconds(runUs(driver.zeroTimeMs, env)) : 'driver is down'],
      ['jobs running', String(driver.running.size)],
      ['jobs waiting', String(waitingJobs(driver.scheduler))],
      ['windowed stream', method],
    ],
    settings: [
      { key: 'batchDuration', value: `${config.batchIntervalMs} ms` },
      { key: 'windowDuration', value: `${windowMs} ms` },
      { key: 'slideDuration', value: `${slideMs} ms` },
      { key: 'checkpoint interval', value: checkpointMs === null ? 'none' : `${checkpointMs} ms` },
    ],
    tables: [batchTable(state, env), completedTable(state, env)],
    log: state.log.map(textOf),
  };
}

function batchTable(state: Readonly<SparkState>, env: SparkEnvironment): PartTable {
  return {
    title: 'Batches remembered',
    columns: ['batch', 'records', 'reduced'],
    rows: [...state.batches.values()].map(({ batchMs, records, totals }) => [
      seconds(runUs(batchMs, env)),
      String(records),
      totals === null ? 'not read' : `${totals.size} keys`,
    ]),
  };
}

function completedTable(state: Readonly<SparkState>, env: SparkEnvironment): PartTable {
  return {
    title: 'Completed batches',
    columns: ['batch', 'scheduling delay', 'processing time', 'total delay'],
    rows: state.completed.map((batch: JobSet) => {
      const schedulingUs = schedulingDelayUs(batch);
      const processingUs = processingDelayUs(batch);
      return [
        seconds(runUs(batch.batchMs, env)),
        seconds(schedulingUs),
        seconds(processingUs),
        seconds(schedulingUs + processingUs),
      ];
    }),
  };
}

function resultsView(state: Readonly<SparkState>): PartView {
  const { aggregate, functions } = state.config.program;
  return {
    title: 'Results',
    facts: [
      ['functions', functions.join(', ')],
      ['aggregate', aggregate],
    ],
    settings: [],
    tables: [],
    log: [],
  };
}

function seconds(timeUs: number): string {
  return `${(timeUs / 1_000_000).toFixed(3)} s`;
}
