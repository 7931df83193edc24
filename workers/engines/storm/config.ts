// A Storm topology as a node of a scenario: where it reads, how it windows and what it is submitted
// with. Official keys are spelled as Storm spells them, with the defaults of Storm 2.8.8.

import * as v from 'valibot';
import { nodeId, topicOfNode, whole } from '../../scenario/common.ts';
import type { Program } from '../../scenario/program.ts';
import type { ComponentSpec } from './topology/systemTopology.ts';
import { windowedBoltDefaults, type WindowedBoltConfig } from './windowing/windowConfig.ts';

export const stormSchema = v.strictObject({
  id: nodeId,
  type: v.literal('storm'),
  /** The program it runs: functions, aggregate, window and slide. */
  program: nodeId,
  source: topicOfNode,
  /** Whether the windowed bolt is given a timestamp field, or follows the wall clock. */
  windowTime: v.optional(v.picklist(['event-time', 'processing-time']), 'event-time'),
  /** `KafkaSpoutConfig.Builder.setProcessingGuarantee`. */
  processingGuarantee: v.optional(v.picklist(['AT_LEAST_ONCE', 'AT_MOST_ONCE']), 'AT_LEAST_ONCE'),
  /** `KafkaSpoutConfig.Builder.setOffsetCommitPeriodMs`. */
  offsetCommitPeriodMs: v.optional(whole(100, 3_600_000), 30_000),
  /** The parallelism hints of spout and parsing bolt; the windowed bolt has one task. */
  spoutParallelism: v.optional(whole(1, 4), 1),
  parseParallelism: v.optional(whole(1, 8), 1),
  'topology.workers': v.optional(whole(1, 4), 1),
  /** null: as many as workers. */
  'topology.acker.executors': v.optional(v.nullable(whole(0, 4)), null),
  'topology.message.timeout.secs': v.optional(whole(1, 3600), 30),
  'topology.enable.message.timeouts': v.optional(v.boolean(), true),
  /** null: no limit. */
  'topology.max.spout.pending': v.optional(v.nullable(whole(1, 1_000_000)), null),
  'topology.bolts.tuple.timestamp.max.lag.ms': v.optional(whole(0, 3_600_000), 0),
  'topology.bolts.watermark.event.interval.ms': v.optional(whole(10, 600_000), 1000),
});

export type StormNode = v.InferOutput<typeof stormSchema>;

/** The node with its program looked up, as the engine is given it. */
export type StormConfig = Omit<StormNode, 'program'> & { readonly program: Program };

/** What the builder calls of the windowed bolt write; null for a program without windows. */
export function windowedBoltOf(config: StormConfig): WindowedBoltConfig | null {
  const { windowIntervalMs, slideIntervalMs } = config.program;
  if (windowIntervalMs === null || slideIntervalMs === null) return null;
  return {
    ...windowedBoltDefaults,
    'topology.bolts.window.length.duration.ms': windowIntervalMs,
    'topology.bolts.window.sliding.interval.duration.ms': slideIntervalMs,
    ...(config.windowTime === 'event-time' && {
      'topology.bolts.tuple.timestamp.max.lag.ms':
        config['topology.bolts.tuple.timestamp.max.lag.ms'],
      'topology.bolts.watermark.event.interval.ms':
        config['topology.bolts.watermark.event.interval.ms'],
      timestampField: 'time',
    }),
  };
}

/** Spout and bolts by the ids that the program text gives them. */
export function componentsOf(config: StormConfig): ComponentSpec[] {
  const component = (id: string, parallelismHint: number) => ({
    id,
    parallelismHint,
    'topology.tasks': null,
  });
  return [
    component('spout', config.spoutParallelism),
    component('parse', config.parseParallelism),
    component('count', 1),
  ];
}
