/** Keyed things that stand alone: key groups, and the interval join. */
import * as v from 'valibot';
import { advanceJoin, createIntervalJoin, joinElement } from '../intervalJoin.ts';
import {
  defaultMaxParallelism,
  keyGroupOf,
  keyGroupRange,
  subtaskOfKeyGroup,
} from '../keyGroups.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs } from './schemas.ts';

const parallelism = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(32_768));

export const keyGroupsBench = benchOf({
  component: 'flink/key-groups',
  meaning:
    'KeyGroupRangeAssignment for String keys. A step {key} answers with its hash’s key group, the subtask that owns ' +
    'it and that subtask’s range. maxParallelism null: derived.',
  config: v.strictObject({
    parallelism,
    maxParallelism: v.optional(v.nullable(parallelism), null),
  }),
  step: v.strictObject({ key: v.string() }),
  refusal: (config) =>
    config.maxParallelism !== null && config.maxParallelism < config.parallelism
      ? 'Maximum parallelism must not be smaller than parallelism.'
      : null,
  create: (config) => config.maxParallelism ?? defaultMaxParallelism(config.parallelism),
  play(maxParallelism, { key }, config) {
    const keyGroup = keyGroupOf(key, maxParallelism);
    const subtask = subtaskOfKeyGroup(keyGroup, config.parallelism, maxParallelism);
    const { first, last } = keyGroupRange(subtask, config.parallelism, maxParallelism);
    return { keyGroup, subtask, range: [first, last] };
  },
});

export const intervalJoinBench = benchOf({
  component: 'flink/interval-join',
  meaning:
    'IntervalJoinOperator. Steps: {side: left | right, key, value, timestampMs} or {watermarkMs}; answers the pairs.',
  config: v.strictObject({
    lowerBoundMs: longMs,
    upperBoundMs: longMs,
    lowerInclusive: v.optional(v.boolean(), true),
    upperInclusive: v.optional(v.boolean(), true),
  }),
  step: v.union([
    v.strictObject({
      side: v.picklist(['left', 'right']),
      key: v.string(),
      value: v.number(),
      timestampMs: longMs,
    }),
    v.strictObject({ watermarkMs: longMs }),
  ]),
  create: createIntervalJoin,
  play(join, step, config) {
    if ('side' in step) return joinElement(config, join, step.side, step.key, step);
    advanceJoin(config, join, step.watermarkMs);
    return [];
  },
});
