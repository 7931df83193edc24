// A Flink DataStream job as a node of a scenario: where it reads, how it windows, and what it is started with.
// Official keys are spelled as Flink spells them, durations in milliseconds, with the defaults of Flink 1.20.

import * as v from 'valibot';
import { intervalMs, nodeId, topicOfNode, whole } from '../../scenario/common.ts';
import type { Program } from '../../scenario/program.ts';

export const flinkSchema = v.strictObject({
  id: nodeId,
  type: v.literal('flink'),
  /** The program it runs: functions, aggregate, window and slide. */
  program: nodeId,
  source: topicOfNode,
  /** `OffsetsInitializer` of the KafkaSource. */
  startingOffsets: v.optional(v.picklist(['earliest', 'latest']), 'earliest'),
  /** `WatermarkStrategy.forBoundedOutOfOrderness`. */
  outOfOrdernessMs: v.optional(whole(0, 3_600_000), 0),
  /** `WatermarkStrategy.withIdleness`; null: not called. */
  idleTimeoutMs: v.optional(v.nullable(whole(1, 3_600_000)), null),
  /** Whether windows are of event time or of the task's wall clock. */
  windowTime: v.optional(v.picklist(['event-time', 'processing-time']), 'event-time'),
  /** `WindowedStream.allowedLateness`. */
  allowedLatenessMs: v.optional(whole(0, 3_600_000), 0),
  /** Whether `sideOutputLateData` is called, so that late records are not counted as dropped. */
  sideOutputLateData: v.optional(v.boolean(), false),
  /** `setDeliveryGuarantee` of the sink. */
  deliveryGuarantee: v.optional(v.picklist(['NONE', 'AT_LEAST_ONCE', 'EXACTLY_ONCE']), 'NONE'),
  'parallelism.default': v.optional(whole(1, 8), 1),
  'pipeline.auto-watermark-interval': v.optional(whole(0, 60_000), 200),
  'execution.buffer-timeout.interval': v.optional(whole(0, 60_000), 100),
  /** null: off, and then a failed job is not restarted. */
  'execution.checkpointing.interval': v.optional(v.nullable(intervalMs), null),
  'execution.checkpointing.mode': v.optional(
    v.picklist(['EXACTLY_ONCE', 'AT_LEAST_ONCE']),
    'EXACTLY_ONCE',
  ),
  'execution.checkpointing.unaligned.enabled': v.optional(v.boolean(), false),
  'execution.checkpointing.timeout': v.optional(intervalMs, 600_000),
  'execution.checkpointing.min-pause': v.optional(whole(0, 3_600_000), 0),
  'execution.checkpointing.max-concurrent-checkpoints': v.optional(whole(1, 100), 1),
  'execution.checkpointing.tolerable-failed-checkpoints': v.optional(whole(0, 1000), 0),
  'restart-strategy.exponential-delay.initial-backoff': v.optional(intervalMs, 1000),
  'restart-strategy.exponential-delay.max-backoff': v.optional(intervalMs, 60_000),
});

export type FlinkNode = v.InferOutput<typeof flinkSchema>;

/** The node with its program looked up, as the engine is given it. */
export type FlinkConfig = Omit<FlinkNode, 'program'> & { readonly program: Program };

/** How barriers and data go together: unaligned checkpoints need EXACTLY_ONCE, and are off without it. */
export function barrierModeOf(config: FlinkConfig): 'aligned' | 'unaligned' | 'at least once' {
  if (config['execution.checkpointing.mode'] === 'AT_LEAST_ONCE') return 'at least once';
  return config['execution.checkpointing.unaligned.enabled'] ? 'unaligned' : 'aligned';
}
