/** The settings of a Spark lane that a person can move. Window and slide belong to the program. */
import type { Knob } from '../../kernel/engine.ts';

export const sparkKnobs: readonly Knob[] = [
  {
    field: 'batchIntervalMs',
    officialKey: 'batchDuration',
    label: 'Batch interval',
    unit: 'ms',
    min: 500,
    max: 8000,
    step: 500,
    initial: 2000,
    meaning:
      'How long records are gathered into one batch. Window and slide must be multiples of it.',
  },
  {
    field: 'spark.streaming.concurrentJobs',
    officialKey: 'spark.streaming.concurrentJobs',
    label: 'Concurrent jobs',
    unit: 'count',
    min: 1,
    max: 8,
    step: 1,
    initial: 1,
    meaning: 'How many jobs of waiting batches run at once.',
  },
  {
    field: 'spark.streaming.kafka.maxRatePerPartition',
    officialKey: 'spark.streaming.kafka.maxRatePerPartition',
    label: 'Max rate per partition',
    unit: 'records',
    min: 0,
    max: 1000,
    step: 10,
    initial: 0,
    meaning:
      'Records a second that a batch takes from one Kafka partition at most; 0 for no limit.',
  },
  {
    field: 'spark.streaming.backpressure.initialRate',
    officialKey: 'spark.streaming.backpressure.initialRate',
    label: 'Initial rate',
    unit: 'records',
    min: 0,
    max: 5000,
    step: 50,
    initial: 0,
    meaning: 'Records a second before backpressure has its first estimate; 0 for no limit.',
  },
  {
    field: 'spark.streaming.backpressure.pid.minRate',
    officialKey: 'spark.streaming.backpressure.pid.minRate',
    label: 'Least rate of backpressure',
    unit: 'records',
    min: 1,
    max: 1000,
    step: 1,
    initial: 100,
    meaning: 'Records a second below which backpressure never goes.',
  },
];
