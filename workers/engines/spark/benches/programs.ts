// What a program may put together and when, and what it reads straight from Kafka, on a bench.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import {
  backpressureRate,
  clampRanges,
  maxMessagesPerPartition,
  refuseRange,
  refuseRanges,
} from '../inputs/directKafka.ts';
import { cogroup, join, refuseSlides } from '../operators/joins.ts';
import { isTimeValid } from '../scheduling/batchTimes.ts';
import { call, createContextLife } from '../scheduling/lifecycle.ts';
import { apis, benchOf, duration, refuse, valuesByKey } from './component.ts';

const numbers = v.array(v.number());

const combined = benchOf({
  name: 'combined',
  meaning:
    'Two streams put together, each a window of one slide. A step is a batch of both; the answer is what comes of them, ' +
    'or null.',
  config: v.strictObject({
    api: apis,
    batchIntervalMs: duration,
    operator: v.picklist(['union', 'join']),
    slidesMs: v.tuple([duration, duration]),
  }),
  step: v.tuple([numbers, numbers]),
  start(config) {
    const { api, operator, slidesMs } = config;
    refuse(refuseSlides(api, operator, slidesMs));
    return { ...config, batches: [] as (readonly [number[], number[]])[] };
  },
  play({ operator, slidesMs, batchIntervalMs, batches }, batch) {
    batches.push(batch);
    const timeMs = batches.length * batchIntervalMs;
    const [left, right] = slidesMs.map((slideMs, side) =>
      isTimeValid(timeMs, 0, slideMs)
        ? batches.slice(-slideMs / batchIntervalMs).flatMap((both) => both[side] ?? [])
        : null,
    );
    // The left one says when there is an output.
    if (!left) return null;
    const elements =
      operator === 'union'
        ? [...left, ...(right ?? [])]
        : join(cogroup(keyed(left), keyed(right ?? [])), 'inner').map((row) => row.left ?? 0);
    return elements.sort((a, b) => a - b);
  },
});

function keyed(elements: readonly number[]): Map<string, number[]> {
  return valuesByKey(elements.map((number) => [String(number), number] as const));
}

const life = benchOf({
  name: 'streaming-context',
  meaning:
    'The life of a StreamingContext. A step is what a program does with it; the answer is the state it is in then, or ' +
    'the refusal.',
  config: v.strictObject({}),
  step: v.picklist(['start', 'stop', 'input', 'transformation', 'output', 'persist']),
  start: createContextLife,
  play(context, what) {
    const refusal = call(context, what);
    return refusal === null ? context.state : { refusal };
  },
});

const TOPIC = 'weblog';
const count = whole(0, 1_000_000_000);

const kafka = benchOf({
  name: 'direct-kafka',
  meaning:
    `The direct stream of the topic ${TOPIC}. A step is the ends of the partitions when a batch is generated, and the rate ` +
    'that backpressure has found since, if any; the answer is the offset range of each partition, or why the job fails ' +
    'or there is no batch.',
  config: v.strictObject({
    batchIntervalMs: duration,
    partitions: whole(1, 100),
    'spark.streaming.backpressure.enabled': v.boolean(),
    'spark.streaming.backpressure.initialRate': count,
    'spark.streaming.kafka.maxRatePerPartition': count,
    'spark.streaming.kafka.minRatePerPartition': count,
  }),
  step: v.strictObject({ latest: v.array(count), rate: v.nullable(count) }),
  start: (config) => ({
    config,
    current: Array.from({ length: config.partitions }, () => 0),
    estimatedRate: null as number | null,
  }),
  play(stream, { latest, rate }) {
    const { config, current } = stream;
    stream.estimatedRate = rate ?? stream.estimatedRate;
    const allowed = backpressureRate(
      config['spark.streaming.backpressure.enabled'],
      stream.estimatedRate,
      config['spark.streaming.backpressure.initialRate'],
    );
    const lags = latest.map((end, partition) => end - (current[partition] ?? 0));
    const most = maxMessagesPerPartition(lags, allowed, {
      batchIntervalMs: config.batchIntervalMs,
      maxRatePerPartition: config['spark.streaming.kafka.maxRatePerPartition'],
      minRatePerPartition: config['spark.streaming.kafka.minRatePerPartition'],
    });
    const ranges = clampRanges(current, latest, most);
    const noBatch = refuseRanges(ranges);
    if (noBatch !== null) return { noBatch: noBatch.message };
    stream.current = ranges.map(({ untilOffset }) => untilOffset);
    for (const range of ranges) {
      const failure = refuseRange(range, TOPIC);
      if (failure !== null) return { failure: failure.message };
    }
    return ranges.map(({ fromOffset, untilOffset }) => [fromOffset, untilOffset]);
  },
});

export const programBenches = [combined, life, kafka];
