// A Spark Streaming program as a node of a scenario: where it reads, how it cuts and what it is
// started with. Official keys are spelled as Spark spells them, with the defaults of Spark 3.5.

import * as v from 'valibot';
import { nodeId, topicOfNode, whole } from '../../scenario/common.ts';
import type { Program } from '../../scenario/program.ts';

const rate = whole(0, 1_000_000);

export const sparkSchema = v.strictObject({
  id: nodeId,
  type: v.literal('spark'),
  /** The program it runs: functions, aggregate, window and slide. */
  program: nodeId,
  source: topicOfNode,
  /** Whose words refuse: PySpark checks windows before the JVM does, and slides them differently. */
  api: v.optional(v.picklist(['python', 'scala']), 'python'),
  /** `batchDuration` of the StreamingContext. */
  batchIntervalMs: whole(50, 600_000),
  /** Whether reduceByKeyAndWindow is given an inverse function (if the aggregate has one). */
  inverseFunction: v.optional(v.boolean(), false),
  /** Whether it is given a filter that drops zeros. */
  filterZeros: v.optional(v.boolean(), false),
  /** Whether `ssc.checkpoint(directory)` is called, and a restarted driver reads it back. */
  checkpoint: v.optional(v.boolean(), false),
  'auto.offset.reset': v.optional(v.picklist(['latest', 'earliest']), 'latest'),
  'spark.streaming.concurrentJobs': v.optional(whole(1, 64), 1),
  'spark.streaming.backpressure.enabled': v.optional(v.boolean(), false),
  'spark.streaming.backpressure.initialRate': v.optional(rate, 0),
  'spark.streaming.backpressure.pid.minRate': v.optional(whole(1, 1_000_000), 100),
  'spark.streaming.kafka.maxRatePerPartition': v.optional(rate, 0),
  'spark.streaming.kafka.minRatePerPartition': v.optional(rate, 1),
});

export type SparkNode = v.InferOutput<typeof sparkSchema>;

/** The node with its program looked up, as the engine is given it. */
export type SparkConfig = Omit<SparkNode, 'program'> & { readonly program: Program };
