// How records become batches: streams of files and of queued RDDs, received blocks, rate limits.

import * as v from 'valibot';
import { whole } from '../../../scenario/common.ts';
import {
  closeLog,
  createBatchedWriteAheadLog,
  enqueueWrite,
  takeWrite,
} from '../inputs/batchedWriteAheadLog.ts';
import { blocksUntil, createBlockGenerator } from '../inputs/blockGenerator.ts';
import { createFileStream, takeFiles } from '../inputs/fileStream.ts';
import { createPidRateEstimator, estimateRate, refusePid } from '../inputs/pidRateEstimator.ts';
import { initialReceiverRate, receiverRate } from '../inputs/receiverRate.ts';
import { createQueueStream, takeBatch } from '../inputs/queueStream.ts';
import {
  addBlock,
  allocateBlocksToBatch,
  blocksOfBatch,
  createReceivedBlockTracker,
  recoverTracker,
  type TrackerEvent,
} from '../inputs/receivedBlockTracker.ts';
import { apis, benchOf, duration, refuse } from './component.ts';

const moment = whole(0, 1_000_000_000_000);

const queue = benchOf({
  name: 'queue-stream',
  meaning:
    'queueStream. A step is a list of RDDs to queue before the tick, each of one partition; the answer is the ' +
    'partitions of the batch.',
  config: v.strictObject({
    api: apis,
    oneAtATime: v.boolean(),
    defaultRdd: v.nullable(v.array(v.number())),
  }),
  step: v.array(v.array(v.number())),
  start: ({ oneAtATime, defaultRdd }) => createQueueStream<number>(oneAtATime, defaultRdd ?? []),
  play(stream, rdds) {
    stream.queued.push(...rdds);
    return takeBatch(stream);
  },
});

const files = benchOf({
  name: 'file-stream',
  meaning:
    'textFileStream. A step is { batchMs, listing }; the answer names the files of the batch, by name.',
  config: v.strictObject({
    newFilesOnly: v.boolean(),
    createdMs: moment,
    batchIntervalMs: duration,
  }),
  step: v.strictObject({
    batchMs: moment,
    listing: v.array(v.strictObject({ name: v.string(), modifiedMs: moment })),
  }),
  start: ({ newFilesOnly, createdMs, batchIntervalMs }) =>
    createFileStream(newFilesOnly, createdMs, batchIntervalMs),
  play: (stream, { listing, batchMs }) => takeFiles(stream, listing, batchMs).sort(),
});

const blocks = benchOf({
  name: 'received-block-tracker',
  meaning:
    'Which received blocks belong to a batch. A step adds a block, allocates a batch (whose log write ' +
    'may fail), or restarts the driver; the answer is the blocks of the batch, else those that wait.',
  config: v.strictObject({}),
  step: v.variant('kind', [
    v.strictObject({ kind: v.literal('add'), block: v.string() }),
    v.strictObject({ kind: v.literal('allocate'), batchMs: moment, writeFails: v.boolean() }),
    v.strictObject({ kind: v.literal('recover') }),
  ]),
  start: () => ({ tracker: createReceivedBlockTracker(), log: [] as TrackerEvent[] }),
  play(driver, step) {
    if (step.kind === 'add') {
      addBlock(driver.tracker, step.block);
      driver.log.push({ kind: 'block added', block: step.block });
    } else if (step.kind === 'allocate') {
      allocateBlocksToBatch(driver.tracker, step.batchMs, (event) => {
        if (!step.writeFails) driver.log.push(event);
        return !step.writeFails;
      });
      return [...blocksOfBatch(driver.tracker, step.batchMs)];
    } else {
      driver.tracker = recoverTracker(driver.log);
    }
    return [...driver.tracker.unallocated];
  },
});

const receiver = benchOf({
  name: 'receiver-input',
  meaning:
    'A receiver that stores whole blocks. A step is the blocks that it stores before the tick; the answer is the ' +
    'partitions of the batch.',
  config: v.strictObject({ batchIntervalMs: duration }),
  step: v.array(v.pipe(v.array(v.number()), v.nonEmpty('a block has records'))),
  start: ({ batchIntervalMs }) => ({
    batchIntervalMs,
    batchMs: 0,
    blocks: new Map<string, number[]>(),
    tracker: createReceivedBlockTracker(),
  }),
  play(stream, stored) {
    const { blocks, tracker } = stream;
    for (const records of stored) {
      const name = `input-0-${blocks.size}`;
      blocks.set(name, records);
      addBlock(tracker, name);
    }
    stream.batchMs += stream.batchIntervalMs;
    allocateBlocksToBatch(tracker, stream.batchMs, () => true);
    return blocksOfBatch(tracker, stream.batchMs).map((name) => blocks.get(name));
  },
});

const generator = benchOf({
  name: 'block-generator',
  meaning:
    'How a receiver cuts single records into blocks. A step adds records and then lets time pass until `untilMs`; the ' +
    'answer is the blocks that were made, each with the time that it is named by.',
  config: v.strictObject({
    'spark.streaming.blockInterval': v.pipe(v.string(), v.regex(/^\d{1,6}ms$/u)),
  }),
  step: v.strictObject({ records: v.array(v.number()), untilMs: whole(0, 1_000_000) }),
  start: (config) =>
    createBlockGenerator<number>(Number.parseInt(config['spark.streaming.blockInterval'], 10)),
  play(blocks, { records, untilMs }) {
    blocks.buffer.push(...records);
    return blocksUntil(blocks, untilMs);
  },
});

const writeAheadLog = benchOf({
  name: 'batched-write-ahead-log',
  meaning:
    'Writes that wait are written as one. A step enqueues a record, writes, or closes the log.',
  config: v.strictObject({}),
  step: v.variant('kind', [
    v.strictObject({ kind: v.literal('enqueue'), data: v.string(), timeMs: moment }),
    v.strictObject({ kind: v.literal('write') }),
    v.strictObject({ kind: v.literal('close') }),
  ]),
  start: createBatchedWriteAheadLog,
  play(log, step) {
    if (step.kind === 'write') return takeWrite(log);
    if (step.kind === 'close') return closeLog(log);
    enqueueWrite(log, { data: step.data, timeMs: step.timeMs });
    return null;
  },
});

const pid = benchOf({
  name: 'pid-rate-estimator',
  meaning: 'Backpressure. A step is a completed batch; the answer is the new rate limit, or null.',
  config: v.strictObject({
    batchIntervalMs: duration,
    'spark.streaming.backpressure.pid.proportional': v.number(),
    'spark.streaming.backpressure.pid.integral': v.number(),
    'spark.streaming.backpressure.pid.derived': v.number(),
    'spark.streaming.backpressure.pid.minRate': v.number(),
  }),
  step: v.strictObject({
    processingEndMs: moment,
    records: moment,
    processingDelayMs: moment,
    schedulingDelayMs: moment,
  }),
  start(config) {
    const settings = {
      batchIntervalMs: config.batchIntervalMs,
      proportional: config['spark.streaming.backpressure.pid.proportional'],
      integral: config['spark.streaming.backpressure.pid.integral'],
      derived: config['spark.streaming.backpressure.pid.derived'],
      minRate: config['spark.streaming.backpressure.pid.minRate'],
    };
    refuse(refusePid(settings)?.message ?? null);
    return { settings, estimator: createPidRateEstimator() };
  },
  play: ({ settings, estimator }, batch) => estimateRate(estimator, settings, batch),
});

const rate = whole(1, 1_000_000_000);

const receiverLimit = benchOf({
  name: 'receiver-rate',
  meaning:
    'How fast a receiver may store records. A step is a rate that backpressure found, or null; the answer is the limit.',
  config: v.strictObject({
    'spark.streaming.receiver.maxRate': rate,
    'spark.streaming.backpressure.initialRate': rate,
  }),
  step: v.nullable(whole(0, 1_000_000_000)),
  start(config) {
    const maxRate = config['spark.streaming.receiver.maxRate'];
    const initial = config['spark.streaming.backpressure.initialRate'];
    return { maxRate, limit: initialReceiverRate(initial, maxRate) };
  },
  play(receiving, found) {
    if (found !== null) receiving.limit = receiverRate(receiving.limit, found, receiving.maxRate);
    return receiving.limit;
  },
});

export const inputBenches = [
  queue,
  files,
  blocks,
  receiver,
  generator,
  writeAheadLog,
  receiverLimit,
  pid,
];
