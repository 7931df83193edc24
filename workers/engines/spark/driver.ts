/**
 * The driver's clock: at each tick it asks Kafka for the latest offsets, takes the new ranges as the
 * batch of that time, and hands the batch's job to the queue if an output is due. Ticks are handled
 * one after the other: while Kafka does not answer they pile up, and what arrives meanwhile falls
 * into the earlier batch.
 *
 * Follows JobGenerator and DirectKafkaInputDStream of Spark Streaming 3.5. Left out: the time that
 * generating itself and writing a checkpoint take, and a failure after
 * `default.api.timeout.ms` without an answer.
 */
import { consumerDefaults, createConsumer, listOffsets } from '../../clients/kafka/consumer.ts';
import type { KafkaClientPort } from '../../clients/kafka/port.ts';
import type { CommittedOffset } from '../../wire/kafka.ts';
import { present } from '../../kernel/assert.ts';
import { firstTick, isTimeValid } from './scheduling/batchTimes.ts';
import { writeCheckpoint } from './checkpoint.ts';
import {
  backpressureRate,
  clampRanges,
  countRecords,
  maxMessagesPerPartition,
  refuseRanges,
  type OffsetRange,
} from './inputs/directKafka.ts';
import { submitJobSet } from './scheduling/jobScheduler.ts';
import { startJobs } from './jobs.ts';
import { measureQueue } from './measures.ts';
import { recover } from './scheduling/recovery.ts';
import { findSkipped } from './skipped.ts';
import { log, nowMs, runUs } from './state.ts';
import type { Checkpoint, SparkEnvironment, SparkState } from './state.ts';
import { brokersOf } from './topic.ts';
import { windowConfigOf } from './windowConfig.ts';

/** `ssc.start()`: anew, or after a crash with what the checkpoint gives back. */
export function startDriver(state: SparkState, env: SparkEnvironment, port: KafkaClientPort): void {
  const { driver, config, checkpoint } = state;
  driver.isUp = true;
  driver.consumer = createConsumer(
    {
      ...consumerDefaults,
      'bootstrap.servers': brokersOf(config, env),
      'enable.auto.commit': false,
    },
    `${env.node}/driver-${state.life}`,
    state.life,
  );
  const nextTickMs =
    checkpoint === null ? beginAnew(state, env, port) : goOn(state, checkpoint, env, port);
  env.at(state.driverProcess, runUs(nextTickMs, env), { type: 'tick', batchMs: nextTickMs });
}

/** A new zero time, and offsets where `auto.offset.reset` says. Returns the first tick. */
function beginAnew(state: SparkState, env: SparkEnvironment, port: KafkaClientPort): number {
  const { driver, config } = state;
  const tickMs = firstTick(nowMs(env), config.batchIntervalMs);
  driver.zeroTimeMs = tickMs - config.batchIntervalMs;
  log(state, 'INFO JobGenerator: Started JobGenerator at %d ms', tickMs);
  askOffsets(state, config['auto.offset.reset'], port);
  return tickMs;
}

/** The old zero time, and every batch again that was pending or fell into the down time. */
function goOn(
  state: SparkState,
  checkpoint: Checkpoint,
  env: SparkEnvironment,
  port: KafkaClientPort,
): number {
  const { driver, config } = state;
  const { rescheduleMs, nextTickMs } = recover(checkpoint, config.batchIntervalMs, nowMs(env));
  driver.zeroTimeMs = checkpoint.zeroTimeMs;
  driver.currentOffsets = checkpoint.currentOffsets;
  const times = rescheduleMs.map((time) => `${time} ms`).join(', ');
  const line = `Batches to reschedule (${rescheduleMs.length} batches): ${times}`;
  log(state, `INFO JobGenerator: ${line}`);
  env.trace.mark(state.traced.batches, line);
  log(state, 'INFO JobGenerator: Restarted JobGenerator at %d ms', nextTickMs);
  driver.pendingTicks = rescheduleMs;
  generateNext(state, env, port);
  return nextTickMs;
}

/** The timer ticked. */
export function tick(
  state: SparkState,
  batchMs: number,
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  const { driver, config } = state;
  const nextMs = batchMs + config.batchIntervalMs;
  env.at(state.driverProcess, runUs(nextMs, env), { type: 'tick', batchMs: nextMs });
  driver.pendingTicks.push(batchMs);
  const isWaiting = driver.pendingTicks.length > 1 || driver.currentOffsets.length === 0;
  if (!isWaiting) generateNext(state, env, port);
}

/** Kafka answered: where to begin, or how far the batch under way reaches. */
export function offsetsListed(
  state: SparkState,
  listed: readonly CommittedOffset[],
  env: SparkEnvironment,
  port: KafkaClientPort,
): void {
  const { driver } = state;
  const offsets = state.partitions.map(() => 0);
  for (const { partition, offset } of listed) offsets[partition] = offset;
  if (driver.currentOffsets.length === 0) {
    driver.currentOffsets = offsets;
    findSkipped(state, offsets, env, port);
  } else {
    const batchMs = present(driver.pendingTicks.shift(), 'the tick that asked for offsets');
    const ranges = nextRanges(state, offsets);
    const refusal = refuseRanges(ranges);
    if (refusal === null) {
      takeBatch(state, batchMs, ranges, offsets, env);
      submitJob(state, batchMs, env);
    } else failGenerating(state, batchMs, refusal.message, env);
  }
  generateNext(state, env, port);
}

/** Goes on with the oldest tick that waits. A batch that the checkpoint knew keeps its ranges. */
function generateNext(state: SparkState, env: SparkEnvironment, port: KafkaClientPort): void {
  const { driver, batches } = state;
  for (;;) {
    const batchMs = driver.pendingTicks[0];
    if (batchMs === undefined) return;
    if (!batches.has(batchMs)) {
      askOffsets(state, 'latest', port);
      return;
    }
    driver.pendingTicks.shift();
    submitJob(state, batchMs, env);
  }
}

function askOffsets(state: SparkState, at: 'latest' | 'earliest', port: KafkaClientPort): void {
  const consumer = present(state.driver.consumer, "the driver's consumer");
  listOffsets(consumer, state.partitions, at, port);
}

function takeBatch(
  state: SparkState,
  batchMs: number,
  ranges: readonly OffsetRange[],
  latest: readonly number[],
  env: SparkEnvironment,
): void {
  const { traced } = state;
  const records = countRecords(ranges);
  const batch = {
    batchMs,
    span: state.nextSpan++,
    ranges,
    records,
    tasksLeft: 0,
    recordIds: [],
    totals: null,
    isBooked: false,
    isDone: false,
  };
  state.batches.set(batchMs, batch);
  state.driver.currentOffsets = ranges.map(({ untilOffset }) => untilOffset);
  state.recordsLeftBehind = 0;
  for (const { partition, untilOffset } of ranges) {
    env.trace.gauge(present(traced.positionGauges[partition], 'its gauge'), untilOffset);
    state.recordsLeftBehind += (latest[partition] ?? untilOffset) - untilOffset;
  }
  env.trace.begin(
    traced.batchSeries,
    batch.span,
    runUs(batchMs - state.config.batchIntervalMs, env),
  );
}

/** There is no batch at this time; the stream goes on. */
function failGenerating(
  state: SparkState,
  batchMs: number,
  failure: string,
  env: SparkEnvironment,
): void {
  const line = `ERROR JobScheduler: Error generating jobs for time ${batchMs} ms: ${failure}`;
  log(state, line);
  env.trace.mark(state.traced.batches, line);
  writeCheckpoint(state, batchMs);
}

function nextRanges(state: SparkState, latest: readonly number[]): OffsetRange[] {
  const { driver, config } = state;
  const { currentOffsets } = driver;
  const rate = backpressureRate(
    config['spark.streaming.backpressure.enabled'],
    driver.estimatedRate,
    config['spark.streaming.backpressure.initialRate'],
  );
  const lags = latest.map((offset, partition) => offset - (currentOffsets[partition] ?? 0));
  const most = maxMessagesPerPartition(lags, rate, {
    batchIntervalMs: config.batchIntervalMs,
    maxRatePerPartition: config['spark.streaming.kafka.maxRatePerPartition'],
    minRatePerPartition: config['spark.streaming.kafka.minRatePerPartition'],
  });
  return clampRanges(currentOffsets, latest, most);
}

function submitJob(state: SparkState, batchMs: number, env: SparkEnvironment): void {
  const { driver, config, batches } = state;
  const { slideMs } = windowConfigOf(config);
  if (isTimeValid(batchMs, driver.zeroTimeMs, slideMs)) {
    const records = batches.get(batchMs)?.records ?? 0;
    submitJobSet(driver.scheduler, batchMs, 1, records, env.nowUs);
    log(state, 'INFO JobScheduler: Added jobs for time %d ms', batchMs);
  } else {
    log(state, 'INFO JobScheduler: No jobs added for time %d ms', batchMs);
  }
  writeCheckpoint(state, batchMs);
  startJobs(state, env);
  measureQueue(state, env);
}
