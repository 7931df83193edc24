/** Keyed things that stand alone: key groups, and the interval join. */
import * as v from 'valibot';
import {
  advanceJoin,
  createIntervalJoin,
  isLateForJoin,
  joinElement,
  refusalOfIntervalJoin,
} from '../intervalJoin.ts';
import {
  defaultMaxParallelism,
  keyGroupOf,
  keyGroupRange,
  NULL_KEY,
  refusalOfMaxParallelism,
  subtaskOfKeyGroup,
} from '../keyGroups.ts';
import { benchOf } from '../../../kernel/bench.ts';
import { longMs, written } from './schemas.ts';

const parallelism = v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(32_768));

interface KeyedJob {
  readonly maxParallelism: number;
  parallelism: number;
  readonly keys: Set<string>;
}

export const keyGroupsBench = benchOf({
  component: 'flink/key-groups',
  meaning:
    'KeyGroupRangeAssignment for String keys. Steps: {key} answers with its key group, the subtask that owns it and ' +
    'that subtask’s range; {rescaleTo: parallelism} with the keys seen so far, by subtask; {defaultFor: parallelism} ' +
    'with the default max parallelism. maxParallelism null: derived.',
  config: v.strictObject({
    parallelism,
    maxParallelism: v.optional(v.nullable(parallelism), null),
  }),
  step: v.union([
    v.strictObject({ key: v.nullable(v.string()) }),
    v.strictObject({ rescaleTo: parallelism }),
    v.strictObject({ defaultFor: parallelism }),
  ]),
  refusal: (config) =>
    config.maxParallelism === null
      ? null
      : refusalOfMaxParallelism(config.parallelism, config.maxParallelism),
  create: (config): KeyedJob => ({
    maxParallelism: config.maxParallelism ?? defaultMaxParallelism(config.parallelism),
    parallelism: config.parallelism,
    keys: new Set(),
  }),
  play(job, step) {
    if ('defaultFor' in step) return defaultMaxParallelism(step.defaultFor);
    if ('rescaleTo' in step) {
      job.parallelism = step.rescaleTo;
      return keysBySubtask(job);
    }
    if (step.key === null) throw new Error(NULL_KEY);
    job.keys.add(step.key);
    const keyGroup = keyGroupOf(step.key, job.maxParallelism);
    const subtask = subtaskOfKeyGroup(keyGroup, job.parallelism, job.maxParallelism);
    const { first, last } = keyGroupRange(subtask, job.parallelism, job.maxParallelism);
    return { keyGroup, subtask, range: [first, last] };
  },
});

function keysBySubtask({ keys, parallelism, maxParallelism }: KeyedJob): string[][] {
  const bySubtask = Array.from({ length: parallelism }, (): string[] => []);
  for (const key of [...keys].sort())
    bySubtask[
      subtaskOfKeyGroup(keyGroupOf(key, maxParallelism), parallelism, maxParallelism)
    ]?.push(key);
  return bySubtask;
}

export const intervalJoinBench = benchOf({
  component: 'flink/interval-join',
  meaning:
    'IntervalJoinOperator. Steps: {side: left | right, key, value, timestampMs} or {watermarkMs}; answers the pairs, and ' +
    'whether the element went to the side output.',
  config: v.strictObject({
    lowerBoundMs: longMs,
    upperBoundMs: longMs,
    lowerInclusive: v.optional(v.boolean(), true),
    upperInclusive: v.optional(v.boolean(), true),
    sideOutputLateData: v.optional(v.boolean(), false),
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
  refusal: refusalOfIntervalJoin,
  create: createIntervalJoin,
  play(join, step, config) {
    if ('watermarkMs' in step) {
      advanceJoin(config, join, step.watermarkMs);
      return { joined: [], late: 'no' };
    }
    const joined = joinElement(config, join, step.side, step.key, step);
    const aside = config.sideOutputLateData && isLateForJoin(join, step.timestampMs);
    return {
      joined: joined.map((pair) => ({ ...pair, timestampMs: written(pair.timestampMs) })),
      late: aside ? 'side output' : 'no',
    };
  },
});
