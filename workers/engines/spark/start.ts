/** A Spark lane before its first event. */
import type { SparkConfig } from './config.ts';
import { createJobScheduler } from './scheduling/jobScheduler.ts';
import { createPidRateEstimator } from './inputs/pidRateEstimator.ts';
import type { SparkEnvironment, SparkState } from './state.ts';
import { topicPartitions } from './topic.ts';
import { traceNumbersOf } from './traceNumbers.ts';

export function createState(config: SparkConfig, env: SparkEnvironment): SparkState {
  const { topic } = config.source;
  return {
    config,
    driverProcess: env.process(`${env.node}/driver`),
    executorProcess: env.process(`${env.node}/executor`),
    traced: traceNumbersOf(config, env),
    partitions: topicPartitions(config, env).map((_part, partition) => ({ topic, partition })),
    driver: {
      isUp: false,
      consumer: null,
      zeroTimeMs: 0,
      currentOffsets: [],
      pendingTicks: [],
      scheduler: createJobScheduler(config['spark.streaming.concurrentJobs']),
      running: new Map(),
      freeAtUs: 0,
      pid: createPidRateEstimator(),
      estimatedRate: null,
    },
    executor: {
      isStarted: true,
      isUp: true,
      cores: env.costs.sparkCores,
      queue: [],
      queueHead: 0,
      running: new Map(),
      readers: new Map(),
    },
    batches: new Map(),
    strays: [],
    windows: new Map(),
    windowFailure: null,
    checkpoint: null,
    booked: new Uint8Array(env.records.count),
    bookedOffsets: [],
    ledgerReaders: new Map(),
    firstWindow: 0,
    nextWindow: 0,
    nextSpan: 0,
    nextAttempt: 0,
    life: 0,
    recordsLeftBehind: 0,
    completed: [],
    log: [],
  };
}
